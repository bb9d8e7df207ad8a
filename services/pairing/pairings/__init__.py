"""Pairings: the relation of mentors and mentees, from proposal to acceptance, through pauses, to its end."""
