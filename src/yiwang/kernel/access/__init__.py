"""Who may see and do what, and why: the only door to rows."""
