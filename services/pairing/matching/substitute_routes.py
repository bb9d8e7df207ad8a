"""API of substitutes: who could stand in for the mentor of a pairing, and proposing one."""

from typing import Any

from chassis.web import api_blueprint, principal, unit
from pairing.matching.schemas import SubstituteSchema, SubstituteWantedSchema
from pairing.pairings.schemas import PairingSchema, shown

bp = api_blueprint("substitutes", service="pairing", prefix="pairings")


@bp.get("/<id:pairing_id>/substitutes")
@bp.response(200, SubstituteSchema(many=True))
def possible(pairing_id: str) -> list[dict[str, Any]]:
    """Free mentors whom the rules allow for the mentee of this pairing, best fit first."""
    from pairing.matching.substitutes import substitutes  # here, because numerical libraries would make every idle process larger

    return [{"mentor_id": each.mentor.id, "score": each.points} for each in substitutes(unit(), pairing_id)]


@bp.post("/<id:pairing_id>/substitutes")
@bp.arguments(SubstituteWantedSchema)
@bp.response(201, PairingSchema)
def propose(wanted: dict[str, Any], pairing_id: str) -> dict[str, Any]:
    """Propose a substitute; a pairing that runs is paused for it."""
    from pairing.matching.substitutes import substitute  # here, because numerical libraries would make every idle process larger

    made = substitute(unit(), pairing_id, wanted["mentor_id"], principal().id)
    unit().flush()
    return shown(made, principal().id)
