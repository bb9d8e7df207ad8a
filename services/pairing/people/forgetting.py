"""What goes from the records of others and from uploaded files when a person is erased."""

import dataclasses
from collections.abc import Iterable

from chassis.unit_of_work import UnitOfWork
from pairing.people import repository
from pairing.people.commands import change_people
from pairing.people.draft import Mapping
from pairing.people.model import Person
from pairing.people.repository import DRAFTS, MAPPINGS, NAMING

GUARDIAN = ("guardian",)


def left_alone(uow: UnitOfWork, ward_id: str) -> list[Person]:
    """The guardians who are nothing but guardians, and of nobody but this ward: without her nothing is left for which they are here."""
    return [each for each in repository.guardians_of(uow, ward_id) if each.roles == GUARDIAN and each.ward_ids == (ward_id,)]


def forget_mentions(uow: UnitOfWork, person: Person) -> int:
    """Others named her by her address (wishes, whom not to be paired with, pupils) or by name in what they wrote of themselves.

    Who of a family is left alone in it loses its label, which says nothing any more but may be her name.
    """
    naming = repository.naming(uow, person.email)
    change_people(uow, [(each, {name: _without(getattr(each, name), person.email) for name in NAMING}) for each in naming])
    telling = repository.telling_of(uow, person.id, person.name, person.email)
    change_people(uow, [(each, {"motivation": person.strike_whole(each.motivation)}) for each in telling])
    relatives = repository.of_family(uow, person.family, person.id)
    if len(relatives) == 1:
        change_people(uow, [(relatives[0], {"family": ""})])
    return len({each.id for each in (*naming, *telling)})


def forget_as_guardian(uow: UnitOfWork, person: Person) -> int:
    """Wards keep that permission was given, not by whom; guardians lose the ward. Neither changes who may take part."""
    wards = [(each, each.guardian) for each in repository.naming_guardian(uow, person.email) if each.guardian and each.id != person.id]
    changes = [(ward, {"guardian": dataclasses.replace(guardian, name="", email="")}) for ward, guardian in wards]
    others = [(each, {"ward_ids": _without(each.ward_ids, person.id)}) for each in repository.guardians_of(uow, person.id)]
    change_people(uow, [*changes, *others])
    return len(changes) + len(others)


def forget_drafts(uow: UnitOfWork, person: Person) -> int:
    """Uploaded files of her programmes, which may hold her row in any format, and all others that name her; they last an hour anyway.

    A file without headings may have left her row among those that are remembered for the next file: they go too.
    """
    address = person.email.encode()
    found = [draft for draft in uow.find(DRAFTS, {}) if draft.programme_id in person.programme_ids or address in draft.content.lower()]
    for draft in found:
        uow.delete(DRAFTS, draft.id)
    for mapping in uow.find(MAPPINGS, {}):
        if _tells_of(mapping, person):
            uow.delete(MAPPINGS, mapping.id)
    return len(found)


def _tells_of(mapping: Mapping, person: Person) -> bool:
    headings = {heading.strip().casefold() for heading, _column in mapping.columns}
    hers = {person.email, person.name, person.given_name, person.family_name, person.motivation, person.city}
    return not headings.isdisjoint(text.casefold() for text in hers if text)


def _without(values: Iterable[str], gone: str) -> tuple[str, ...]:
    return tuple(value for value in values if value != gone)
