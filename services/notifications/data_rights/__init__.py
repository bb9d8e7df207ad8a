"""Data rights: what notifications holds about a person, to be handed over or erased."""
