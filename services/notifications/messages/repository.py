"""Where messages are kept."""

from collections.abc import Iterable
from typing import Any

from chassis.repository import Collection, Index
from chassis.unit_of_work import UnitOfWork
from notifications.messages.model import FAILED, QUEUED, SENT, Message

MESSAGES = Collection(
    "messages", Message, indexes=(Index("recipient_id", ("queued_at", -1)), Index("about.programme_id", "kind", "language", "state"))
)
SHOWN = [QUEUED, SENT, FAILED]


def known(uow: UnitOfWork, ids: Iterable[str]) -> dict[str, Message]:
    """Those of these messages that were queued before, by id."""
    return uow.get_many(MESSAGES, ids)


def all_to(uow: UnitOfWork, recipient_id: str) -> list[Message]:
    """Every message to a person."""
    return uow.find(MESSAGES, {"recipient_id": recipient_id})


def page_to(uow: UnitOfWork, recipient_id: str, after: str | None, limit: int) -> list[Message]:
    """Up to `limit` + 1 messages that a person sees, after a cursor, by id."""
    beyond = {"_id": {"$gt": after}} if after else {}
    return uow.find(MESSAGES, {**_seen_by(recipient_id), **beyond}, sort=[("_id", 1)], limit=limit + 1)


def newest_to(uow: UnitOfWork, recipient_id: str, skip: int, limit: int) -> list[Message]:
    """Up to `limit` + 1 messages that a person sees, the newest first."""
    return uow.find(MESSAGES, _seen_by(recipient_id), sort=[("queued_at", -1), ("_id", 1)], skip=skip, limit=limit + 1)


def numbers(uow: UnitOfWork, programme_id: str) -> list[dict[str, Any]]:
    """How many messages of a programme there are: rows of kind, language, state, n."""
    by = {"kind": "$kind", "language": "$language", "state": "$state"}
    pipeline: list[dict[str, Any]] = [
        {"$match": {"about.programme_id": programme_id}},
        {"$group": {"_id": by, "n": {"$sum": 1}}},
        {"$sort": {"_id": 1}},
    ]
    return [{**row["_id"], "n": row["n"]} for row in uow.aggregate(MESSAGES, pipeline)]


def _seen_by(recipient_id: str) -> dict[str, Any]:
    return {"recipient_id": recipient_id, "state": {"$in": SHOWN}}
