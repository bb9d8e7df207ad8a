"""A whole instance on one machine: database, broker, mail sink, the four services and the one process that looks after them.

Owns: the folder `.fabconnect/` (data, keys, logs) and every process that it starts.
Commands: up, down, status, logs, sign-in-link, demo.
Publishes and consumes: nothing.
"""
