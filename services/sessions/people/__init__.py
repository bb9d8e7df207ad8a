"""People: what sessions needs to know of a person."""
