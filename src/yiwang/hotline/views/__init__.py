"""Screens of the hotline: citizens report and track, agents file calls."""
