"""Consents: who agreed to the use of data, and which guardian allows taking part; each given, versioned and withdrawable on its own."""
