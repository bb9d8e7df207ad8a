"""Brings a service's database to the form its code expects: numbered migrations, then collections and indexes, one process at a time."""

import hashlib
import time
from typing import Any

from pymongo.database import Database

from chassis import clock, inbox, outbox
from chassis.config import Settings
from chassis.lease import Lease
from chassis.repository import Layout
from chassis.service import Service

STATE = "migrations"


def migrate(service: Service, database: Database[dict[str, Any]], settings: Settings, patience: float = 60.0) -> int:
    """Applies what lacks and gives the number of migrations applied; waits while another process does the same.

    A database that has the layout already is left alone: changing a collection would wait for every open transaction on it.
    """
    layouts = layouts_of(service, settings)
    if at_head(service, database) and _state(database).get("layout") == _fingerprint(layouts):
        return 0
    lease = Lease(database, "migrations", seconds=patience)
    deadline = time.monotonic() + patience
    while not lease.hold():
        if time.monotonic() > deadline:
            raise TimeoutError("another process holds the migration lock; look whether it still runs, then start again")
        time.sleep(0.1)
    try:
        return _apply(service, database, layouts)
    finally:
        lease.release()


def layouts_of(service: Service, settings: Settings) -> list[Layout]:
    """The collections of a service, those of the chassis included."""
    days = settings.outbox_days
    own = ((outbox.COLLECTION, outbox.indexes(days)), (inbox.COLLECTION, inbox.indexes(days)), (clock.COLLECTION, clock.indexes()))
    return [Layout(name, indexes, {}) for name, indexes in own] + [collection.layout() for collection in service.collections]


def _apply(service: Service, database: Database[dict[str, Any]], layouts: list[Layout]) -> int:
    lacking = service.migrations[applied(database) :]
    for number, migration in enumerate(lacking, start=applied(database) + 1):
        migration(database)
        _note(database, number=number)
    for layout in layouts:
        layout.create(database)
    _note(database, number=len(service.migrations), layout=_fingerprint(layouts))
    return len(lacking)


def _fingerprint(layouts: list[Layout]) -> str:
    return hashlib.sha256("\n".join(layout.described() for layout in layouts).encode()).hexdigest()


def applied(database: Database[dict[str, Any]]) -> int:
    """How many migrations this database has had; 0 when none or when it was never prepared."""
    return int(_state(database).get("number", 0))


def at_head(service: Service, database: Database[dict[str, Any]]) -> bool:
    """Whether the database is prepared for this code."""
    return int(_state(database).get("number", -1)) >= len(service.migrations)


def _state(database: Database[dict[str, Any]]) -> dict[str, Any]:
    return database[STATE].find_one({"_id": "head"}) or {}


def _note(database: Database[dict[str, Any]], **reached: Any) -> None:
    database[STATE].update_one({"_id": "head"}, {"$set": reached}, upsert=True)
