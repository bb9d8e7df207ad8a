"""Silences: pairings in which nobody has met for a long time."""
