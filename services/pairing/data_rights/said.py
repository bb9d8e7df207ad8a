"""What a person said, agreed to and asked for, for the copy of her data: each noun's part of it, with readable names."""

from typing import Any

from chassis.errors import Refused
from chassis.unit_of_work import UnitOfWork
from pairing.agreements.model import Agreement
from pairing.agreements.repository import of_pairings
from pairing.change_requests.repository import of_person as changes_asked_by
from pairing.closures.model import QUESTIONS, LookBack
from pairing.closures.repository import of_person as looked_back_by
from pairing.concerns.model import Concern
from pairing.concerns.own import own_view
from pairing.concerns.repository import raised_by
from pairing.concerns.seal import content_of
from pairing.consents.model import Consent
from pairing.consents.repository import of_person as consents_of
from pairing.consents.repository import requests_of
from pairing.data_rights.plain import picked, plain
from pairing.intake.repository import of_person as form_of
from pairing.pairings.model import Pairing
from pairing.people.model import Person
from pairing.people.repository import PEOPLE, guardians_of

Rows = list[dict[str, Any]]
SEALED = "(sealed with an earlier secret of this instance, which it does not know any more)"


def facts(uow: UnitOfWork, person: Person, pairings: list[Pairing]) -> dict[str, Rows]:
    """What a guardian may see too: consents, who answers for whom, whether a form was sent, agreements, which guardians sign."""
    return {
        "consents": [_consent(each, person) for each in consents_of(uow, person.id)],
        "guardian_requests": [picked(each, "asked_at", "sent_at", "answered_at", "answer") for each in requests_of(uow, person.id)],
        "who_answers_for_whom": _guardianship(uow, person),
        "agreements": [_agreement(each, person.id) for each in of_pairings(uow, [pairing.id for pairing in pairings]).values()],
    }


def words(uow: UnitOfWork, person: Person) -> dict[str, Rows]:
    """What she said in confidence: to coordinators, when looking back, to safeguarding leads; for her alone."""
    form = form_of(uow, person.id)
    return {
        "your_form": [picked(form, "role", "language", "started_at", "submitted_at", "remark")] if form else [],
        "what_you_wrote_at_the_end": [_look_back(each) for each in looked_back_by(uow, person.id)],
        "changes_you_asked_for": [picked(each, "words", "asked_at", "settled_at") for each in changes_asked_by(uow, person.id)],
        "concerns_you_raised": [_concern(uow, each) for each in raised_by(uow, person.id)],
    }


def _consent(consent: Consent, person: Person) -> dict[str, Any]:
    shown = picked(consent, "kind", "text_version", "language", "given_role", "given_on", "way", "withdrawn_at", "withdrawn_role")
    return {**shown, "given_by_you": consent.given_by == person.id}


def _guardianship(uow: UnitOfWork, person: Person) -> Rows:
    guardians = [{"who": each.name, "is": "your guardian"} for each in guardians_of(uow, person.id)]
    wards = [{"who": each.name, "is": "your child"} for each in uow.get_many(PEOPLE, person.ward_ids).values()]
    return guardians + wards


def _agreement(agreement: Agreement, person_id: str) -> dict[str, Any]:
    """The text that counts, which is everybody's in it, and when she signed which version."""
    signed = {str(each.number): [plain(at.at) for at in each.signatures if at.by == person_id] for each in agreement.versions}
    return {
        "answers": dict(agreement.latest.answers) if agreement.latest else {},
        "versions_you_wrote": [version.number for version in agreement.versions if version.written_by == person_id],
        "you_signed_version_at": {number: moments for number, moments in signed.items() if moments},
    }


def _look_back(written: LookBack) -> dict[str, Any]:
    return {**{key: written.answers.get(key, "") for key in QUESTIONS}, **picked(written, "shared", "written_at")}


def _concern(uow: UnitOfWork, concern: Concern) -> dict[str, Any]:
    """Her words, unsealed, and what safeguarding leads let her know; not what they noted for themselves."""
    known = picked(concern, "raised_at", "urgent", "state")
    try:
        said, seen = content_of(uow.settings.secret, concern), own_view(uow, concern)
    except Refused:
        return {"your_words": SEALED, **known}
    answers = [f"{plain(answer.at)}: {answer.words}" for answer in seen.answers]
    return {"your_words": said.words, "how_to_reach_you": said.reach, **known, "answers_to_you": answers}
