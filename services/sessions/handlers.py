"""Reactions of `sessions` to events, and its jobs."""

from collections.abc import Callable

from chassis.people import drop, keep
from chassis.service import Job
from chassis.unit_of_work import UnitOfWork
from contracts.pairing import PairingAccepted, ProgrammeChanged
from contracts.people import PersonChanged, PersonErased
from sessions.meetings import commands, planning
from sessions.people.repository import PEOPLE
from sessions.programmes import commands as programmes


def plan_first_meeting(uow: UnitOfWork, event: PairingAccepted) -> None:
    """Both said yes: finds the time of their first session."""
    planning.plan_first(uow, event)


def forget_person(uow: UnitOfWork, event: PersonErased) -> None:
    """Drops the copy of an erased person, and what she wrote about her sessions."""
    drop(PEOPLE)(uow, event)
    commands.forget(uow, event)


HANDLERS: dict[type, Callable[..., None]] = {
    PairingAccepted: plan_first_meeting,
    ProgrammeChanged: programmes.keep,
    PersonChanged: keep(PEOPLE),
    PersonErased: forget_person,
}

JOBS = {"find-time": Job(command=planning.find_time)}
