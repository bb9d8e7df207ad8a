"""Erases what pairing itself holds about a person, and counts it; part of the transaction that carries an erasure out."""

from collections.abc import Callable, Mapping

from chassis import traces
from chassis.unit_of_work import UnitOfWork
from contracts.data_rights import Kept
from contracts.people import PersonErased
from pairing.accounts.repository import ACCOUNTS, LINKS, SIGN_INS
from pairing.agreements import commands as agreements
from pairing.change_requests import commands as change_requests
from pairing.closures import commands as closures
from pairing.consents import commands as consents
from pairing.consents import guardians
from pairing.data_rights.commands import forget_copies
from pairing.intake import forgetting as intake
from pairing.match_setups import commands as match_setups
from pairing.matching import commands as matching
from pairing.pairings import commands as pairings
from pairing.pairings.repository import of_person
from pairing.people import forgetting as people
from pairing.people.model import Person
from pairing.people.repository import PEOPLE

KEPT = (
    Kept(kind="pairings", why="statistics"),
    Kept(kind="match_runs", why="statistics"),
    Kept(kind="consents", why="accountability"),
    Kept(kind="concerns", why="legal_claims"),
    Kept(kind="audit", why="accountability"),
    Kept(kind="requests", why="accountability"),
)
"""The same for everybody, so that a certificate does not tell whether anybody raised a concern about her.

Concerns stay sealed, whoever raised them and whomever they are about: they may have to prove what was known and done about a danger.
"""
Forgetter = Callable[[UnitOfWork, Person], int]
FORGETTERS: Mapping[str, Forgetter] = {
    "agreements": agreements.forget,
    "look_backs": closures.forget,
    "change_requests": change_requests.forget,
    "forms": intake.forget,
    "guardian_requests": guardians.forget,
    "match_rules": match_setups.forget,
    "explanations": matching.forget,
    "mentions": people.forget_mentions,
    "guardianships": people.forget_as_guardian,
    "drafts": people.forget_drafts,
}
"""Kind to what erases it and counts what it erased. What each deletes of others' words, and what it leaves them, is said there."""


def forget(uow: UnitOfWork, person: Person) -> dict[str, int]:
    """Everything that names the person goes; of her pairings stays that they were. The people topic gets its last word about her.

    Nouns are asked while her pairings still say who was in them; only then she leaves those.
    """
    alone, own = len(people.left_alone(uow, person.id)), of_person(uow, person.id, limit=0)
    counts = {kind: forget_in_noun(uow, person) for kind, forget_in_noun in FORGETTERS.items()}
    for pairing in own:
        pairings.leave(uow, pairing, person.id)
    consents.outlive(uow, person.id)
    counts |= {"copies_of_data": forget_copies(uow, person.id), "guardians": alone, **_forget_account(uow, person.id), "people": 1}
    counts["stored_answers"] = traces.forget_answers(uow, person.id, *person.names, *(pairing.id for pairing in own))
    uow.emit(person, PersonErased(person_id=person.id))
    uow.delete(PEOPLE, person.id)
    return counts


def _forget_account(uow: UnitOfWork, person_id: str) -> dict[str, int]:
    sign_ins, links = (uow.find(collection, {"account_id": person_id}) for collection in (SIGN_INS, LINKS))
    for sign_in in sign_ins:
        uow.delete(SIGN_INS, sign_in.id)
    for link in links:
        uow.delete(LINKS, link.id)
        uow.unschedule(f"mail-sign-in-link:{link.id}")
    uow.delete(ACCOUNTS, person_id)
    return {"accounts": 1, "sign_ins": len(sign_ins), "sign_in_links": len(links)}
