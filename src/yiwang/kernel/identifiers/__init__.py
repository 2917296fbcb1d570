"""Citizen IDs, USCC, mobile numbers and plates, typed and checked."""
