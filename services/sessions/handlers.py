"""Reactions of `sessions` to events, and its jobs."""

from collections.abc import Callable

from chassis import data_rights
from chassis.people import keep
from chassis.service import Job
from chassis.unit_of_work import UnitOfWork
from contracts.pairing import DataErasureRequested, DataExportRequested, PairingAccepted, ProgrammeChanged
from contracts.people import PersonChanged, PersonErased
from contracts.sessions import DataContributed, DataErased
from sessions.data_rights import commands as own_data
from sessions.data_rights.holdings import holdings
from sessions.meetings import planning
from sessions.people.repository import PEOPLE
from sessions.programmes import commands as programmes
from sessions.silences import commands as silences


def plan_first_meeting(uow: UnitOfWork, event: PairingAccepted) -> None:
    """Both said yes: finds the time of their first session, and begins to count the days without one."""
    planning.plan_first(uow, event)
    silences.begin(uow, event)


forget_person, erase_person = data_rights.erasing(own_data.forget, own_data.KEPT, DataErased)

HANDLERS: dict[type, Callable[..., None]] = {
    PairingAccepted: plan_first_meeting,
    ProgrammeChanged: programmes.keep,
    PersonChanged: keep(PEOPLE),
    PersonErased: forget_person,
    DataErasureRequested: erase_person,
    DataExportRequested: data_rights.contributing(holdings, DataContributed),
}

JOBS = {"find-time": Job(command=planning.find_time), silences.NOTICE: Job(command=silences.notice)}
