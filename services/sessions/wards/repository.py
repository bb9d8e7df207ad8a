"""Finds a guardian's schedule by the copies of people: her own copy names her wards."""

from chassis.unit_of_work import UnitOfWork
from sessions.meetings import repository as meetings
from sessions.people import repository as people
from sessions.people.repository import PEOPLE
from sessions.wards.model import Appointment


def schedule_of(uow: UnitOfWork, guardian_id: str, gone: str) -> list[Appointment]:
    """The sessions of this guardian's wards, the latest first; `gone` stands for the name of somebody who left.

    Who has come of age is nobody's ward any more.
    """
    me = uow.get_many(PEOPLE, [guardian_id]).get(guardian_id)
    known = uow.get_many(PEOPLE, me.ward_ids) if me else {}
    minors = [id for id, person in known.items() if person.is_minor(uow.now)]
    found = meetings.of_mentees(uow, minors) if minors else []
    wards = {meeting.mentee_id for meeting in found}
    names = people.names(uow, wards | {meeting.mentor_id for meeting in found}, given_only=wards)
    return [
        Appointment(
            ward_id=meeting.mentee_id,
            ward=names.get(meeting.mentee_id, gone),
            mentor=names.get(meeting.mentor_id, gone),
            format=meeting.format,
            state=meeting.state,
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
        )
        for meeting in found
    ]
