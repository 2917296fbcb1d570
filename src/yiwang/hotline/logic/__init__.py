"""Pure thinking of the hotline: from what was said to what is understood, and what a citizen may read of it."""
