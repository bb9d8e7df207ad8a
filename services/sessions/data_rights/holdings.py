"""What sessions holds about a person, with readable names, for the copy that she asked for (GDPR, Art. 15 and 20)."""

from typing import Any

from chassis import traces
from chassis.unit_of_work import UnitOfWork
from sessions.meetings.model import MENTOR, Meeting
from sessions.meetings.records import Debrief
from sessions.meetings.repository import of_person
from sessions.people.repository import PEOPLE, names
from sessions.programmes.repository import PROGRAMMES


def holdings(uow: UnitOfWork, person_id: str, with_words: bool) -> dict[str, Any]:
    """Her sessions, what she wrote about them (unless a guardian asks), her copy here, and when staff read about her sessions.

    What the other side wrote stays the other side's (Art. 15(4)).
    """
    meetings = of_person(uow, person_id, limit=0)
    person = uow.get_many(PEOPLE, [person_id]).get(person_id)
    files: dict[str, Any] = {
        "sessions": [_session(uow, meeting, person_id) for meeting in meetings],
        "who_read_about_you": traces.reads_of(uow, meeting_id=[meeting.id for meeting in meetings]),
    }
    if person is not None:
        files["copy_of_you"] = {
            "name": person.name,
            "time_zone": person.time_zone,
            "free": list(person.availability),
            "of_age_on": person.of_age_on.isoformat() if person.of_age_on else "",
        }
    if with_words:
        files["what_you_wrote"] = [_words(meeting, debrief) for meeting in meetings if (debrief := _own(meeting, person_id))]
    return files


def _session(uow: UnitOfWork, meeting: Meeting, person_id: str) -> dict[str, Any]:
    side = meeting.side_of(person_id)
    other = meeting.mentee_id if side == MENTOR else meeting.mentor_id
    programme = uow.get_many(PROGRAMMES, [meeting.programme_id]).get(meeting.programme_id)
    return {
        "number": meeting.number,
        "programme": programme.name if programme else "",
        "your_role": side,
        "with": names(uow, [other], given_only=[other] if side == MENTOR else []).get(other, ""),
        "state": meeting.state,
        "starts_at": _moment(meeting.starts_at),
        "ends_at": _moment(meeting.ends_at),
        "held_at": _moment(meeting.held_at),
        "format": meeting.format,
        "times_moved": len(meeting.moves),
        "moved_by_you": sum(move.moved_by == person_id for move in meeting.moves),
        "checklist_confirmed_at": _moment(meeting.checklist.confirmed_at) if meeting.checklist else None,
    }


def _own(meeting: Meeting, person_id: str) -> Debrief | None:
    return meeting.debriefs.get(meeting.side_of(person_id))


def _words(meeting: Meeting, debrief: Debrief) -> dict[str, Any]:
    said = {"important": debrief.important, "challenge": debrief.challenge, "tackled": debrief.tackled}
    return {"session_number": meeting.number, "session_at": _moment(meeting.held_at), **said, "written_at": _moment(debrief.written_at)}


def _moment(moment: Any) -> str | None:
    return moment.isoformat() if moment else None
