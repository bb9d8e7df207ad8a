"""Setting up, changing and cloning programmes, and moving them through the stages of their life."""

from datetime import date
from typing import Any

from chassis.errors import Forbidden
from chassis.unit_of_work import UnitOfWork
from contracts.pairing import ProgrammeChanged
from pairing.country_packs.repository import country_of_zone
from pairing.data_rights import retention_dates
from pairing.pairings import watching
from pairing.people.commands import run_programme
from pairing.programmes.model import Programme
from pairing.programmes.repository import PROGRAMMES
from pairing.programmes.stages import RUNNING

END, TELL_AGAIN = "end-programme", "tell-programme-again"


def check_runs(programmes: frozenset[str], *wanted: str) -> None:
    """Raises Forbidden unless all the wanted programmes are among those that somebody runs."""
    if not programmes.issuperset(wanted):
        raise Forbidden("not-your-programme", "You do not run this programme. Choose one of yours, or ask its coordinator.")


def create(uow: UnitOfWork, **fields: Any) -> Programme:
    """A new programme, run by the person who creates it; without a country, that of its time zone. Raises Invalid."""
    return _begin(uow, Programme(id=uow.new_id(), **{"country_pack": country_of_zone(fields["time_zone"]), **fields}))


def clone(uow: UnitOfWork, programme_id: str, *, name: str, starts_on: date, ends_on: date) -> Programme:
    """A new programme set up like this one, without its people; raises Invalid."""
    return _begin(uow, uow.get(PROGRAMMES, programme_id).like(uow.new_id(), name, starts_on, ends_on))


def change(uow: UnitOfWork, programme_id: str, **changes: Any) -> Programme:
    """Takes over the given fields; raises Invalid, and Refused once the programme is closed."""
    programme = uow.get(PROGRAMMES, programme_id)
    before, kept_until = _judged_by(programme), programme.erases_on
    tell(uow, programme, programme.change(**changes))
    if _judged_by(programme) != before:
        watching.reconsider_programme(uow, programme.id)
    if programme.erases_on != kept_until:
        retention_dates.plan(uow, programme)
    return programme


def advance(uow: UnitOfWork, programme_id: str, to: str) -> Programme:
    """The coordinator takes a programme one stage on, or back while that is open; raises Refused."""
    programme = uow.get(PROGRAMMES, programme_id)
    tell(uow, programme, programme.advance(to))
    return programme


def end(uow: UnitOfWork, programme_id: str) -> None:
    """The last day is over: the clock's command, harmless when it is not, or when the programme does not run."""
    programme = uow.get(PROGRAMMES, programme_id)
    uow.emit(programme, programme.end(uow.now))


def tell(uow: UnitOfWork, programme: Programme, happened: ProgrammeChanged | None) -> None:
    """Tells what happened to a programme, and has the clock wait for the end of one that runs."""
    uow.emit(programme, happened)
    if happened and programme.state == RUNNING:
        uow.schedule(END, programme.over_at, f"{END}:{programme.id}", programme_id=programme.id)


def tell_again(uow: UnitOfWork, programme_id: str) -> None:
    """Says once more how a programme is set up, for services that took over less of it before; the clock's command."""
    programme = uow.find_one(PROGRAMMES, {"_id": programme_id})
    if programme:
        uow.emit(programme, programme.told_again())


def _judged_by(programme: Programme) -> tuple[date, str, str]:
    """What running pairings are judged by."""
    return programme.ends_on, programme.time_zone, programme.country_pack


def _begin(uow: UnitOfWork, programme: Programme) -> Programme:
    uow.emit(programme, programme.created())
    uow.add(PROGRAMMES, programme)
    retention_dates.plan(uow, programme)
    if uow.actor:
        run_programme(uow, uow.actor, programme.id)
    return programme
