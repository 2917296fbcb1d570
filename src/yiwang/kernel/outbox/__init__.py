"""Facts told after the commit, to idempotent handlers."""
