"""People: mentors, mentees and staff, and the files they come from."""
