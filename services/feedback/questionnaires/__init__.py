"""Questionnaires: what a round asks."""
