"""Where the copies of people are kept."""

from collections.abc import Iterable

from chassis.repository import Collection
from chassis.unit_of_work import UnitOfWork
from sessions.people.model import Person

PEOPLE = Collection("people", Person)


def names(uow: UnitOfWork, ids: Iterable[str]) -> dict[str, str]:
    """Full name by person id, of those who are known."""
    return {id: person.name for id, person in uow.get_many(PEOPLE, ids).items()}
