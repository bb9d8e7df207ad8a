"""Concerns: something feels wrong, told to the safeguarding leads alone and followed to its end."""
