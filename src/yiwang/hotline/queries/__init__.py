"""Reads of the hotline: the desk of a release, a citizen's own case, a caller's former ones."""
