"""People: what notifications needs to know of a person to write to her."""
