"""The outbox: every event an aggregate emits is an entry here, in the same transaction; kept as the log of record."""

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bson.binary import Binary
from pymongo import ASCENDING, IndexModel, ReplaceOne

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
