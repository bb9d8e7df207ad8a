"""Diaries: which hours of a person are already taken by sessions."""
