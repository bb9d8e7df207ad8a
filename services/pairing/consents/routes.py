"""API of consents: list, agree, take back, record what was signed on paper, ask a guardian."""

from typing import Any

from chassis.web import api_blueprint, principal, unit
from pairing.consents import commands, guardians, repository
from pairing.consents.model import Consent
from pairing.consents.request import GuardianRequest
from pairing.consents.schemas import ConsentSchema, ConsentsSchema, KindSchema, PaperSchema, RequestSchema
from pairing.people.repository import PEOPLE

bp = api_blueprint("consents", service="pairing", prefix="people")


@bp.get("/<id:person_id>/consents")
@bp.response(200, ConsentsSchema)
def history(person_id: str) -> dict[str, list[Consent]]:
    """What was agreed to and taken back, the newest first."""
    return {"items": repository.of_person(unit(), person_id)}


@bp.post("/<id:person_id>/consents")
@bp.arguments(KindSchema)
@bp.response(201, ConsentSchema)
def agree(asked: dict[str, Any], person_id: str) -> Consent:
    """Agree to the newest text, for oneself or for one's ward."""
    return commands.agree(unit(), person_id, asked["kind"], principal().language)


@bp.post("/<id:person_id>/consents/withdrawal")
@bp.arguments(KindSchema)
@bp.response(200, ConsentsSchema)
def withdraw(asked: dict[str, Any], person_id: str) -> dict[str, list[Consent]]:
    """Take back what was agreed to; again is fine."""
    commands.withdraw(unit(), person_id, asked["kind"])
    unit().flush()
    return {"items": repository.of_person(unit(), person_id)}


@bp.post("/<id:person_id>/consents/paper")
@bp.arguments(PaperSchema)
@bp.response(201, ConsentSchema)
def record_paper(asked: dict[str, Any], person_id: str) -> Consent:
    """Record what was signed on paper, as staff."""
    return commands.record_paper(unit(), person_id, asked["kind"], asked["on"], by=principal().id)


@bp.post("/<id:person_id>/guardian-request")
@bp.response(202, RequestSchema)
def ask(person_id: str) -> GuardianRequest:
    """Have the guardian asked by e-mail; earlier links end."""
    return guardians.ask(unit(), person_id, unit().get(PEOPLE, person_id).language)
