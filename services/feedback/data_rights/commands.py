"""Erases what feedback holds about a person, and counts it."""

from chassis import traces
from chassis.unit_of_work import UnitOfWork
from contracts.data_rights import Kept
from feedback.people.repository import PEOPLE
from feedback.rounds import repository as rounds
from feedback.rounds.repository import PARTICIPATIONS

KEPT = (Kept(kind="answers", why="no_name"),)
"""Answers bear no name: whose they are cannot be found out from them."""


def forget(uow: UnitOfWork, person_id: str) -> dict[str, int]:
    """Drops the copy of an erased person, and that she answered."""
    copies = len(uow.get_many(PEOPLE, [person_id]))
    taken = rounds.participations_of(uow, person_id)
    for participation in taken:
        uow.delete(PARTICIPATIONS, participation.id)
    uow.delete(PEOPLE, person_id)
    return {"copies": copies, "participations": len(taken), "stored_answers": traces.forget_answers(uow, person_id)}
