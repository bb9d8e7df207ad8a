"""Asking for a copy of somebody's data and gathering it: the only writer of exports."""

from collections.abc import Callable
from typing import Any

from chassis import sealing
from chassis.data_rights import part_name
from chassis.unit_of_work import UnitOfWork
from pairing.data_rights import repository
from pairing.data_rights.holdings import holdings
from pairing.data_rights.model import ANSWER_WITHIN, KEPT_FOR, Export, Part
from pairing.data_rights.repository import EXPORTS, PARTS
from pairing.people.repository import PEOPLE

CLOSE, MAIL_READY = "close-export", "mail-copy-ready"


def ask_for_copy(uow: UnitOfWork, person_id: str, *, by: str) -> Export:
    """Asks all services for what they hold about a person; while such a copy is being gathered, asking again changes nothing.

    The copy is for the person, or for her guardian when that is who asks.
    """
    person = uow.get(PEOPLE, person_id)
    reader_id = by if guards(uow, by, person_id) else person_id
    known = repository.collecting(uow, person_id, reader_id)
    if known is not None:
        return known
    public_key, private_key = sealing.new_key()
    id = uow.new_id()
    export = Export(
        id=id,
        person_id=person_id,
        asked_by=by,
        reader_id=reader_id,
        programme_ids=person.programme_ids,
        asked_at=uow.now,
        answer_by=uow.now + ANSWER_WITHIN,
        expires_at=uow.now + KEPT_FOR,
        locked_key=sealing.lock_away(uow.settings.secret, id, private_key),
    )
    uow.emit(uow.add(EXPORTS, export), export.requested(public_key))
    uow.schedule(CLOSE, export.answer_by, f"{CLOSE}:{id}", export_id=id)
    _contribute(uow, export, public_key)
    return export


def guards(uow: UnitOfWork, who_id: str, person_id: str) -> bool:
    """Whether the one is a guardian of the other, who is a minor still."""
    known = uow.get_many(PEOPLE, {who_id, person_id})
    return len(known) == len({who_id, person_id}) and known[who_id].guards(known[person_id], uow.now)


def _contribute(uow: UnitOfWork, export: Export, public_key: str) -> None:
    """The part of this service, which needs no event."""
    held = holdings(uow, export.person_id, export.with_words)
    parts = sealing.seal(public_key, part_name(export.id, uow.service), held, uow.settings.max_event_bytes)
    for number, sealed in enumerate(parts, start=1):
        _take(uow, export, uow.service, number, len(parts), sealed)


def hear_part(service: str) -> Callable[[UnitOfWork, Any], None]:
    """A handler for the parts of this service; for an export that is gone by now they are passed over, and nobody can open them."""

    def hear(uow: UnitOfWork, event: Any) -> None:
        export = uow.find_one(EXPORTS, {"_id": event.export_id})
        if export is not None:
            _take(uow, export, service, event.part, event.parts, event.sealed)

    return hear


def _take(uow: UnitOfWork, export: Export, service: str, number: int, of: int, sealed: str) -> None:
    if export.hear(service, number, of):
        uow.unschedule(f"{CLOSE}:{export.id}")
        _tell_reader(uow, export)
    id = f"{export.id}/{service}/{number}"
    if not uow.get_many(PARTS, [id]):
        uow.add(PARTS, Part(id, export.id, service, number, sealed, export.expires_at))


def close(uow: UnitOfWork, export_id: str) -> None:
    """The deadline has come; the clock's command, harmless when everybody had answered."""
    export = uow.find_one(EXPORTS, {"_id": export_id})
    if export is not None and export.close(uow.now):
        _tell_reader(uow, export)


def _tell_reader(uow: UnitOfWork, export: Export) -> None:
    uow.schedule(MAIL_READY, uow.now, f"{MAIL_READY}:{export.id}:{export.state}", export_id=export.id)


def note_mail(uow: UnitOfWork, outcome: bool, **_: str) -> None:
    """A letter went out, or could not; there is nothing to write."""


def forget_copies(uow: UnitOfWork, person_id: str) -> int:
    """Deletes every copy of a person's data, and those made for her as a guardian, each with its key and parts; gives how many."""
    found = uow.find(EXPORTS, {"$or": [{"person_id": person_id}, {"reader_id": person_id}]})
    for export in found:
        for part in uow.find(PARTS, {"export_id": export.id}):
            uow.delete(PARTS, part.id)
        uow.unschedule(f"{CLOSE}:{export.id}")
        uow.delete(EXPORTS, export.id)
    return len(found)
