"""Setting up and changing programmes."""

from typing import Any

from chassis.errors import Forbidden
from chassis.unit_of_work import UnitOfWork
from pairing.data_rights import retention
from pairing.people.commands import run_programme
from pairing.programmes.model import Programme
from pairing.programmes.repository import PROGRAMMES


def check_runs(programmes: frozenset[str], *wanted: str) -> None:
    """Raises Forbidden unless all the wanted programmes are among those that somebody runs."""
    if not programmes.issuperset(wanted):
        raise Forbidden("not-your-programme", "You do not run this programme. Choose one of yours, or ask its coordinator.")


def create(uow: UnitOfWork, **fields: Any) -> Programme:
    """A new programme, run by the person who creates it. Raises Invalid."""
    programme = Programme(id=uow.new_id(), **fields)
    uow.emit(programme, programme.created())
    uow.add(PROGRAMMES, programme)
    retention.plan(uow, programme)
    if uow.actor:
        run_programme(uow, uow.actor, programme.id)
    return programme


def change(uow: UnitOfWork, programme_id: str, **changes: Any) -> Programme:
    """Takes over the given fields; raises Invalid."""
    programme = uow.get(PROGRAMMES, programme_id)
    uow.emit(programme, programme.change(**changes))
    retention.plan(uow, programme)
    return programme
