"""Erases what sessions holds about a person, and counts it."""

from chassis import traces
from chassis.striking import names_of, striking
from chassis.unit_of_work import UnitOfWork
from contracts.data_rights import Kept
from sessions.diaries import repository as diaries
from sessions.diaries.repository import DIARIES
from sessions.meetings.repository import of_person
from sessions.people.repository import PEOPLE
from sessions.silences import commands as silences
from sessions.silences.repository import of_person as silences_of

KEPT = (Kept(kind="sessions", why="statistics"), Kept(kind="audit", why="accountability"))
"""That there was a session and when, without a name; and who of the staff read what, by ids."""


def forget(uow: UnitOfWork, person_id: str) -> dict[str, int]:
    """Removes what an erased person wrote, her copy and the time she had reserved; her sessions to come are off.

    Of a group, the others are waited for as before. What the other side wrote after a session stays the other side's, without her names.
    """
    person = uow.get_many(PEOPLE, [person_id]).get(person_id)
    names = names_of(person.given_name, person.family_name, "") if person else ()
    strike = striking(*names)
    meetings = of_person(uow, person_id, limit=0)
    words = sum(meeting.side_of(person_id) in meeting.debriefs for meeting in meetings)
    for meeting in meetings:
        meeting.forget(person_id, strike)
        for diary in diaries.known(uow, meeting.mentor_id, meeting.mentee_id):
            diary.strike(meeting.id)
    for pairing_id in {each.pairing_id for each in meetings} | {each.id for each in silences_of(uow, person_id)}:
        silences.forget(uow, pairing_id, person_id)
    reserved = len(diaries.known(uow, person_id))
    answers = traces.forget_answers(uow, person_id, *names)
    uow.delete(PEOPLE, person_id)
    uow.delete(DIARIES, person_id)
    return {"copies": int(person is not None), "debriefs": words, "reserved_times": reserved, "stored_answers": answers}
