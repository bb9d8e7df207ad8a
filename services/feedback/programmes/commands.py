"""Keeps the copy of a programme."""

from chassis.unit_of_work import UnitOfWork
from contracts.pairing import ProgrammeChanged
from feedback.programmes.model import Programme
from feedback.programmes.repository import PROGRAMMES


def keep(uow: UnitOfWork, event: ProgrammeChanged) -> None:
    """Stores the present name; an older one that arrives late changes nothing."""
    uow.put(PROGRAMMES, Programme(id=event.programme_id, name=event.name, version=uow.event_version))
