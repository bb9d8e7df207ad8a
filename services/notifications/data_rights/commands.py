"""Erases what notifications holds about a person, and counts it."""

from chassis import traces
from chassis.unit_of_work import UnitOfWork
from contracts.data_rights import Kept
from notifications.messages import commands as messages
from notifications.messages.repository import all_to
from notifications.people.repository import PEOPLE
from notifications.reports import commands as reports
from notifications.reports.repository import of_mentee

KEPT = (Kept(kind="figures", why="statistics"),)
"""Numbers of pairs, sessions and messages, of nobody in particular."""


def forget(uow: UnitOfWork, person_id: str) -> dict[str, int]:
    """Drops the copy of an erased person and every link to her; messages that still wait are not sent."""
    person = uow.get_many(PEOPLE, [person_id]).get(person_id)
    links = len(all_to(uow, person_id)) + len(of_mentee(uow, person_id))
    messages.forget(uow, person_id)
    reports.forget(uow, person_id)
    answers = traces.forget_answers(uow, person_id, *((person.email, person.given_name) if person else ()))
    uow.delete(PEOPLE, person_id)
    return {"copies": int(person is not None), "messages": links, "stored_answers": answers}
