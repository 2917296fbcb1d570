"""Declarations: read, validate, digest. Every error says file:line and what to write instead."""
