"""The first page of every role, and the page that says who sees what."""
