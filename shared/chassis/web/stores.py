"""The web process's own collections: stored answers, audit log and shared limits, with their indexes."""

from typing import Any

from pymongo import ASCENDING, DESCENDING, IndexModel
from pymongo.database import Database

ANSWERS, AUDIT, LIMITS = "idempotency", "audit", "limits"
ANSWERS_KEPT_SECONDS = 7 * 24 * 3600


def prepare(database: Database[dict[str, Any]]) -> None:
    """Creates what lacks; safe to repeat and from several processes at once."""
    database[ANSWERS].create_indexes([IndexModel([("at", ASCENDING)], expireAfterSeconds=ANSWERS_KEPT_SECONDS)])
    database[AUDIT].create_indexes(
        [IndexModel([("who", ASCENDING), ("at", DESCENDING)]), IndexModel([("view_args.concern_id", ASCENDING)], sparse=True)]
    )
    database[LIMITS].create_indexes([IndexModel([("expireAt", ASCENDING)], expireAfterSeconds=0)])
