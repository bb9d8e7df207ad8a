"""Dead letters: what a service could not apply, kept with the reason on its own topic, to be shown, replayed or dropped."""

import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pymongo.database import Database

from chassis.broker import make_consumer, partitions_of
from chassis.config import Settings
from contracts.topics import dead_letter_topic, people_topic

SETTLED = "dead_letters"


@dataclass(frozen=True)
class DeadLetter:
    """One dead letter; `id` is its place in the dead-letter topic, `origin` the place of the record it is about."""

    id: str
    origin: str
    key: str
    reason: str
    at: str
    stack: str
    value: bytes | None


def publish(producer: Any, settings: Settings, service: str, record: Any, reason: str, fault: BaseException | None = None) -> None:
    """Puts a consumed record into the dead letters; returns when the broker has it. Payloads about people and oversized ones stay out."""
    personal = record.topic == people_topic(settings.instance)
    value = None if personal or len(record.value or b"") > settings.max_event_bytes else record.value
    origin = f"{record.topic}:{record.partition}:{record.offset}"
    _send(producer, dead_letter_topic(settings.instance, service), record.key, value, _headers(origin, reason, fault, personal))


def publish_refused(producer: Any, settings: Settings, service: str, entry: dict[str, Any], fault: BaseException) -> None:
    """Notes an outbox entry that the broker refuses for good; the payload stays in the outbox."""
    headers = _headers(f"outbox:{entry['_id']}", f"the broker refuses the event: {type(fault).__name__}", None, True)
    _send(producer, dead_letter_topic(settings.instance, service), entry["key"].encode(), None, headers)


def _send(producer: Any, topic: str, key: bytes | None, value: bytes | None, headers: list[tuple[str, bytes]]) -> None:
    producer.send(topic, key=key, value=value, headers=headers).get(15)


def _headers(origin: str, reason: str, fault: BaseException | None, personal: bool) -> list[tuple[str, bytes]]:
    """Personal payloads may show in an exception's text, so for those only the kind of fault is told."""
    stack = "".join(traceback.format_tb(fault.__traceback__)) if fault else ""
    told = f"{reason}: {type(fault).__name__}" if fault else reason
    detail = f"{told}: {fault}" if fault and not personal else told
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    return [(name, text.encode()[:8_000]) for name, text in (("origin", origin), ("reason", detail), ("stack", stack), ("at", now))]


def listed(settings: Settings, service: str, database: Database[dict[str, Any]]) -> Iterator[DeadLetter]:
    """The dead letters that were neither replayed nor dropped, oldest first, one for each origin."""
    settled = {entry["_id"] for entry in database[SETTLED].find({}, {"_id": 1})}
    latest: dict[str, DeadLetter] = {}
    for record in read_whole(settings, dead_letter_topic(settings.instance, service)):
        headers = {name: value.decode(errors="replace") for name, value in record.headers}
        letter = DeadLetter(
            id=f"{record.partition}:{record.offset}:{record.timestamp}",
            origin=headers["origin"],
            key=(record.key or b"").decode(errors="replace"),
            reason=headers["reason"],
            at=headers["at"],
            stack=headers["stack"],
            value=record.value,
        )
        if letter.id in settled:
            latest.pop(letter.origin, None)
        else:
            latest[letter.origin] = letter
    yield from latest.values()


def settle(database: Database[dict[str, Any]], letter: DeadLetter, how: str) -> None:
    """Notes that a dead letter was replayed or dropped; it is listed no more."""
    database[SETTLED].update_one({"_id": letter.id}, {"$set": {"how": how, "at": datetime.now(UTC)}}, upsert=True)


def read_whole(settings: Settings, topic: str) -> Iterator[Any]:
    """Every record of a topic from its beginning to its present end."""
    consumer = make_consumer(settings, None)
    try:
        partitions = partitions_of(consumer, topic)
        consumer.assign(partitions)
        ends = consumer.end_offsets(partitions)
        consumer.seek_to_beginning(*partitions)
        while any(consumer.position(partition) < end for partition, end in ends.items()):
            for records in consumer.poll(1_000).values():
                yield from records
    finally:
        consumer.close()


def original(settings: Settings, letter: DeadLetter) -> Any:
    """The record a dead letter is about, from where it came; none when the topic no longer has it."""
    topic, partition, offset = letter.origin.rsplit(":", 2)
    wanted = (int(partition), int(offset))
    return next((record for record in read_whole(settings, topic) if (record.partition, record.offset) == wanted), None)
