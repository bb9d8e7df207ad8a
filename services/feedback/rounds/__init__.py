"""Rounds: one collection of answers to a questionnaire."""
