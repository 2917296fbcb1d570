"""Organisations with their USCC and office hours."""
