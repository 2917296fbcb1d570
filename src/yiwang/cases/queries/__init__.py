"""Reads of cases. Screens and programs use `visible`, which asks access; the engine reads its own `facts`."""
