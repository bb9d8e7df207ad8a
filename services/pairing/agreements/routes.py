"""API of agreements: read the latest version, write a new one, sign it."""

from typing import Any

from marshmallow import ValidationError

from chassis.errors import Invalid
from chassis.web import api_blueprint, principal, unit
from pairing.agreements import commands
from pairing.agreements.model import Agreement
from pairing.agreements.parties import GUARDIAN, places
from pairing.agreements.repository import AGREEMENTS
from pairing.agreements.schemas import AgreementSchema, NewVersionSchema, SigningSchema, answers_schema
from pairing.agreements.template import questions_of
from pairing.pairings.repository import PAIRINGS

bp = api_blueprint("agreements", service="pairing", prefix="pairings")


@bp.get("/<id:pairing_id>/agreement")
@bp.response(200, AgreementSchema)
def show(pairing_id: str) -> dict[str, Any]:
    """The latest version of a pairing's agreement."""
    return shown(unit().get(AGREEMENTS, pairing_id))


@bp.post("/<id:pairing_id>/agreement")
@bp.arguments(NewVersionSchema)
@bp.response(200, AgreementSchema)
def write(written: dict[str, Any], pairing_id: str) -> dict[str, Any]:
    """Write a new version, which everybody signs anew; 409 when somebody else wrote one meanwhile."""
    pairing = unit().get(PAIRINGS, pairing_id)
    try:
        answers = answers_schema(pairing.models).load(written["answers"])
    except ValidationError as wrong:
        known = sorted(wrong.messages_dict.keys() & questions_of(pairing.models).keys())
        raise Invalid({"answers": [f"Look again at {key}." for key in known] or ["There is no such question for this pairing."]}) from None
    return shown(commands.write(unit(), pairing_id, answers, principal().id, written["based_on"]))


@bp.post("/<id:pairing_id>/agreement/signatures")
@bp.arguments(SigningSchema)
@bp.response(200, AgreementSchema)
def sign(signing: dict[str, Any], pairing_id: str) -> dict[str, Any]:
    """Sign the version that you read, as one of the pairing or as guardian of a minor in it; again is fine."""
    return shown(commands.sign(unit(), pairing_id, signing["number"], principal().id, principal().language))


def shown(agreement: Agreement) -> dict[str, Any]:
    """The latest version, with who has signed it and how many still have to."""
    latest, holders = agreement.latest, places(unit(), unit().get(PAIRINGS, agreement.id))
    signatures = latest.signatures if latest else ()
    return {
        "pairing_id": agreement.id,
        "number": agreement.number,
        "written_at": latest.written_at if latest else None,
        "answers": latest.answers if latest else {},
        "signatures": [
            {"place_of": each.place.removeprefix(GUARDIAN), "as_guardian": GUARDIAN in each.place, "at": each.at, "language": each.language}
            for each in signatures
        ],
        "unsigned": len(latest.lacks(holders)) if latest else len(holders),
    }
