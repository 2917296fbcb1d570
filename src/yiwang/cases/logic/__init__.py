"""Pure thoughts of the flow engine: routing, clocks, guards, next moves, proofs. No Django, no clock, no I/O."""
