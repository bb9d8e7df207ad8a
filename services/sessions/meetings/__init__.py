"""Meetings: the sessions of pairings, planned and held."""
