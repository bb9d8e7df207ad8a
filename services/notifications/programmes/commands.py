"""Keeps the copy of a programme."""

from chassis.unit_of_work import UnitOfWork
from contracts.pairing import ProgrammeChanged
from notifications.programmes.model import Programme
from notifications.programmes.repository import PROGRAMMES


def keep(uow: UnitOfWork, event: ProgrammeChanged) -> None:
    """Stores the present set-up; an older one that arrives late changes nothing."""
    uow.put(
        PROGRAMMES,
        Programme(
            id=event.programme_id,
            name=event.name,
            starts_on=event.starts_on,
            ends_on=event.ends_on,
            time_zone=event.time_zone,
            version=uow.event_version,
        ),
    )
