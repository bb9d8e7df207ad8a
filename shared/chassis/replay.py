"""Brings a dead letter back after a fix: applies it in one transaction with its inbox entry, or says why it still fails."""

from dataclasses import dataclass
from typing import Any

from pymongo.database import Database

from chassis import dead_letters, inbox, outbox
from chassis.config import Settings
from chassis.dead_letters import DeadLetter
from chassis.delivery import receive
from chassis.service import Service
from chassis.transaction import transact


@dataclass(frozen=True)
class Again:
    """A dead letter's payload in the place of a Kafka record."""

    topic: str
    key: bytes
    value: bytes | None


def replay(service: Service, settings: Settings, database: Database[dict[str, Any]], letter: DeadLetter) -> str:
    """Applies one dead letter again and says in a sentence what came of it; it is settled only when that worked."""
    if letter.origin.startswith("outbox:"):
        return _send_again(database, letter)
    record = dead_letters.original(settings, letter) or _kept(letter)
    if record is None:
        return f"{letter.id}: the topic no longer has it and no payload was kept; a newer state of the same key was or will be applied."
    delivery = receive(record, settings.instance, settings.max_event_bytes)
    if delivery.problem:
        return f"{letter.id}: still unreadable: {delivery.problem}"
    if type(delivery.event) in service.handlers:
        try:
            transact(database, settings, service.name, lambda uow: inbox.handle(service, uow, [delivery]))
        except Exception as fault:
            return f"{letter.id}: still fails: {type(fault).__name__}"
    dead_letters.settle(database, letter, "replayed")
    return f"{letter.id}: applied"


def _send_again(database: Database[dict[str, Any]], letter: DeadLetter) -> str:
    entry_id = letter.origin.removeprefix("outbox:")
    database[outbox.COLLECTION].update_one({"_id": entry_id}, {"$set": {"published_at": None}})
    dead_letters.settle(database, letter, "replayed")
    return f"{letter.id}: the relay will try again"


def _kept(letter: DeadLetter) -> Again | None:
    if letter.value is None:
        return None
    return Again(topic=letter.origin.rsplit(":", 2)[0], key=letter.key.encode(), value=letter.value)
