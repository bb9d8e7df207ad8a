"""Where the copies of people are kept."""

from collections.abc import Container, Iterable

from chassis.repository import Collection
from chassis.unit_of_work import UnitOfWork
from sessions.people.model import Person

PEOPLE = Collection("people", Person)


def names(uow: UnitOfWork, ids: Iterable[str], given_only: Container[str] = ()) -> dict[str, str]:
    """Full name by person id, of those who are known; of those in `given_only` the given name."""
    return {id: person.given_name if id in given_only else person.name for id, person in uow.get_many(PEOPLE, ids).items()}
