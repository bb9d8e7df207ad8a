"""Pairings: the relation of one mentor and one mentee, from proposal to acceptance by both."""
