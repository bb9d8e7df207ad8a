"""The public intake form: one link per programme, drafts that wait, and the list of those who wait for a match."""
