"""Brings a service's database to the form its code expects: collections, indexes, then numbered migrations, one process at a time."""

import time
from typing import Any

from pymongo.database import Database

from chassis import clock, inbox, outbox
from chassis.config import Settings
from chassis.lease import Lease
from chassis.service import Service

STATE = "migrations"


def migrate(service: Service, database: Database[dict[str, Any]], settings: Settings, patience: float = 60.0) -> int:
    """Applies what lacks and gives the number of migrations applied; waits while another process does the same."""
    lease = Lease(database, "migrations", seconds=patience)
    deadline = time.monotonic() + patience
    while not lease.hold():
        if time.monotonic() > deadline:
            raise TimeoutError("another process holds the migration lock; look whether it still runs, then start again")
        time.sleep(0.1)
    try:
        return _apply(service, database, settings)
    finally:
        lease.release()


def _apply(service: Service, database: Database[dict[str, Any]], settings: Settings) -> int:
    outbox.create(database, settings.outbox_days)
    inbox.create(database, settings.outbox_days)
    clock.create(database)
    for collection in service.collections:
        collection.create(database)
    lacking = service.migrations[applied(database) :]
    for number, migration in enumerate(lacking, start=applied(database) + 1):
        migration(database)
        _note(database, number)
    _note(database, len(service.migrations))
    return len(lacking)


def applied(database: Database[dict[str, Any]]) -> int:
    """How many migrations this database has had; 0 when none or when it was never prepared."""
    state = database[STATE].find_one({"_id": "head"})
    return state["number"] if state else 0


def at_head(service: Service, database: Database[dict[str, Any]]) -> bool:
    """Whether the database is prepared for this code."""
    state = database[STATE].find_one({"_id": "head"})
    return state is not None and state["number"] >= len(service.migrations)


def _note(database: Database[dict[str, Any]], number: int) -> None:
    database[STATE].update_one({"_id": "head"}, {"$set": {"number": number}}, upsert=True)
