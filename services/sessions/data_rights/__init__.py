"""Data rights: what sessions holds about a person, to be handed over or erased."""
