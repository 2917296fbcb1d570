"""A tamper-evident log over every step, with offline proofs."""
