"""Reactions of `sessions` to events, and its jobs."""

from collections.abc import Callable

from chassis.people import drop, keep
from chassis.service import Job
from chassis.unit_of_work import UnitOfWork
from contracts.pairing import PairingAccepted, PairingClosed, PairingPaused, PairingResumed, ProgrammeChanged
from contracts.people import PersonChanged, PersonErased
from sessions.meetings import commands, planning
from sessions.people.repository import PEOPLE
from sessions.programmes import commands as programmes


def plan_first_meeting(uow: UnitOfWork, event: PairingAccepted) -> None:
    """Both said yes: finds the time of their first session."""
    planning.plan_first(uow, event)


def pause_meetings(uow: UnitOfWork, event: PairingPaused) -> None:
    """They must not meet for now. A group has no sessions of its own here yet, so nothing happens for one."""
    commands.pause(uow, event.pairing_id)


def resume_meetings(uow: UnitOfWork, event: PairingResumed) -> None:
    """They can meet again."""
    commands.resume(uow, event.pairing_id)


def close_meetings(uow: UnitOfWork, event: PairingClosed) -> None:
    """It is over: sessions to come are off."""
    commands.close(uow, event.pairing_id)


def forget_person(uow: UnitOfWork, event: PersonErased) -> None:
    """Drops the copy of an erased person, and what she wrote about her sessions."""
    drop(PEOPLE)(uow, event)
    commands.forget(uow, event)


HANDLERS: dict[type, Callable[..., None]] = {
    PairingAccepted: plan_first_meeting,
    PairingPaused: pause_meetings,
    PairingResumed: resume_meetings,
    PairingClosed: close_meetings,
    ProgrammeChanged: programmes.keep,
    PersonChanged: keep(PEOPLE),
    PersonErased: forget_person,
}

JOBS = {"find-time": Job(command=planning.find_time)}
