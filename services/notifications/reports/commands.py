"""Takes over into the records what events tell."""

from typing import Any

from chassis.unit_of_work import UnitOfWork
from contracts.feedback import RoundClosed, RoundOpened
from contracts.pairing import (
    GroupAccepted,
    GroupLapsed,
    GroupLeft,
    GroupProposed,
    MatchPublished,
    PairingAccepted,
    PairingClosed,
    PairingDeclined,
    PairingLapsed,
    PairingProposed,
)
from contracts.sessions import ChecklistConfirmed, DebriefWritten, MeetingHeld, MeetingMoved, MeetingPlanned
from notifications.reports.model import Answer, MeetingRecord, PairingRecord, RoundRecord, RunRecord
from notifications.reports.repository import MEETINGS, PAIRINGS, ROUNDS, RUNS, of_mentee

Pairing = PairingProposed | PairingAccepted | PairingDeclined | PairingLapsed
Group = GroupProposed | GroupAccepted | GroupLapsed
Meeting = MeetingPlanned | MeetingMoved | ChecklistConfirmed | MeetingHeld | DebriefWritten


def record_pairing(uow: UnitOfWork, event: Pairing, state: str) -> None:
    """A pairing reached a state."""
    _pairing(uow, event, mentee_id=event.mentee_id).reach(state)


def record_group(uow: UnitOfWork, event: Group, state: str) -> None:
    """A group reached a state; who is in it is settled when it is accepted."""
    record = _pairing(uow, event, mentee_ids=event.mentee_ids)
    if state == "accepted":
        record.mentee_ids = event.mentee_ids
    record.reach(state)


def record_left(uow: UnitOfWork, event: GroupLeft) -> None:
    """Somebody does not join a group."""
    _pairing(uow, event).drop(event.person_id)


def record_ending(uow: UnitOfWork, event: PairingClosed) -> bool:
    """A pairing or group is over; what was accepted stays counted as accepted. Says whether it had begun."""
    record = _pairing(uow, event, mentee_ids=event.mentee_ids)
    record.end(event.ending, uow.now)
    return record.state == "accepted"


def record_time(uow: UnitOfWork, event: MeetingPlanned | MeetingMoved) -> bool:
    """A session got a time; False when the same or a later one is known."""
    return _meeting(uow, event).take_time(event.starts_at, event.sequence)


def record_checklist(uow: UnitOfWork, event: ChecklistConfirmed) -> None:
    """The checklist of a session was gone through."""
    _meeting(uow, event).checked = True


def record_held(uow: UnitOfWork, event: MeetingHeld) -> None:
    """A session took place."""
    record = _meeting(uow, event)
    record.held_at, record.minutes = event.held_at, event.minutes


def record_debrief(uow: UnitOfWork, event: DebriefWritten) -> None:
    """One side looked back on a session."""
    _meeting(uow, event).take_debrief(event.written_by)


def record_run(uow: UnitOfWork, event: MatchPublished) -> None:
    """A match run was published."""
    if not uow.get_many(RUNS, [event.run_id]):
        counted = {"pairs": event.pairs, "unmatched": event.unmatched}
        uow.add(RUNS, RunRecord(id=event.run_id, programme_id=event.programme_id, heard_at=uow.now, **counted))


def record_round_opened(uow: UnitOfWork, event: RoundOpened) -> None:
    """A round asks a group."""
    record = _round(uow, event)
    record.questionnaire, record.audience, record.closes_at = event.questionnaire, event.audience, event.closes_at


def record_round_closed(uow: UnitOfWork, event: RoundClosed) -> None:
    """A round ended; its results are what `feedback` lets out, nothing is worked out from them here."""
    record = _round(uow, event)
    record.closed, record.answers, record.threshold = True, event.answers, event.threshold
    record.results = tuple(Answer(question=figure.question, n=figure.n, mean=figure.mean) for figure in event.figures)


def forget(uow: UnitOfWork, person_id: str) -> None:
    """Parts an erased mentee from her pairings."""
    for record in of_mentee(uow, person_id):
        record.drop(person_id)


def _pairing(uow: UnitOfWork, event: Pairing | Group | GroupLeft | PairingClosed, **fresh: Any) -> PairingRecord:
    """The record of a pairing; `fresh` is what is known of its mentees when it is new."""
    known = uow.get_many(PAIRINGS, [event.pairing_id]).get(event.pairing_id)
    return known or uow.add(PAIRINGS, PairingRecord(id=event.pairing_id, programme_id=event.programme_id, **fresh))


def _meeting(uow: UnitOfWork, event: Meeting) -> MeetingRecord:
    known = uow.get_many(MEETINGS, [event.meeting_id]).get(event.meeting_id)
    record = known or uow.add(MEETINGS, MeetingRecord(id=event.meeting_id, programme_id=event.programme_id))
    record.pairing_id = event.pairing_id
    return record


def _round(uow: UnitOfWork, event: RoundOpened | RoundClosed) -> RoundRecord:
    known = uow.get_many(ROUNDS, [event.round_id]).get(event.round_id)
    return known or uow.add(ROUNDS, RoundRecord(id=event.round_id, programme_id=event.programme_id))
