"""What a guardian sees of her wards on her first page: where each is, with whom, whom to ask, and the permission she gave."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from chassis.unit_of_work import UnitOfWork
from pairing.intake.journey import Journey
from pairing.intake.waiting import journey_in
from pairing.pairings import repository as pairings
from pairing.pairings.model import OPEN, Pairing
from pairing.people import repository as people
from pairing.people.model import Person
from pairing.people.repository import PEOPLE
from pairing.programmes.model import Programme
from pairing.programmes.repository import of_ids


@dataclass(frozen=True, kw_only=True)
class Ward:
    """One ward in one programme; `mentors` are names with the pairing's state, `journey` is there while she has none."""

    person: Person
    programme: Programme
    mentors: tuple[tuple[str, str], ...]
    journey: Journey | None
    permission: date | None
    coordinators: tuple[Person, ...]


def wards_of(uow: UnitOfWork, guardian: Person) -> list[Ward]:
    """The guardian's wards, each in every programme that she is in; not those who have come of age."""
    found = uow.get_many(PEOPLE, guardian.ward_ids)
    persons = [found[id] for id in guardian.ward_ids if id in found and guardian.guards(found[id], uow.now)]
    return [_ward(uow, person, programme) for person in persons for programme in of_ids(uow, person.programme_ids)]


def _ward(uow: UnitOfWork, person: Person, programme: Programme) -> Ward:
    own = [pairing for pairing in pairings.of_person(uow, person.id) if pairing.programme_id == programme.id and pairing.state in OPEN]
    return Ward(
        person=person,
        programme=programme,
        mentors=tuple(_mentors(uow, own)),
        journey=None if own else journey_in(uow, person, programme),
        permission=person.guardian.permission if person.guardian else None,
        coordinators=tuple(people.of_role(uow, programme.id, "coordinator")),
    )


def _mentors(uow: UnitOfWork, own: Iterable[Pairing]) -> Iterable[tuple[str, str]]:
    own = list(own)
    known = uow.get_many(PEOPLE, {id for pairing in own for id in pairing.mentor_ids})
    return [(known[id].name, pairing.state) for pairing in own for id in pairing.mentor_ids if id in known]
