"""What the services say to each other: events, their envelope, the topics they travel on. No input or output here."""
