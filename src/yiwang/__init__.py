"""Yiwang: one platform for a city's digital government. The floor plan is in .importlinter."""
