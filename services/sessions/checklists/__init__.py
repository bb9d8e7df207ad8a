"""Checklists: what a mentor goes through before every session."""
