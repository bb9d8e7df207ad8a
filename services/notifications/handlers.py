"""Reactions of `notifications` to events, and its jobs."""

from chassis import data_rights
from chassis.people import keep
from chassis.service import Handler, Job
from chassis.unit_of_work import UnitOfWork
from contracts.feedback import RoundClosed, RoundOpened
from contracts.notifications import DataContributed, DataErased
from contracts.pairing import (
    AgreementOffered,
    AgreementSigned,
    ChangeRequested,
    ChangeSettled,
    ConcernRaised,
    ConsentWithdrawn,
    DataErasureRequested,
    DataExportRequested,
    GroupAccepted,
    GroupLapsed,
    GroupLeft,
    GroupProposed,
    MatchPublished,
    PairingAccepted,
    PairingClosed,
    PairingClosing,
    PairingDeclined,
    PairingLapsed,
    PairingPaused,
    PairingProposed,
    PairingResumed,
    ProgrammeChanged,
    RetentionEnding,
)
from contracts.people import PersonChanged, PersonErased
from contracts.sessions import ChecklistConfirmed, DebriefWritten, MeetingHeld, MeetingMoved, MeetingPlanned
from notifications.data_rights import commands as own_data
from notifications.data_rights.holdings import holdings
from notifications.messages import commands as messages
from notifications.messages import delivery, guardians, life
from notifications.messages.model import Particulars
from notifications.people.repository import PEOPLE
from notifications.programmes import commands as programmes
from notifications.reports import commands as reports
from notifications.reports.repository import open_rounds

AUDIENCES = {"mentees": "mentee", "mentors": "mentor"}
"""Audience of a feedback round to the role of its people."""

keep_person = keep(PEOPLE)


def know_person(uow: UnitOfWork, event: PersonChanged) -> None:
    """Keeps the copy, and asks who joins a group for what the group is being asked."""
    keep_person(uow, event)
    for round_ in open_rounds(uow, event.programme_ids):
        if AUDIENCES.get(round_.audience) in event.roles:
            about = Particulars(subject_id=round_.id, programme_id=round_.programme_id, deadline=round_.closes_at)
            messages.queue(uow, "round-opened", [event.person_id], about)


forget_person, erase_person = data_rights.erasing(own_data.forget, own_data.KEPT, DataErased)


def propose(uow: UnitOfWork, event: PairingProposed) -> None:
    """Asks both sides."""
    reports.record_pairing(uow, event, "proposed")
    messages.tell_pair(uow, "pairing-proposed", event.pairing_id, event, deadline=event.respond_by)


def welcome(uow: UnitOfWork, event: PairingAccepted) -> None:
    """Tells both sides that they are a pair, and the guardians of a minor with whom she begins."""
    reports.record_pairing(uow, event, "accepted")
    messages.tell_pair(uow, "pairing-accepted", event.pairing_id, event)
    guardians.plan(uow, guardians.BEGINS, event.pairing_id, event.programme_id, [event.mentor_id], [event.mentee_id])


def pass_on_decline(uow: UnitOfWork, event: PairingDeclined) -> None:
    """Tells the coordinators; what the other side hears is theirs to say."""
    reports.record_pairing(uow, event, "declined")
    messages.tell_coordinators(uow, "pairing-declined", event)


def pass_on_withdrawal(uow: UnitOfWork, event: ConsentWithdrawn) -> None:
    """Tells the coordinators of all programmes that the person is in."""
    for programme_id in event.programme_ids:
        messages.tell_staff(uow, "consent-withdrawn", "coordinator", programme_id, event.consent_id)


def pass_on_request(uow: UnitOfWork, event: ChangeRequested) -> None:
    """Tells the coordinators, but for one who is in the pairing herself; what is asked again later is told again."""
    kind, again = "change-requested", uow.event_version
    messages.tell_staff(uow, kind, "coordinator", event.programme_id, event.request_id, sequence=again, but=event.members)


def tell_of_answer(uow: UnitOfWork, event: ChangeSettled) -> None:
    """Tells who asked, and nobody else."""
    about = Particulars(subject_id=event.request_id, programme_id=event.programme_id, sequence=uow.event_version)
    messages.queue(uow, "change-settled", [event.person_id], about)


def remind_of_retention(uow: UnitOfWork, event: RetentionEnding) -> None:
    """Tells the coordinators while there is time to look."""
    messages.plan_group(uow, "retention-ending", "coordinator", event.programme_id, event.programme_id)


def record_lapse(uow: UnitOfWork, event: PairingLapsed) -> None:
    """Counts a pair that nobody answered in time."""
    reports.record_pairing(uow, event, "lapsed")


def invite(uow: UnitOfWork, event: MeetingPlanned | MeetingMoved) -> None:
    """Invites both sides, unless a later time is known already."""
    if reports.record_time(uow, event):
        messages.invite(uow, event)


def ask_for_debrief(uow: UnitOfWork, event: MeetingHeld) -> None:
    """Asks both sides to look back."""
    reports.record_held(uow, event)
    messages.tell_pair(uow, "debrief-asked", event.meeting_id, event)


def ask_for_signatures(uow: UnitOfWork, event: AgreementOffered) -> None:
    """Asks everybody who has not signed this version yet, guardians too."""
    messages.queue(uow, "agreement-offered", event.asked, _about_agreement(event))


def tell_of_signatures(uow: UnitOfWork, event: AgreementSigned) -> None:
    """Tells everybody who signed that all have."""
    messages.queue(uow, "agreement-signed", event.signed_by, _about_agreement(event))


def _about_agreement(event: AgreementOffered | AgreementSigned) -> Particulars:
    return Particulars(subject_id=event.pairing_id, programme_id=event.programme_id, sequence=event.number)


def tell_of_concern(uow: UnitOfWork, event: ConcernRaised) -> None:
    """Tells the safeguarding leads that there is a concern, or administrators that nobody may read it; never what it says."""
    kind = "concern-unread" if event.unread else "concern-urgent" if event.urgent else "concern-raised"
    messages.queue(uow, kind, event.told, Particulars(subject_id=event.concern_id))


def ask_group(uow: UnitOfWork, event: RoundOpened) -> None:
    """Asks the whole group, never a single person for not having answered."""
    reports.record_round_opened(uow, event)
    role = AUDIENCES[event.audience]
    messages.plan_group(uow, "round-opened", role, event.programme_id, event.round_id, event.closes_at)


HANDLERS: dict[type, Handler] = {
    PersonChanged: know_person,
    PersonErased: forget_person,
    DataErasureRequested: erase_person,
    DataExportRequested: data_rights.contributing(holdings, DataContributed),
    ProgrammeChanged: programmes.keep,
    MatchPublished: reports.record_run,
    PairingProposed: propose,
    PairingAccepted: welcome,
    PairingDeclined: pass_on_decline,
    PairingLapsed: record_lapse,
    GroupProposed: life.propose_group,
    GroupAccepted: life.welcome_group,
    GroupLeft: life.pass_on_leaving,
    GroupLapsed: life.tell_no_group,
    PairingPaused: life.tell_pause,
    PairingResumed: life.tell_resumption,
    PairingClosing: life.ask_to_look_back,
    PairingClosed: life.say_goodbye,
    ChangeRequested: pass_on_request,
    ChangeSettled: tell_of_answer,
    ConsentWithdrawn: pass_on_withdrawal,
    MeetingPlanned: invite,
    MeetingMoved: invite,
    ChecklistConfirmed: reports.record_checklist,
    MeetingHeld: ask_for_debrief,
    DebriefWritten: reports.record_debrief,
    AgreementOffered: ask_for_signatures,
    AgreementSigned: tell_of_signatures,
    ConcernRaised: tell_of_concern,
    RoundOpened: ask_group,
    RoundClosed: reports.record_round_closed,
    RetentionEnding: remind_of_retention,
}

JOBS = {
    "deliver-message": Job(effect=delivery.deliver, command=messages.record_delivery),
    "tell-group": Job(command=messages.tell_group),
    guardians.TELL: Job(command=guardians.tell),
}
