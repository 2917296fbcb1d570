"""Packs published as immutable releases."""
