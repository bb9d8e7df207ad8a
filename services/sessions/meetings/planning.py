"""Finds the time of a first session by itself, as soon as it has heard of both people and their programme."""

from datetime import timedelta

from chassis.unit_of_work import UnitOfWork
from contracts.pairing import PairingAccepted
from sessions.diaries import repository as diaries
from sessions.diaries.model import Diary
from sessions.meetings import slots
from sessions.meetings.model import TO_PLAN, Meeting
from sessions.meetings.repository import MEETINGS, known
from sessions.people.model import Person
from sessions.people.repository import PEOPLE
from sessions.programmes.model import Programme
from sessions.programmes.repository import PROGRAMMES

NOTICE = timedelta(days=2)
HORIZON = timedelta(days=366)
TRIES = 60


def plan_first(uow: UnitOfWork, pairing: PairingAccepted) -> None:
    """Makes the first session of a pairing, once, with the first free time that both have in common, if there is one."""
    meeting = Meeting.first_of(pairing)
    if known(uow, meeting.id) is None:
        _find_time(uow, uow.add(MEETINGS, meeting), attempt=1)


def find_time(uow: UnitOfWork, meeting_id: str, attempt: int) -> None:
    """Tries again for a session whose people or programme had not been heard of."""
    meeting = known(uow, meeting_id)
    if meeting is not None and meeting.state == TO_PLAN and not meeting.stopped:
        _find_time(uow, meeting, attempt)


def _find_time(uow: UnitOfWork, meeting: Meeting, attempt: int) -> None:
    people = uow.get_many(PEOPLE, [meeting.mentor_id, meeting.mentee_id])
    programme = uow.get_many(PROGRAMMES, [meeting.programme_id]).get(meeting.programme_id)
    if programme is None or len(people) < 2:
        _try_again(uow, meeting, attempt)
        return
    both = diaries.of(uow, meeting.mentor_id, meeting.mentee_id)
    found = _first_time(uow, programme, list(people.values()), both)
    if found is not None:
        uow.emit(meeting, meeting.plan(*found))
        for diary in both:
            diary.write(meeting.id, *found, uow.now)


def _first_time(uow: UnitOfWork, programme: Programme, people: list[Person], both: list[Diary]) -> slots.Interval | None:
    earliest = slots.next_quarter(max(uow.now + NOTICE, programme.begins))
    latest = min(programme.ends, earliest + HORIZON)
    one, other = (slots.free_times(person.availability, person.time_zone, earliest, latest) for person in people)
    taken = [interval for diary in both for interval in diary.busy()]
    common = slots.without(slots.in_common(one, other), taken)
    return slots.first_meeting(common, timedelta(minutes=programme.meeting_minutes))


def _try_again(uow: UnitOfWork, meeting: Meeting, attempt: int) -> None:
    """The topics of people and pairings have no order between them: waits for the slower one, longer each time."""
    if attempt < TRIES:
        due = uow.now + timedelta(seconds=2 ** min(attempt, 11))
        uow.schedule("find-time", due, f"find-time/{meeting.id}/{attempt}", meeting_id=meeting.id, attempt=attempt + 1)
