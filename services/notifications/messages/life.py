"""Reactions to the life of pairings and groups: who is told what, and what the reports count."""

from chassis.unit_of_work import UnitOfWork
from contracts.pairing import (
    ABSENCES,
    SAFEGUARDING,
    GroupAccepted,
    GroupLapsed,
    GroupLeft,
    GroupProposed,
    PairingClosed,
    PairingClosing,
    PairingPaused,
    PairingResumed,
)
from notifications.messages import commands as messages
from notifications.messages import guardians
from notifications.reports import commands as reports


def propose_group(uow: UnitOfWork, event: GroupProposed) -> None:
    """Asks everybody in it."""
    reports.record_group(uow, event, "proposed")
    messages.tell_members(uow, "group-proposed", event, deadline=event.respond_by)


def welcome_group(uow: UnitOfWork, event: GroupAccepted) -> None:
    """Tells everybody in it that the group is complete, and the guardians of minors that it begins."""
    reports.record_group(uow, event, "accepted")
    messages.tell_members(uow, "group-accepted", event)
    guardians.plan(uow, guardians.BEGINS, event.pairing_id, event.programme_id, event.mentor_ids, event.mentee_ids)


def pass_on_leaving(uow: UnitOfWork, event: GroupLeft) -> None:
    """Tells the coordinators that somebody does not join a group, or has left it; and those who go on, without a name.

    When a minor left a group that had begun, her guardians are told that it is over for her.
    """
    reports.record_left(uow, event)
    has_begun = bool(event.mentor_ids)
    messages.tell_coordinators(uow, "group-smaller-staff" if has_begun else "group-left", event)
    if has_begun:
        messages.tell_members(uow, "group-smaller", event)
        guardians.plan(uow, guardians.ENDS, event.pairing_id, event.programme_id, event.mentor_ids, [event.person_id])


def tell_no_group(uow: UnitOfWork, event: GroupLapsed) -> None:
    """Tells everybody who was asked that the group does not begin."""
    reports.record_group(uow, event, "lapsed")
    messages.tell_members(uow, "group-lapsed", event)


def tell_pause(uow: UnitOfWork, event: PairingPaused) -> None:
    """Tells its people once not to meet; each reason goes to the coordinators, and to the safeguarding leads unless it is an absence."""
    if len(event.reasons) <= 1:
        messages.tell_members(uow, "pairing-paused", event)
    tell_staff = messages.tell_coordinators if event.reason in ABSENCES else messages.alert
    tell_staff(uow, "pairing-paused-staff", event)


def tell_resumption(uow: UnitOfWork, event: PairingResumed) -> None:
    """Tells its people that they can meet again."""
    messages.tell_members(uow, "pairing-resumed", event)


def ask_to_look_back(uow: UnitOfWork, event: PairingClosing) -> None:
    """Asks everybody to look back before it closes."""
    messages.tell_members(uow, "pairing-closing", event, deadline=event.closes_at)


def say_goodbye(uow: UnitOfWork, event: PairingClosed) -> None:
    """Tells its people that it is over, and staff as well when it was closed for safeguarding; guardians if it had begun, never why."""
    if reports.record_ending(uow, event):
        guardians.plan(uow, guardians.ENDS, event.pairing_id, event.programme_id, event.mentor_ids, event.mentee_ids)
    if event.ending == SAFEGUARDING:
        messages.tell_members(uow, "pairing-stopped", event)
        messages.alert(uow, "pairing-stopped-staff", event)
    else:
        messages.tell_members(uow, "pairing-closed", event)
