"""Takes over into the records what events tell."""

from chassis.unit_of_work import UnitOfWork
from contracts.feedback import RoundClosed, RoundOpened
from contracts.pairing import MatchPublished, PairingAccepted, PairingDeclined, PairingLapsed, PairingProposed
from contracts.sessions import ChecklistConfirmed, DebriefWritten, MeetingHeld, MeetingMoved, MeetingPlanned
from notifications.reports.model import Answer, MeetingRecord, PairingRecord, RoundRecord, RunRecord
from notifications.reports.repository import MEETINGS, PAIRINGS, ROUNDS, RUNS, of_mentee

Pairing = PairingProposed | PairingAccepted | PairingDeclined | PairingLapsed
Meeting = MeetingPlanned | MeetingMoved | ChecklistConfirmed | MeetingHeld | DebriefWritten


def record_pairing(uow: UnitOfWork, event: Pairing, state: str) -> None:
    """A pairing reached a state."""
    known = uow.get_many(PAIRINGS, [event.pairing_id]).get(event.pairing_id)
    fresh = PairingRecord(id=event.pairing_id, programme_id=event.programme_id, mentee_id=event.mentee_id)
    record = known or uow.add(PAIRINGS, fresh)
    record.reach(state)


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
        record.mentee_id = None


def _meeting(uow: UnitOfWork, event: Meeting) -> MeetingRecord:
    known = uow.get_many(MEETINGS, [event.meeting_id]).get(event.meeting_id)
    return known or uow.add(MEETINGS, MeetingRecord(id=event.meeting_id, programme_id=event.programme_id))


def _round(uow: UnitOfWork, event: RoundOpened | RoundClosed) -> RoundRecord:
    known = uow.get_many(ROUNDS, [event.round_id]).get(event.round_id)
    return known or uow.add(ROUNDS, RoundRecord(id=event.round_id, programme_id=event.programme_id))
