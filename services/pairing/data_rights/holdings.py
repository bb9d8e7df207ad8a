"""What pairing holds about a person, with readable names, for the copy that she asked for (GDPR, Art. 15 and 20)."""

import json
from datetime import date
from typing import Any

from chassis import traces
from chassis.documents import to_document
from chassis.unit_of_work import UnitOfWork
from pairing.accounts.repository import ACCOUNTS, LINKS, SIGN_INS
from pairing.agreements.model import Agreement
from pairing.agreements.repository import of_pairings
from pairing.change_requests import repository as change_requests
from pairing.closures import repository as closures
from pairing.concerns.model import Concern
from pairing.concerns.own import own_view
from pairing.concerns.repository import raised_by
from pairing.concerns.seal import content_of
from pairing.consents.model import Consent
from pairing.consents.repository import of_person as consents_of
from pairing.data_rights import repository
from pairing.data_rights.repository import ERASURES
from pairing.intake.repository import remark_of
from pairing.matching.repository import of_programme
from pairing.pairings.model import MENTEE, MENTOR, Pairing
from pairing.pairings.repository import of_person
from pairing.people.model import Person
from pairing.people.repository import PEOPLE
from pairing.programmes.repository import of_ids

SAID = ("words", "asked_at", "settled_at")
FOR_HER_EYES = ("wishes", "motivation")
"""What she wrote in confidence: left out when a guardian asks."""


def holdings(uow: UnitOfWork, person_id: str, with_words: bool) -> dict[str, Any]:
    """Her data, account, pairings with the other's name only, agreements, concerns she raised, requests, and when staff read about her."""
    person, pairings = uow.get(PEOPLE, person_id), of_person(uow, person_id)
    return {
        "about_you": _about(person, with_words),
        "programmes": [_programme(programme) for programme in of_ids(uow, person.programme_ids)],
        "account": _account(uow, person_id),
        "sign_ins": [_picked(each, "expires_at", "revoked_at") for each in uow.find(SIGN_INS, {"account_id": person_id})],
        "sign_in_links": [_picked(each, "sent_at", "used_at", "expires_at") for each in uow.find(LINKS, {"account_id": person_id})],
        "consents": [_consent(each) for each in consents_of(uow, person_id)],
        "told_the_coordinators_in_the_form": remark_of(uow, person_id) if with_words else "",
        "pairings": [_pairing(uow, pairing, person_id) for pairing in pairings],
        "agreements": [_agreement(each, person_id) for each in of_pairings(uow, [pairing.id for pairing in pairings]).values()],
        **({"concerns_you_raised": [_concern(uow, each) for each in raised_by(uow, person_id)]} if with_words else {}),
        "looks_back": [_picked(each, "answers", "shared", "written_at") for each in closures.of_person(uow, person_id)]
        if with_words
        else [],
        "change_requests": [_picked(each, *SAID) for each in change_requests.of_person(uow, person_id)] if with_words else [],
        "data_requests": _requests(uow, person_id),
        "who_read_about_you": _reads(uow, person, pairings),
    }


def _about(person: Person, with_words: bool) -> dict[str, Any]:
    known = _plain(to_document(person))
    hidden = {"_id", "version", *(() if with_words else FOR_HER_EYES)}
    return {"id": person.id, **{name: value for name, value in known.items() if name not in hidden}}


def _programme(programme: Any) -> dict[str, Any]:
    return _picked(programme, "name", "starts_on", "ends_on", "time_zone")


def _account(uow: UnitOfWork, person_id: str) -> dict[str, Any]:
    account = uow.get_many(ACCOUNTS, [person_id]).get(person_id)
    return _picked(account, "email", "roles", "language", "time_zone", "state") if account else {}


def _pairing(uow: UnitOfWork, pairing: Pairing, person_id: str) -> dict[str, Any]:
    others = uow.get_many(PEOPLE, [id for id in pairing.members if id != person_id])
    shared = _picked(pairing, "state", "models", "format", "proposed_at", "respond_by", "ended_at", "interests", "languages")
    return {
        "your_role": pairing.side_of(person_id),
        "with": [each.name if id in pairing.mentor_ids else each.given_name for id, each in others.items()],
        **shared,
        "you_said_yes_at": _plain(pairing.accepted.get(person_id)),
        "you_said_no": person_id in pairing.declined,
    }


def _agreement(agreement: Agreement, person_id: str) -> dict[str, Any]:
    """The latest version, and when she signed which."""
    signed = {str(version.number): signature.at for version in agreement.versions if (signature := version.signed_in(person_id))}
    return {"answers": agreement.latest.answers if agreement.latest else {}, "you_signed_version_at": _plain(signed)}


def _concern(uow: UnitOfWork, concern: Concern) -> dict[str, Any]:
    """What she said and what she was answered, as she may see it; never given to a guardian, nor to whom it is about (Art. 15(4))."""
    content, seen = content_of(uow.settings.secret, concern), own_view(uow, concern)
    said = {"your_words": content.words, "how_to_reach_you": content.reach, **_picked(concern, "raised_at", "urgent", "state")}
    return {**said, "answers_to_you": [_picked(answer, "at", "words") for answer in seen.answers]}


def _consent(consent: Consent) -> dict[str, Any]:
    return _picked(
        consent, "kind", "text_version", "language", "given_role", "given_on", "way", "recorded_at", "withdrawn_at", "withdrawn_role"
    )


def _requests(uow: UnitOfWork, person_id: str) -> list[dict[str, Any]]:
    copies = [{"what": "copy", **_picked(each, "asked_at", "state")} for each in repository.exports_of(uow, person_id)]
    erasures = [{"what": "erasure", **_picked(each, "asked_at", "state")} for each in uow.find(ERASURES, {"person_id": person_id})]
    return copies + erasures


def _reads(uow: UnitOfWork, person: Person, pairings: list[Pairing]) -> list[dict[str, Any]]:
    """Reads of her page, her pairings, and of lists and match runs of her programmes, on which she is."""
    sides = [role for role in person.roles if role in (MENTOR, MENTEE)]
    programmes = list(person.programme_ids) if sides else []
    runs = [run.id for programme_id in programmes for run in of_programme(uow, programme_id)]
    return traces.reads_of(
        uow, person_id=[person.id], pairing_id=[pairing.id for pairing in pairings], programme_id=programmes, run_id=runs
    )


def _picked(thing: Any, *names: str) -> dict[str, Any]:
    return {name: _plain(getattr(thing, name)) for name in names}


def _plain(value: Any) -> Any:
    """The same, as JSON has it; moments and days in ISO 8601."""
    return json.loads(json.dumps(value, default=_written))


def _written(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)
