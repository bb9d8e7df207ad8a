"""Programmes: what sessions needs to know of a cohort."""
