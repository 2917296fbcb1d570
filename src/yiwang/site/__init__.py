"""Roof: settings, urls, navigation, home pages, the yiwang command."""
