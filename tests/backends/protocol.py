"""Asks a broker, in Kafka's protocol, whether it serves."""

import contextlib
import socket

from kafka.admin import KafkaAdminClient
from kafka.errors import KafkaError


def answers(bootstrap: str) -> bool:
    """Whether somebody listens there and tells a client the list of topics within two seconds."""
    host, _, port = bootstrap.rpartition(":")
    with contextlib.suppress(KafkaError, OSError, AssertionError):
        socket.create_connection((host, int(port)), timeout=1).close()
        client = KafkaAdminClient(bootstrap_servers=bootstrap, request_timeout_ms=2_000, bootstrap_timeout_ms=2_000)
        try:
            client.list_topics()
        finally:
            client.close()
        return True
    return False
