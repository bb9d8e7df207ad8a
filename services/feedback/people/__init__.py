"""People: what feedback needs to know of a person."""
