"""Reactions of `feedback` to events, and its jobs."""

from collections.abc import Callable

from chassis import data_rights
from chassis.people import keep
from chassis.service import Job
from contracts.feedback import DataContributed, DataErased
from contracts.pairing import DataErasureRequested, DataExportRequested, ProgrammeChanged
from contracts.people import PersonChanged, PersonErased
from feedback.data_rights import commands as own_data
from feedback.data_rights.holdings import holdings
from feedback.people.repository import PEOPLE
from feedback.programmes import commands as programmes
from feedback.rounds import commands

forget_person, erase_person = data_rights.erasing(own_data.forget, own_data.KEPT, DataErased)

HANDLERS: dict[type, Callable[..., None]] = {
    ProgrammeChanged: programmes.keep,
    PersonChanged: keep(PEOPLE),
    PersonErased: forget_person,
    DataErasureRequested: erase_person,
    DataExportRequested: data_rights.contributing(holdings, DataContributed),
}

JOBS = {"close-round": Job(command=commands.close_due)}
