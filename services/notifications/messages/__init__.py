"""Messages: what people are told, by e-mail and on their page of messages."""
