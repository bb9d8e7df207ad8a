"""The environment that every service of the instance runs with, made in this one place."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

from embedded.home import Home

SERVICES = ("pairing", "sessions", "feedback", "notifications")


@dataclass(frozen=True, kw_only=True)
class Addresses:
    """Where the parts of the instance are found."""

    url: str
    mongo_url: str
    bootstrap: str
    smtp_url: str


def for_services(home: Home, addresses: Addresses, given: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Variables for services; what the user gave for names, mail or log level stays, addresses and files are the instance's own."""
    chosen = {
        "INSTANCE": "fabconnect",
        "PUBLIC_URL": addresses.url,
        "MAIL_FROM": "fabconnect@localhost",
        "KAFKA_FETCH_MAX_WAIT_MS": "30",
        "KAFKA_SESSION_TIMEOUT_MS": "6000",
        "KAFKA_HEARTBEAT_MS": "1000",
    }
    return {name: given.get(name, value) for name, value in chosen.items()} | {
        "MONGO_URL": addresses.mongo_url,
        "KAFKA_BOOTSTRAP": addresses.bootstrap,
        "SMTP_URL": addresses.smtp_url,
        "KEYS_DIR": str(home.keys),
        "SECRET_FILE": str(home.secret),
        "FABCONNECT_HOME": str(home.root),
    }
