"""Reactions of `sessions` to events, and its jobs."""

from collections.abc import Callable

from chassis import data_rights
from chassis.people import keep
from chassis.service import Job
from chassis.unit_of_work import UnitOfWork
from contracts.pairing import (
    DataErasureRequested,
    DataExportRequested,
    PairingAccepted,
    PairingClosed,
    PairingPaused,
    PairingResumed,
    ProgrammeChanged,
)
from contracts.people import PersonChanged, PersonErased
from contracts.sessions import DataContributed, DataErased
from sessions.data_rights import commands as own_data
from sessions.data_rights.holdings import holdings
from sessions.meetings import commands, planning
from sessions.people.repository import PEOPLE
from sessions.programmes import commands as programmes
from sessions.silences import commands as silences


def plan_first_meeting(uow: UnitOfWork, event: PairingAccepted) -> None:
    """Both said yes: finds the time of their first session, and begins to count the days without one."""
    planning.plan_first(uow, event)
    silences.begin(uow, event.pairing_id, event.programme_id, (event.mentor_id,), (event.mentee_id,))


def pause_meetings(uow: UnitOfWork, event: PairingPaused) -> None:
    """They must not meet for now. A group has no sessions of its own here yet, so nothing happens for one."""
    commands.pause(uow, event.pairing_id)


def resume_meetings(uow: UnitOfWork, event: PairingResumed) -> None:
    """They can meet again."""
    commands.resume(uow, event.pairing_id)


def close_meetings(uow: UnitOfWork, event: PairingClosed) -> None:
    """It is over: sessions to come are off."""
    commands.close(uow, event.pairing_id)


forget_person, erase_person = data_rights.erasing(own_data.forget, own_data.KEPT, DataErased)

HANDLERS: dict[type, Callable[..., None]] = {
    PairingAccepted: plan_first_meeting,
    PairingPaused: pause_meetings,
    PairingResumed: resume_meetings,
    PairingClosed: close_meetings,
    ProgrammeChanged: programmes.keep,
    PersonChanged: keep(PEOPLE),
    PersonErased: forget_person,
    DataErasureRequested: erase_person,
    DataExportRequested: data_rights.contributing(holdings, DataContributed),
}

JOBS = {"find-time": Job(command=planning.find_time), silences.NOTICE: Job(command=silences.notice)}
