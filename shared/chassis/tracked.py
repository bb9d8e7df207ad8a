"""What a unit of work keeps in mind: an aggregate as it was, what it said, what is planned."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from chassis.repository import Collection


class Loaded:
    """An aggregate as it was read, to see at commit whether it changed."""

    __slots__ = ("aggregate", "changed_at", "collection", "document")

    def __init__(self, collection: Collection[Any], aggregate: Any, document: dict[str, Any] | None, changed_at: datetime | None) -> None:
        self.collection, self.aggregate, self.document, self.changed_at = collection, aggregate, document, changed_at


class Emitted(NamedTuple):
    """An event, the aggregate that says it, and what caused it."""

    aggregate: Any
    event: Any
    correlation_id: str
    causation_id: str


class Planned(NamedTuple):
    """What the clock has still to do: since when, with what, and whether it was tried so often in vain that it waits for help."""

    asked_at: datetime
    payload: Mapping[str, Any]
    parked: bool
