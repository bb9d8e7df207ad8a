"""Data rights: what feedback holds about a person, to be handed over or erased."""
