"""What a safeguarding lead needs to act when the concern names no pairing: a pairing by the name of somebody in it, and who coordinates."""

from collections.abc import Iterable
from dataclasses import dataclass

from chassis.unit_of_work import UnitOfWork
from pairing.accounts.repository import active_with
from pairing.concerns.model import Content
from pairing.pairings.own import called
from pairing.pairings.repository import open_of_people
from pairing.people.model import Person
from pairing.people.repository import PEOPLE, coordinators, named_like
from pairing.programmes.model import Programme
from pairing.programmes.repository import every, of_ids

MOST = 50


@dataclass(frozen=True)
class Found:
    """A pairing that has not ended, with the whole names of its people, its programme and its state."""

    id: str
    mentors: tuple[str, ...]
    mentees: tuple[str, ...]
    programme: str
    state: str


def pairings_of(uow: UnitOfWork, name: str) -> list[Found]:
    """Up to MOST + 1 pairings, of any programme, that have not ended and in which somebody's name holds every word of `name`."""
    return pairings_with(uow, (person.id for person in named_like(uow, name)))


def pairings_with(uow: UnitOfWork, person_ids: Iterable[str]) -> list[Found]:
    """The same by the ids of people in it."""
    running = open_of_people(uow, person_ids)[: MOST + 1]
    people = uow.get_many(PEOPLE, {id for pairing in running for id in pairing.members})
    programmes = {each.id: each.name for each in of_ids(uow, {pairing.programme_id for pairing in running})}

    def names(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(called(people.get(id), whole=True) for id in ids)

    return [
        Found(each.id, names(each.mentor_ids), names(each.mentee_ids), programmes.get(each.programme_id, ""), each.state)
        for each in running
    ]


def who_coordinates(uow: UnitOfWork, content: Content, *concerned: Person | None) -> list[tuple[str, list[Person]]]:
    """Each programme that the concern may be about, by name, with its coordinators, but for one whom it is about.

    That is the one that was named, else those of the people concerned, else all.
    """
    ids = {content.programme_id} - {""} or {id for person in concerned if person for id in person.programme_ids}
    working = set(active_with(uow, "coordinator")) - {content.about_id}
    found = of_ids(uow, ids) or every(uow)
    there = coordinators(uow, (each.id for each in found))
    return [
        (each.name, [person for person in there if person.id in working and each.id in person.programme_ids]) for each in by_name(found)
    ]


def by_name(programmes: list[Programme]) -> list[Programme]:
    """The programmes in the order of their names."""
    return sorted(programmes, key=lambda each: each.name)
