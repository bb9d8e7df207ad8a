"""What pairing holds about a person, with readable names, for the copy that she asked for (GDPR, Art. 15 and 20)."""

from typing import Any

from chassis import traces
from chassis.documents import to_document
from chassis.unit_of_work import UnitOfWork
from pairing.accounts.repository import ACCOUNTS, LINKS, SIGN_INS
from pairing.data_rights import repository, said
from pairing.data_rights.plain import picked, plain
from pairing.data_rights.repository import ERASURES
from pairing.matching.repository import of_programme
from pairing.pairings.model import MENTEE, MENTOR, Pairing
from pairing.pairings.repository import of_person
from pairing.people.model import Person
from pairing.people.repository import PEOPLE
from pairing.programmes.repository import of_ids

FOR_HER_EYES = ("wishes", "motivation")
"""What she wrote in confidence: left out when a guardian asks."""
ABOUT_OTHERS = ("not_with", "pupils", "ward_ids")
"""Addresses and ids of others, some laid down by staff to protect somebody: theirs, not hers (GDPR, Art. 15(4))."""


def holdings(uow: UnitOfWork, person_id: str, with_words: bool) -> dict[str, Any]:
    """Her data, account, pairings with the other's name only, what she said and agreed to, requests, and when staff read about her.

    What others wished, wrote and laid down stays theirs: their look backs, and why somebody is not to be paired with somebody.
    """
    person, pairings = uow.get(PEOPLE, person_id), of_person(uow, person_id, limit=0)
    return {
        "about_you": _about(person, with_words),
        "programmes": [_programme(programme) for programme in of_ids(uow, person.programme_ids)],
        "account": _account(uow, person_id),
        "sign_ins": [picked(each, "expires_at", "revoked_at") for each in uow.find(SIGN_INS, {"account_id": person_id})],
        "sign_in_links": [picked(each, "sent_at", "used_at", "expires_at") for each in uow.find(LINKS, {"account_id": person_id})],
        "pairings": [_pairing(uow, pairing, person_id) for pairing in pairings],
        **said.facts(uow, person, pairings),
        **(said.words(uow, person) if with_words else {}),
        "data_requests": _requests(uow, person_id),
        "who_read_about_you": _reads(uow, person, pairings),
    }


def _about(person: Person, with_words: bool) -> dict[str, Any]:
    known = plain(to_document(person))
    hidden = {"_id", "version", *ABOUT_OTHERS, *(() if with_words else FOR_HER_EYES)}
    return {"id": person.id, **{name: value for name, value in known.items() if name not in hidden}}


def _programme(programme: Any) -> dict[str, Any]:
    return picked(programme, "name", "starts_on", "ends_on", "time_zone")


def _account(uow: UnitOfWork, person_id: str) -> dict[str, Any]:
    account = uow.get_many(ACCOUNTS, [person_id]).get(person_id)
    return picked(account, "email", "roles", "language", "time_zone", "state") if account else {}


def _pairing(uow: UnitOfWork, pairing: Pairing, person_id: str) -> dict[str, Any]:
    others = uow.get_many(PEOPLE, [id for id in pairing.members if id != person_id])
    shared = picked(pairing, "state", "models", "format", "proposed_at", "respond_by", "ended_at", "interests", "languages")
    return {
        "your_role": pairing.side_of(person_id),
        "with": [each.name if id in pairing.mentor_ids else each.given_name for id, each in others.items()],
        **shared,
        "you_said_yes_at": plain(pairing.accepted.get(person_id)),
        "you_said_no": person_id in pairing.declined,
    }


def _requests(uow: UnitOfWork, person_id: str) -> list[dict[str, Any]]:
    copies = [{"what": "copy", **picked(each, "asked_at", "state")} for each in repository.exports_of(uow, person_id)]
    erasures = [{"what": "erasure", **picked(each, "asked_at", "state")} for each in uow.find(ERASURES, {"person_id": person_id})]
    return copies + erasures


def _reads(uow: UnitOfWork, person: Person, pairings: list[Pairing]) -> list[dict[str, Any]]:
    """Reads of her page, her pairings, and of lists and match runs of her programmes, on which she is."""
    sides = [role for role in person.roles if role in (MENTOR, MENTEE)]
    programmes = list(person.programme_ids) if sides else []
    runs = [run.id for programme_id in programmes for run in of_programme(uow, programme_id)]
    return traces.reads_of(
        uow, person_id=[person.id], pairing_id=[pairing.id for pairing in pairings], programme_id=programmes, run_id=runs
    )
