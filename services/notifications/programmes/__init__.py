"""Programmes: what notifications needs to know of a cohort."""
