"""Frozen types of the hotline: what a pack declares of intake, what was said, what was understood, what was wrong."""
