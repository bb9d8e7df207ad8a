"""What happens to messages: they are queued by events and marked by their delivery."""

from collections.abc import Container, Iterable
from datetime import datetime
from typing import Any

from chassis.unit_of_work import UnitOfWork
from contracts.pairing import (
    GroupAccepted,
    GroupLapsed,
    GroupLeft,
    GroupProposed,
    PairingAccepted,
    PairingClosed,
    PairingClosing,
    PairingDeclined,
    PairingPaused,
    PairingProposed,
    PairingResumed,
)
from contracts.sessions import MeetingHeld, MeetingMoved, MeetingPlanned
from notifications.messages.model import FAILED, PARKED, QUEUED, SENT, Message, Particulars, id_of
from notifications.messages.outcome import Outcome
from notifications.messages.repository import MESSAGES, all_to, known
from notifications.people.repository import EVERY_PROGRAMME, with_role

GROUP_STEP = 200
BothSides = PairingProposed | PairingAccepted | MeetingHeld
AllMembers = GroupProposed | GroupAccepted | GroupLeft | GroupLapsed | PairingPaused | PairingResumed | PairingClosing | PairingClosed
PLANNED, MOVED = "meeting-planned", "meeting-moved"


def queue(uow: UnitOfWork, kind: str, recipients: Iterable[str], about: Particulars) -> None:
    """Queues one message per recipient and has it delivered; what was queued before stays as it is."""
    wanted = {id_of(kind, about.key, recipient, about.sequence): recipient for recipient in recipients}
    held = known(uow, wanted)
    for id, recipient in wanted.items():
        if id not in held:
            uow.add(MESSAGES, Message(id=id, recipient_id=recipient, kind=kind, about=about, queued_at=uow.now))
            plan_delivery(uow, id, uow.now)


def plan_delivery(uow: UnitOfWork, message_id: str, due: datetime) -> None:
    """Has the clock deliver a message."""
    uow.schedule("deliver-message", due, f"deliver/{message_id}", message_id=message_id)


def tell_pair(uow: UnitOfWork, kind: str, subject_id: str, event: BothSides, deadline: datetime | None = None) -> None:
    """Queues a message to each side; each is told the other's name."""
    for recipient, other in ((event.mentor_id, event.mentee_id), (event.mentee_id, event.mentor_id)):
        about = Particulars(subject_id=subject_id, programme_id=event.programme_id, other_id=other, deadline=deadline)
        queue(uow, kind, [recipient], about)


def invite(uow: UnitOfWork, event: MeetingPlanned | MeetingMoved) -> None:
    """Queues the invitation to each side; one for an earlier time that is still waiting is not sent any more."""
    for recipient, other in ((event.mentor_id, event.mentee_id), (event.mentee_id, event.mentor_id)):
        earlier = [id_of(MOVED if n else PLANNED, event.meeting_id, recipient, n) for n in range(event.sequence)]
        for message in known(uow, earlier).values():
            message.park("superseded")
        about = Particulars(
            subject_id=event.meeting_id,
            programme_id=event.programme_id,
            other_id=other,
            starts_at=event.starts_at,
            ends_at=event.ends_at,
            format=event.format,
            sequence=event.sequence,
        )
        queue(uow, MOVED if event.sequence else PLANNED, [recipient], about)


def tell_members(uow: UnitOfWork, kind: str, event: AllMembers, deadline: datetime | None = None) -> None:
    """Queues a message to everybody in a pairing or group, without the names of the others; what happens again is told again."""
    about = Particulars(subject_id=event.pairing_id, programme_id=event.programme_id, deadline=deadline, sequence=uow.event_version)
    queue(uow, kind, (*event.mentor_ids, *event.mentee_ids), about)


def tell_coordinators(uow: UnitOfWork, kind: str, event: PairingDeclined | GroupLeft | PairingPaused | PairingClosed) -> None:
    """Has the coordinators of the programme told of a pairing or group."""
    plan_group(uow, kind, "coordinator", event.programme_id, event.pairing_id, sequence=uow.event_version)


def alert(uow: UnitOfWork, kind: str, event: PairingPaused | PairingClosed) -> None:
    """Has all safeguarding leads of the instance told of a pairing or group, beside the coordinators."""
    tell_coordinators(uow, kind, event)
    plan_group(uow, kind, "safeguarding_lead", event.programme_id, event.pairing_id, sequence=uow.event_version)


def tell_staff(
    uow: UnitOfWork, kind: str, role: str, programme_id: str, subject_id: str, *, sequence: int = 0, but: Container[str] = ()
) -> None:
    """Queues a message to the staff of a programme who are known now, `but` these: there are few. Who runs several hears it once."""
    recipients = [person.id for person in with_role(uow, role, programme_id) if person.id not in but]
    queue(uow, kind, recipients, Particulars(subject_id=subject_id, programme_id=programme_id, sequence=sequence))


def plan_group(
    uow: UnitOfWork, kind: str, role: str, programme_id: str, subject_id: str, deadline: datetime | None = None, sequence: int = 0
) -> None:
    """Has a whole group told, in a later transaction: by then everybody who came in with this one is known."""
    about: dict[str, Any] = {"programme_id": programme_id, "subject_id": subject_id, "deadline": deadline, "sequence": sequence}
    uow.schedule("tell-group", uow.now, f"group/{kind}/{subject_id}/{role}/{sequence}/", kind=kind, role=role, **about)


def tell_group(
    uow: UnitOfWork,
    kind: str,
    role: str,
    programme_id: str,
    subject_id: str,
    deadline: datetime | None = None,
    sequence: int = 0,
    after: str = "",
) -> None:
    """Queues the message to the next people of a group, and goes on with the rest in another transaction."""
    about: dict[str, Any] = {"programme_id": programme_id, "subject_id": subject_id, "deadline": deadline, "sequence": sequence}
    everywhere = role == "safeguarding_lead"
    people = with_role(uow, role, EVERY_PROGRAMME if everywhere else programme_id, after=after, limit=GROUP_STEP)
    queue(uow, kind, [person.id for person in people], Particulars(**about))
    if len(people) == GROUP_STEP:
        key, last = f"group/{kind}/{subject_id}/{role}/{sequence}/", people[-1].id
        uow.schedule("tell-group", uow.now, f"{key}{last}", kind=kind, role=role, **about, after=last)


def record_delivery(uow: UnitOfWork, message_id: str, outcome: Outcome) -> None:
    """Notes what became of a message; one that has to wait is tried again later."""
    message = uow.get(MESSAGES, message_id)
    if outcome.state == SENT:
        uow.emit(message, message.mark_sent(outcome.language, uow.now))
    elif outcome.state == FAILED:
        message.mark_failed(outcome.reason)
    elif outcome.state == PARKED:
        message.park(outcome.reason)
    elif outcome.state == QUEUED and (due := message.wait(outcome.reason, uow.now)):
        plan_delivery(uow, message_id, due)


def forget(uow: UnitOfWork, person_id: str) -> None:
    """Parts an erased person from her messages; those still waiting are not sent."""
    for message in all_to(uow, person_id):
        message.forget()
