"""Keeps the copy of a programme."""

from chassis.unit_of_work import UnitOfWork
from contracts.pairing import ProgrammeChanged
from feedback.programmes.model import FLOOR, Programme
from feedback.programmes.repository import PROGRAMMES


def keep(uow: UnitOfWork, event: ProgrammeChanged) -> None:
    """Stores the present name and threshold; older ones that arrive late change nothing."""
    threshold = max(FLOOR, event.threshold)
    uow.put(PROGRAMMES, Programme(id=event.programme_id, name=event.name, threshold=threshold, version=uow.event_version))
