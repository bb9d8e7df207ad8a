"""Erases what pairing itself holds about a person, and counts it; part of the transaction that carries an erasure out."""

from collections.abc import Iterable

from chassis import traces
from chassis.unit_of_work import UnitOfWork
from contracts.data_rights import Kept
from contracts.people import PersonErased
from pairing.accounts.repository import ACCOUNTS, LINKS, SIGN_INS
from pairing.agreements.commands import forget as forget_agreement
from pairing.change_requests import commands as change_requests
from pairing.closures import commands as closures
from pairing.consents import guardians
from pairing.data_rights.commands import forget_copies
from pairing.intake import forgetting as intake
from pairing.match_setups import commands as match_setups
from pairing.matching import commands as matching
from pairing.pairings import commands as pairings
from pairing.pairings.repository import of_person
from pairing.people.commands import change_people
from pairing.people.model import Guardian, Person
from pairing.people.repository import DRAFTS, PEOPLE

KEPT = (
    Kept(kind="pairings", why="statistics"),
    Kept(kind="match_runs", why="statistics"),
    Kept(kind="concerns", why="legal_claims"),
    Kept(kind="consents", why="accountability"),
    Kept(kind="audit", why="accountability"),
    Kept(kind="requests", why="accountability"),
)
ADDRESSES = ("wishes", "pupils", "not_with")
"""Fields of a person that may name others by their e-mail addresses."""


def forget(uow: UnitOfWork, person: Person) -> dict[str, int]:
    """Everything that names the person goes; of her pairings stays that they were. The people topic gets its last word about her."""
    for pairing in of_person(uow, person.id):
        pairings.leave(uow, pairing, person.id)
    agreements = [forget_agreement(uow, pairing.id) for pairing in of_person(uow, person.id)]
    counts = {
        "agreements": sum(agreements),
        "mentions": _forget_mentions(uow, person) + _forget_as_guardian(uow, person) + match_setups.forget(uow, person.id),
        "explanations": matching.forget(uow, person.id),
        "copies_of_data": forget_copies(uow, person.id),
        "drafts": _forget_drafts(uow, person) + intake.forget(uow, person),
        "guardian_requests": guardians.forget(uow, person),
        "look_backs": closures.forget(uow, person.id),
        "change_requests": change_requests.forget(uow, person.id),
        "stored_answers": traces.forget_answers(uow, person.id, person.email, person.name),
        **_forget_account(uow, person.id),
        "people": 1,
    }
    uow.emit(person, PersonErased(person_id=person.id))
    uow.delete(PEOPLE, person.id)
    return counts


def _forget_account(uow: UnitOfWork, person_id: str) -> dict[str, int]:
    found = {
        name: uow.find(collection, {"account_id": person_id}) for name, collection in (("sign_ins", SIGN_INS), ("sign_in_links", LINKS))
    }
    for sign_in in found["sign_ins"]:
        uow.delete(SIGN_INS, sign_in.id)
    for link in found["sign_in_links"]:
        uow.delete(LINKS, link.id)
        uow.unschedule(f"mail-sign-in-link:{link.id}")
    uow.delete(ACCOUNTS, person_id)
    return {"accounts": 1, **{name: len(things) for name, things in found.items()}}


def _forget_mentions(uow: UnitOfWork, person: Person) -> int:
    """Others may have named her by her address: wishes, and whom not to be paired with."""
    fields = [name for name in ADDRESSES if name in Person.__dataclass_fields__]
    naming = uow.find(PEOPLE, {"$or": [{name: person.email} for name in fields]})
    change_people(uow, [(each, {name: _without(getattr(each, name), person.email) for name in fields}) for each in naming])
    return len(naming)


def guardians_of(uow: UnitOfWork, person_id: str) -> list[Person]:
    """The guardians of this person."""
    return uow.find(PEOPLE, {"ward_ids": person_id}, sort=[("_id", 1)])


def _forget_as_guardian(uow: UnitOfWork, person: Person) -> int:
    """Wards keep that permission was given, not by whom; guardians lose the ward. Neither changes who may take part."""
    wards = [each for each in uow.find(PEOPLE, {"guardian.email": person.email}) if person.ward_ids]
    guardians = guardians_of(uow, person.id)
    changes = [(ward, {"guardian": Guardian("", "", ward.guardian.permission)}) for ward in wards if ward.guardian]
    changes_of_guardians = [(each, {"ward_ids": _without(each.ward_ids, person.id)}) for each in guardians]
    change_people(uow, [*changes, *changes_of_guardians])
    return len(changes)


def _forget_drafts(uow: UnitOfWork, person: Person) -> int:
    """Uploaded files of her programmes, which may hold her row in any format, and all others that name her; they last an hour anyway."""
    address = person.email.encode()
    found = [draft for draft in uow.find(DRAFTS, {}) if draft.programme_id in person.programme_ids or address in draft.content.lower()]
    for draft in found:
        uow.delete(DRAFTS, draft.id)
    return len(found)


def _without(values: Iterable[str], gone: str) -> tuple[str, ...]:
    return tuple(value for value in values if value != gone)
