"""Frozen types of the flow engine: what packs declare, what logic reads and decides, what is told after."""
