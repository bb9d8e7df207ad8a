"""Agreements: what the people of a pairing settle in their first session, signed by all of them and by guardians of minors."""
