"""When a programme's time is over: its coordinators are reminded a month before, then its participants are erased."""

from chassis.unit_of_work import UnitOfWork
from pairing.accounts.model import STAFF
from pairing.data_rights.erasing import erase_after_retention, running
from pairing.data_rights.retention_dates import ERASE, NOTICE, begin_of
from pairing.people.commands import change_people
from pairing.people.model import Person
from pairing.people.repository import in_programme
from pairing.programmes.repository import PROGRAMMES

STEP = 100


def remind(uow: UnitOfWork, programme_id: str) -> None:
    """Tells the coordinators, and sets the day; the clock's command."""
    programme = uow.get(PROGRAMMES, programme_id)
    erases_on = max(programme.erases_on, uow.now.date() + NOTICE)
    uow.emit(programme, programme.retention_ending(erases_on))
    uow.schedule(ERASE, begin_of(erases_on), f"{ERASE}:{programme_id}", programme_id=programme_id)


def erase(uow: UnitOfWork, programme_id: str, after: str = "") -> None:
    """Begins the erasure of the next participants, and goes on with the rest in another transaction; staff stay."""
    people = in_programme(uow, programme_id, after, STEP)
    for person in people:
        if STAFF.isdisjoint(person.roles):
            _let_go(uow, person, programme_id)
    if len(people) == STEP:
        uow.schedule(ERASE, uow.now, f"{ERASE}:{programme_id}", programme_id=programme_id, after=people[-1].id)


def _let_go(uow: UnitOfWork, person: Person, programme_id: str) -> None:
    """Who takes part in another programme whose time is not over, or answers for somebody who does, only leaves this one."""
    if set(running(uow, person)) - {programme_id}:
        change_people(uow, [(person, {"programme_ids": tuple(id for id in person.programme_ids if id != programme_id)})])
    else:
        erase_after_retention(uow, person)
