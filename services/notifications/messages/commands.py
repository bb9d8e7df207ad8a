"""What happens to messages: they are queued by events and marked by their delivery."""

from collections.abc import Iterable
from datetime import datetime

from chassis.unit_of_work import UnitOfWork
from contracts.pairing import PairingAccepted, PairingDeclined, PairingProposed
from contracts.sessions import MeetingHeld, MeetingMoved, MeetingPlanned
from notifications.messages.model import FAILED, PARKED, QUEUED, SENT, Message, Particulars, id_of
from notifications.messages.outcome import Outcome
from notifications.messages.repository import MESSAGES, all_to, known
from notifications.people.repository import with_role

GROUP_STEP = 200
BothSides = PairingProposed | PairingAccepted | MeetingHeld
PLANNED, MOVED = "meeting-planned", "meeting-moved"


def queue(uow: UnitOfWork, kind: str, recipients: Iterable[str], about: Particulars) -> None:
    """Queues one message per recipient and has it delivered; what was queued before stays as it is."""
    wanted = {id_of(kind, about.subject_id, recipient, about.sequence): recipient for recipient in recipients}
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


def tell_coordinators(uow: UnitOfWork, event: PairingDeclined) -> None:
    """Has the coordinators of the programme told that a pair is off."""
    plan_group(uow, "pairing-declined", "coordinator", event.programme_id, event.pairing_id)


def tell_staff(uow: UnitOfWork, kind: str, role: str, programme_id: str, subject_id: str) -> None:
    """Queues a message to the staff of a programme who are known now: there are few of them. Who runs several hears it once."""
    recipients = [person.id for person in with_role(uow, role, programme_id)]
    queue(uow, kind, recipients, Particulars(subject_id=subject_id, programme_id=programme_id))


def plan_group(uow: UnitOfWork, kind: str, role: str, programme_id: str, subject_id: str, deadline: datetime | None = None) -> None:
    """Has a whole group told, in a later transaction: by then everybody who came in with this one is known."""
    uow.schedule(
        "tell-group",
        uow.now,
        f"group/{kind}/{subject_id}/",
        kind=kind,
        role=role,
        programme_id=programme_id,
        subject_id=subject_id,
        deadline=deadline,
    )


def tell_group(
    uow: UnitOfWork, kind: str, role: str, programme_id: str, subject_id: str, deadline: datetime | None = None, after: str = ""
) -> None:
    """Queues the message to the next people of a group, and goes on with the rest in another transaction."""
    people = with_role(uow, role, programme_id, after=after, limit=GROUP_STEP)
    queue(uow, kind, [person.id for person in people], Particulars(subject_id=subject_id, programme_id=programme_id, deadline=deadline))
    if len(people) == GROUP_STEP:
        rest = {"kind": kind, "role": role, "programme_id": programme_id, "subject_id": subject_id, "deadline": deadline}
        uow.schedule("tell-group", uow.now, f"group/{kind}/{subject_id}/{people[-1].id}", **rest, after=people[-1].id)


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
