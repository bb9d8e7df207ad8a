"""What coordinators lay down for a programme's matching: pairs to keep and pairs never to make."""
