"""Who signs an agreement: everybody in the pairing, and for each minor her guardian."""

from collections.abc import Mapping

from chassis.unit_of_work import UnitOfWork
from pairing.pairings.commands import today
from pairing.pairings.model import Pairing
from pairing.people.model import Person
from pairing.people.repository import PEOPLE, of_addresses
from pairing.programmes.repository import PROGRAMMES

GUARDIAN = "guardian:"
"""Begins the place in which a guardian signs; the id of the minor follows."""


def places(uow: UnitOfWork, pairing: Pairing) -> dict[str, str]:
    """Every place to sign in, and who may: a member herself, a minor's guardian ("" while the guardian has no account)."""
    return {**{id: id for id in pairing.members}, **{f"{GUARDIAN}{id}": guardian for id, guardian in guardians(uow, pairing).items()}}


def guardians(uow: UnitOfWork, pairing: Pairing) -> dict[str, str]:
    """Each minor among the mentees, and the id of her guardian, "" while the guardian has no account."""
    day = today(uow.get(PROGRAMMES, pairing.programme_id), uow.now)
    mentees = uow.get_many(PEOPLE, pairing.mentee_ids).values()
    addresses = {mentee.id: mentee.guardian.email if mentee.guardian else "" for mentee in mentees if mentee.is_minor(day)}
    accounts = of_addresses(uow, (address for address in addresses.values() if address))
    return {id: _guardian_of(id, accounts.get(address)) for id, address in addresses.items()}


def answers_for(uow: UnitOfWork, pairing: Pairing, person_id: str) -> bool:
    """Whether this person is the guardian of a minor in this pairing."""
    return person_id in guardians(uow, pairing).values()


def names(people: dict[str, Person], pairing: Pairing, gone: str, *, whole: bool) -> dict[str, str]:
    """The names of a pairing's members: mentors whole, mentees by their given name unless `whole`; `gone` for who was erased."""
    return {id: _name(people.get(id), gone, whole=whole or id in pairing.mentor_ids) for id in pairing.members}


def guardian_names(uow: UnitOfWork, signers: Mapping[str, str], reader_id: str, *, staff: bool) -> dict[str, str]:
    """The names of the guardians whom this reader knows, by the place they sign in: staff all, a minor her own, a guardian herself.

    `signers` are the ids of those who signed in each place, or else may.
    """
    guardians = {place: id for place, id in signers.items() if place.startswith(GUARDIAN) and id}
    people = uow.get_many(PEOPLE, guardians.values())
    known = {place: id for place, id in guardians.items() if staff or reader_id in (id, place.removeprefix(GUARDIAN))}
    return {place: people[id].name for place, id in known.items() if id in people}


def _name(person: Person | None, gone: str, *, whole: bool) -> str:
    return gone if person is None else person.name if whole else person.given_name


def _guardian_of(minor_id: str, person: Person | None) -> str:
    """Who has the guardian's address counts only after confirming to answer for this minor."""
    return person.id if person and "guardian" in person.roles and minor_id in person.ward_ids else ""
