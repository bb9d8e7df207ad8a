"""Where the copies of people are kept."""

from chassis.repository import Collection
from chassis.unit_of_work import UnitOfWork
from feedback.people.model import Person

PEOPLE = Collection("people", Person)


def is_mentee_in(uow: UnitOfWork, person_id: str, programme_id: str) -> bool:
    """Whether this person is a mentee in the programme; an unknown person is not."""
    person = uow.get_many(PEOPLE, [person_id]).get(person_id)
    return person is not None and person.is_mentee_in(programme_id)


def programmes_of_mentee(uow: UnitOfWork, person_id: str) -> tuple[str, ...]:
    """The programmes in which this person is a mentee."""
    person = uow.get_many(PEOPLE, [person_id]).get(person_id)
    return tuple(id for id in person.programme_ids if person.is_mentee_in(id)) if person is not None else ()
