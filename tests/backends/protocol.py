"""Asks a broker, in Kafka's protocol, whether it serves."""

import contextlib

from kafka.admin import KafkaAdminClient
from kafka.errors import KafkaError


def answers(bootstrap: str) -> bool:
    """Whether a client can connect and read the list of topics within two seconds."""
    with contextlib.suppress(KafkaError, OSError, AssertionError):
        client = KafkaAdminClient(bootstrap_servers=bootstrap, request_timeout_ms=2_000, bootstrap_timeout_ms=2_000)
        try:
            client.list_topics()
        finally:
            client.close()
        return True
    return False
