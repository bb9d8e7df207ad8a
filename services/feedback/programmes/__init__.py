"""Programmes: what feedback needs to know of a cohort."""
