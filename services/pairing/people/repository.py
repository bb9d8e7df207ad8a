"""People, uploaded intake files and their columns in the database."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from pymongo import UpdateMany

from chassis.repository import Collection, Index
from chassis.unit_of_work import UnitOfWork
from pairing.people.draft import Draft, Mapping
from pairing.people.model import Person

PEOPLE = Collection(
    "people",
    Person,
    indexes=(Index("email", unique=True), Index("programme_ids", "family_name", "given_name", "_id"), Index("ward_ids")),
)
DRAFTS = Collection("import_drafts", Draft, indexes=(Index("expires_at", expire_after=0),))
MAPPINGS = Collection("import_mappings", Mapping)
NAMING = ("wishes", "not_with", "pupils")
"""Fields that hold addresses of others."""
COLLECTIONS = (PEOPLE, DRAFTS, MAPPINGS)


def of_addresses(uow: UnitOfWork, emails: Iterable[str]) -> dict[str, Person]:
    """Those people who exist, by e-mail address."""
    return {person.email: person for person in uow.find(PEOPLE, {"email": {"$in": sorted(set(emails))}})}


def of_role(uow: UnitOfWork, programme_id: str, role: str, ids: Iterable[str] | None = None) -> list[Person]:
    """Everybody with this role in the programme, or those of them with these ids, by id."""
    wanted = {} if ids is None else {"_id": {"$in": sorted(ids)}}
    return uow.find(PEOPLE, {"programme_ids": programme_id, "roles": role, **wanted}, sort=[("_id", 1)])


def guardians_of(uow: UnitOfWork, person_id: str) -> list[Person]:
    """Those who answer for this person and can sign in."""
    return uow.find(PEOPLE, {"ward_ids": person_id}, sort=[("_id", 1)])


def in_programme(uow: UnitOfWork, programme_id: str, after: str, limit: int) -> list[Person]:
    """Everybody in the programme, staff too, by id, from the one after `after`."""
    return uow.find(PEOPLE, {"programme_ids": programme_id, "_id": {"$gt": after}}, sort=[("_id", 1)], limit=limit)


def count(uow: UnitOfWork, programme_id: str, role: str) -> int:
    """How many have this role in the programme."""
    return uow.count(PEOPLE, {"programme_ids": programme_id, "roles": role})


def how_many_of(uow: UnitOfWork, ids: Iterable[str]) -> int:
    """How many of these people there still are."""
    return uow.count(PEOPLE, {"_id": {"$in": sorted(ids)}})


def page(uow: UnitOfWork, programme_id: str, after: str | None, limit: int, role: str | None = None) -> list[Person]:
    """Up to `limit` + 1 participants by id, from the one after `after`."""
    wanted: dict[str, Any] = {"programme_ids": programme_id, "roles": role or {"$in": ["mentor", "mentee"]}}
    return uow.find(PEOPLE, wanted | ({"_id": {"$gt": after}} if after else {}), sort=[("_id", 1)], limit=limit + 1)


def search(uow: UnitOfWork, programme_id: str, text: str, role: str, skip: int, limit: int) -> tuple[list[Person], int]:
    """Participants whose name or address holds every word of `text`, by family name, and how many there are."""
    wanted: dict[str, Any] = {"programme_ids": programme_id, "roles": role or {"$in": ["mentor", "mentee"]}}
    words = [_like(word) for word in text.split()[:5]]
    if words:
        wanted["$and"] = [{"$or": [{name: word} for name in ("given_name", "family_name", "email")]} for word in words]
    order = [("family_name", 1), ("given_name", 1), ("_id", 1)]
    return uow.find(PEOPLE, wanted, sort=order, skip=skip, limit=limit), uow.count(PEOPLE, wanted)


def named_like(uow: UnitOfWork, text: str) -> list[Person]:
    """Participants of any programme whose name holds every word of `text`; nobody when there is no word."""
    words = [_like(word) for word in text.split()[:5]]
    if not words:
        return []
    named = [{"$or": [{name: word} for name in ("given_name", "family_name")]} for word in words]
    return uow.find(PEOPLE, {"roles": {"$in": ["mentor", "mentee"]}, "$and": named}, sort=[("_id", 1)], limit=500)


def coordinators(uow: UnitOfWork, programme_ids: Iterable[str]) -> list[Person]:
    """Everybody who coordinates one of these programmes, by name."""
    wanted = {"programme_ids": {"$in": sorted(programme_ids)}, "roles": "coordinator"}
    return uow.find(PEOPLE, wanted, sort=[("given_name", 1), ("family_name", 1), ("_id", 1)])


def naming(uow: UnitOfWork, email: str) -> list[Person]:
    """Everybody who names somebody by this address."""
    return uow.find(PEOPLE, {"$or": [{name: email} for name in NAMING]})


def hold(uow: UnitOfWork, emails: Iterable[str]) -> None:
    """Has an erasure of who has one of these addresses wait at this very moment, or this command: one of both is repeated.

    A snapshot alone lets an erasure look for all who name her while another command writes her address once more.
    """
    uow.write(PEOPLE.name, UpdateMany({"email": {"$in": sorted(emails)}}, {"$set": {"held": uow.new_id()}}))


def hold_people(uow: UnitOfWork, ids: Iterable[str]) -> None:
    """Has whatever changes or erases one of these people, or pairs her too, wait at this very moment: one of both is repeated."""
    uow.write(PEOPLE.name, UpdateMany({"_id": {"$in": sorted(ids)}}, {"$set": {"held": uow.new_id()}}))


def naming_guardian(uow: UnitOfWork, email: str) -> list[Person]:
    """Everybody whose guardian has this address."""
    return uow.find(PEOPLE, {"guardian.email": email})


def telling_of(uow: UnitOfWork, person_id: str, name: str, email: str) -> list[Person]:
    """Everybody but this person whose own words hold this name or address."""
    words = [{"motivation": re.compile(re.escape(text), re.IGNORECASE)} for text in (name, email) if text]
    return uow.find(PEOPLE, {"_id": {"$ne": person_id}, "$or": words})


def of_family(uow: UnitOfWork, family: str, person_id: str) -> list[Person]:
    """Everybody but this person of the same family; nobody when she is of none."""
    return uow.find(PEOPLE, {"family": family, "_id": {"$ne": person_id}}) if family else []


def _like(word: str) -> re.Pattern[str]:
    """Finds the word in any case, with or without its accents."""
    plain = "".join(
        letter for letter in unicodedata.normalize("NFKD", word[:50]) if letter.isprintable() and not unicodedata.combining(letter)
    )
    return re.compile("".join(_ACCENTED.get(letter, re.escape(letter)) for letter in plain.casefold()), re.IGNORECASE)


def _accented() -> dict[str, str]:
    """For each Latin letter the class of itself and its accented forms (U+00C0 to U+017F)."""
    forms: dict[str, str] = {letter: letter for letter in "abcdefghijklmnopqrstuvwxyz"}
    for code in range(0xC0, 0x180):
        base = unicodedata.normalize("NFKD", chr(code))[0].casefold()
        if base in forms:
            forms[base] += chr(code)
    return {letter: f"[{all_forms}]" for letter, all_forms in forms.items()}


_ACCENTED = _accented()
