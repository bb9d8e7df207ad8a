"""Data rights: a copy of everything about a person from all services, and erasure through all services with proof."""
