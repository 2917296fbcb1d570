"""12345 and snap reports: a citizen's word becomes a case."""
