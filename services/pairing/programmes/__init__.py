"""Programmes: one cohort each, with its dates, defaults and matching weights."""
