"""One Kafka record on its way into a service: decoded, or with the reason why it cannot be."""

from typing import Any, NamedTuple

from contracts.envelope import Undecodable, decode
from contracts.people import PersonErased
from contracts.topics import people_topic


class Delivery(NamedTuple):
    """A record and what it says; `event` is none when `problem` tells why it could not be read."""

    record: Any
    event_id: str = ""
    event: Any = None
    aggregate_version: int = 0
    correlation_id: str = ""
    problem: str = ""


def receive(record: Any, instance: str, max_bytes: int) -> Delivery:
    """Reads a record; a tombstone on the people topic says that the person is erased."""
    if record.value is None:
        return _tombstone(record, instance)
    if len(record.value) > max_bytes:
        return Delivery(record, problem=f"the event has {len(record.value)} bytes; {max_bytes} are allowed")
    try:
        found = decode(record.value)
    except Undecodable as why:
        return Delivery(record, problem=str(why))
    return Delivery(record, found.id, found.event, found.aggregate_version, found.correlation_id)


def _tombstone(record: Any, instance: str) -> Delivery:
    if record.topic != people_topic(instance) or not record.key:
        return Delivery(record, problem="a record without a value means something on the people topic only")
    person_id = record.key.decode(errors="replace")
    return Delivery(record, f"erased:{person_id}", PersonErased(person_id=person_id))
