"""How any service runs: configuration, web, unit of work, outbox, relay, inbox, consumer, clock, logs, metrics, command line."""
