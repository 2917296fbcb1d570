"""Areas by national codes, five levels and grid cells; where a point lies."""
