"""How every service answers when somebody wants her data, or wants it gone: with a sealed part, or with what it erased and what stays."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from chassis import sealing
from chassis.errors import Forbidden
from chassis.repository import Collection
from chassis.service import Handler
from chassis.unit_of_work import UnitOfWork
from contracts.data_rights import Erased, Kept
from contracts.pairing import DataErasureRequested, DataExportRequested
from contracts.people import PersonErased

Holdings = Callable[[UnitOfWork, str, bool], Mapping[str, Any]]
"""(uow, person id, with words?) → file name without ending → what it holds, ready for JSON."""
Forget = Callable[[UnitOfWork, str], Mapping[str, int]]
"""(uow, person id) → erases all that the service holds about the person; kind → how many. Again finds nothing left."""


@dataclass(frozen=True)
class Contribution:
    """A service's part of one export; it is sent, not stored."""

    id: str
    version: int = 1


@dataclass
class Forgotten:
    """That the person with this `id` is erased here; an id that leads nowhere any more, and numbers."""

    id: str
    erased: dict[str, int] = field(default_factory=dict)
    last_word: bool = False
    asked: str = ""
    version: int = 0

    def note(self, counts: Mapping[str, int]) -> None:
        """Adds what was erased."""
        for kind, number in counts.items():
            if number:
                self.erased[kind] = self.erased.get(kind, 0) + number


FORGOTTEN = Collection("forgotten", Forgotten)


def require_not_forgotten(uow: UnitOfWork, person_id: str) -> None:
    """Passes unless this person is erased here; raises Forbidden: a token may outlive its person by half an hour."""
    if uow.get_many(FORGOTTEN, [person_id]):
        raise Forbidden("erased", "Your data is erased, so nothing more can be kept of you. Ask the coordinator to be added again.")


def contributing(holdings: Holdings, answer: Callable[..., Any]) -> Handler:
    """A handler that answers a request for a copy with this service's part, in events of the class `answer`."""

    def contribute(uow: UnitOfWork, event: DataExportRequested) -> None:
        files = holdings(uow, event.person_id, event.with_words)
        parts = sealing.seal(event.public_key, part_name(event.export_id, uow.service), files, uow.settings.max_event_bytes)
        for number, sealed in enumerate(parts, start=1):
            uow.emit(Contribution(event.export_id), answer(export_id=event.export_id, part=number, parts=len(parts), sealed=sealed))

    return contribute


def part_name(export_id: str, service: str) -> str:
    """What a service's part is bound to, so that it counts for no other export and no other service."""
    return f"{export_id}/{service}"


def erasing(forget: Forget, kept: tuple[Kept, ...], answer: Callable[..., Any]) -> tuple[Handler, Handler]:
    """Two handlers, for the tombstone and for the request to erase: each erases, and the later of the two answers.

    They travel on different topics, in any order, and may meet in one batch. Before the tombstone an older state of the person could
    still arrive, so only then it is true that she is gone. A request that comes again is answered again.
    """

    def hear_last_word(uow: UnitOfWork, event: PersonErased) -> None:
        record = _forget(uow, event.person_id)
        record.last_word = True
        _answer(uow, record)

    def hear_request(uow: UnitOfWork, event: DataErasureRequested) -> None:
        record = _forget(uow, event.person_id)
        record.asked = event.erasure_id
        _answer(uow, record)

    def _forget(uow: UnitOfWork, person_id: str) -> Forgotten:
        uow.flush()  # what an earlier event of this batch erased is not counted again
        known = uow.get_many(FORGOTTEN, [person_id]).get(person_id)
        record = known or uow.add(FORGOTTEN, Forgotten(person_id))
        record.note(forget(uow, person_id))
        return record

    def _answer(uow: UnitOfWork, record: Forgotten) -> None:
        if record.last_word and record.asked:
            erased = tuple(Erased(kind=kind, number=number) for kind, number in sorted(record.erased.items()))
            uow.emit(record, answer(erasure_id=record.asked, erased=erased, kept=kept))

    return hear_last_word, hear_request
