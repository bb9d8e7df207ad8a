"""Starts the back end that FABCONNECT_BACKEND names: embedded, containers or kafka."""

import os
from pathlib import Path

from backends.apache_kafka import ApacheKafka
from backends.backend import Backend
from backends.containers import BrokerContainer, MongoContainer
from backends.mongod import LocalMongod
from backends.process import Unavailable
from backends.tansu import Tansu

KINDS = {
    "embedded": (LocalMongod, Tansu),
    "containers": (MongoContainer, BrokerContainer),
    "kafka": (LocalMongod, ApacheKafka),
}


def chosen() -> str:
    """The name of the back end of this run."""
    return os.environ.get("FABCONNECT_BACKEND", "embedded")


def start(folder: Path) -> Backend:
    """The chosen back end, running, its files in `folder`; Unavailable says why it cannot run here."""
    name = chosen()
    if name not in KINDS:
        raise Unavailable(f"FABCONNECT_BACKEND={name}: choose one of {', '.join(KINDS)}")
    database_kind, broker_kind = KINDS[name]
    backend = Backend(name, database_kind(folder), broker_kind(folder))
    try:
        backend.mend()
    except BaseException:
        backend.close()
        raise
    return backend
