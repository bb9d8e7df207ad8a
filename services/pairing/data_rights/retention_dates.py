"""When a programme's data is to go: planned with the programme, carried out by `retention`."""

from datetime import UTC, date, datetime, time, timedelta

from chassis.unit_of_work import UnitOfWork
from pairing.programmes.model import Programme

REMIND, ERASE = "remind-of-retention", "erase-after-retention"
NOTICE = timedelta(days=30)


def plan(uow: UnitOfWork, programme: Programme) -> None:
    """Has the clock remind and erase in time; a programme that changed is planned anew."""
    uow.schedule(REMIND, begin_of(programme.erases_on - NOTICE), f"{REMIND}:{programme.id}", programme_id=programme.id)
    uow.unschedule(f"{ERASE}:{programme.id}")


def begin_of(day: date) -> datetime:
    """Midnight UTC."""
    return datetime.combine(day, time(), UTC)
