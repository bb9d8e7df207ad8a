"""The environment that every service of the instance runs with, made in this one place."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

from chassis.config import SECRET_TEXTS, Settings
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
    """Variables for services: what the user gave, then the addresses and files of the instance. Secret texts are inherited, never kept."""
    chosen = {
        "INSTANCE": "fabconnect",
        "PUBLIC_URL": addresses.url,
        "MAIL_FROM": "fabconnect@localhost",
        "KAFKA_FETCH_MAX_WAIT_MS": "40",
        "KAFKA_SESSION_TIMEOUT_MS": "6000",
        "KAFKA_HEARTBEAT_MS": "1000",
    }
    settings = {name.upper() for name in Settings.__dataclass_fields__} - {name.upper() for name in SECRET_TEXTS}
    kept = {name: given[name] for name in sorted(settings) if name in given}
    return (
        chosen
        | kept
        | {
            "MONGO_URL": addresses.mongo_url,
            "KAFKA_BOOTSTRAP": addresses.bootstrap,
            "SMTP_URL": addresses.smtp_url,
            "KEYS_DIR": str(home.keys),
            "SECRET_FILE": str(home.secret),
            "FABCONNECT_HOME": str(home.root),
        }
    )
