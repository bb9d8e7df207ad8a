"""Reactions of `feedback` to events, and its jobs."""

from collections.abc import Callable

from chassis.people import drop, keep
from chassis.service import Job
from chassis.unit_of_work import UnitOfWork
from contracts.pairing import ProgrammeChanged
from contracts.people import PersonChanged, PersonErased
from feedback.people.repository import PEOPLE
from feedback.programmes import commands as programmes
from feedback.rounds import commands


def forget_person(uow: UnitOfWork, event: PersonErased) -> None:
    """Drops the copy of an erased person, and that she answered."""
    drop(PEOPLE)(uow, event)
    commands.forget(uow, event)


HANDLERS: dict[type, Callable[..., None]] = {
    ProgrammeChanged: programmes.keep,
    PersonChanged: keep(PEOPLE),
    PersonErased: forget_person,
}

JOBS = {"close-round": Job(command=commands.close_due)}
