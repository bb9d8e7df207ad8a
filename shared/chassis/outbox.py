"""The outbox: every event an aggregate emits is an entry here, in the same transaction; kept as the log of record."""

import uuid
from collections.abc import Container, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bson.binary import Binary
from pymongo import ASCENDING, IndexModel, ReplaceOne, UpdateOne
from pymongo.collection import Collection

from chassis.errors import Refused
from contracts.envelope import Envelope
from contracts.people import PersonChanged, PersonErased
from contracts.topics import topic_of

if TYPE_CHECKING:
    from chassis.tracked import Emitted
    from chassis.unit_of_work import UnitOfWork

COLLECTION = "outbox"
PERSONAL = {"person.changed", "person.erased"}
ORDER = [("at", ASCENDING), ("version", ASCENDING), ("seq", ASCENDING)]

PART = 500
PART_BYTES = 4 * 1024 * 1024
NEEDED = {"event_id": 1, "topic": 1, "key": 1, "value": 1, "at": 1}


def indexes(days: int) -> list[IndexModel]:
    """The indexes of the outbox; entries live `days` days, those of people until replaced."""
    return [
        IndexModel(ORDER, name="waiting", partialFilterExpression={"published_at": None}),
        IndexModel([("expires_from", ASCENDING)], expireAfterSeconds=days * 86_400),
    ]


def put(uow: "UnitOfWork", said: "Emitted", seq: int, moment: datetime) -> None:
    """Puts one event into the outbox; an event too large for the broker refuses the whole command."""
    kind = type(said.event)
    envelope = Envelope(
        id=str(uuid.uuid4()),
        source=f"/fabconnect/{uow.settings.instance}/{uow.service}",
        time=moment,
        key=getattr(said.event, kind.KEY_FIELD),
        aggregate_version=said.aggregate.version,
        event=said.event,
        correlation_id=said.correlation_id,
        causation_id=said.causation_id,
    )
    value = None if kind is PersonErased else envelope.encode()
    if value is not None and len(value) > uow.settings.max_event_bytes:
        raise Refused("event-too-large", "This is more than can be passed on in one go. Split it into smaller parts.")
    entry = _entry(envelope, topic_of(uow.settings.instance, kind), value, seq)
    if kind in (PersonChanged, PersonErased):
        latest = f"person:{envelope.key}"
        uow.write(COLLECTION, ReplaceOne({"_id": latest}, {**entry, "_id": latest}, upsert=True))
    else:
        uow.insert(COLLECTION, {**entry, "expires_from": moment})


def waiting(entries: Collection[dict[str, Any]], since: datetime, apart_from: Container[str]) -> Iterator[list[dict[str, Any]]]:
    """What waits since a moment, oldest first, in parts of bounded number and size; events with these ids are passed over."""
    part: list[dict[str, Any]] = []
    size = 0
    with entries.find({"published_at": None, "at": {"$gte": since}}, NEEDED).sort(ORDER) as found:
        for entry in found:
            if entry["event_id"] in apart_from:
                continue
            part.append(entry)
            size += len(entry["value"] or b"")
            if len(part) == PART or size > PART_BYTES:
                yield part
                part, size = [], 0
    if part:
        yield part


def mark(entries: Collection[dict[str, Any]], published: list[dict[str, Any]]) -> None:
    """Marks entries published; a person's entry only if no newer one took its place meanwhile."""
    done = {"$set": {"published_at": datetime.now(UTC)}}
    plain = [entry["_id"] for entry in published if entry["_id"] == entry["event_id"]]
    if plain:
        entries.update_many({"_id": {"$in": plain}}, done)
    latest = [UpdateOne({"_id": e["_id"], "event_id": e["event_id"]}, done) for e in published if e["_id"] != e["event_id"]]
    if latest:
        entries.bulk_write(latest, ordered=False)


def _entry(envelope: Envelope, topic: str, value: bytes | None, seq: int) -> dict[str, Any]:
    return {
        "_id": envelope.id,
        "event_id": envelope.id,
        "topic": topic,
        "key": envelope.key,
        "value": None if value is None else Binary(value),
        "type": type(envelope.event).EVENT_TYPE,
        "version": envelope.aggregate_version,
        "seq": seq,
        "at": envelope.time,
        "published_at": None,
    }
