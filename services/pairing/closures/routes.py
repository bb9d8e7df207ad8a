"""API of closures: what one wrote when looking back on a pairing, and writing it."""

from typing import Any

from chassis.web import api_blueprint, principal, unit
from pairing.closures import commands
from pairing.closures.certificate import is_due
from pairing.closures.repository import of_pairing
from pairing.closures.schemas import ClosureSchema, LookBackSchema
from pairing.pairings.repository import PAIRINGS

bp = api_blueprint("closures", service="pairing")


@bp.get("/<id:pairing_id>")
@bp.response(200, ClosureSchema)
def show(pairing_id: str) -> dict[str, Any]:
    """The look back on a pairing as one of its people may see it: her own answers, and those that others share."""
    return _shown(pairing_id)


def _shown(pairing_id: str) -> dict[str, Any]:
    pairing, written, me = unit().get(PAIRINGS, pairing_id), of_pairing(unit(), pairing_id), principal().id
    return {
        "open": commands.is_open(unit(), pairing),
        "closes_at": pairing.closes_at,
        "mine": written.get(me),
        "others": [each for person_id, each in written.items() if person_id != me and each.shared],
        "certificate": is_due(pairing),
    }


@bp.post("/<id:pairing_id>")
@bp.arguments(LookBackSchema)
@bp.response(200, ClosureSchema)
def look_back(said: dict[str, Any], pairing_id: str) -> dict[str, Any]:
    """Write or change one's own answers; when everybody has looked back, the pairing is closed."""
    commands.look_back(unit(), pairing_id, principal().id, said["answers"], shared=said["shared"])
    unit().flush()
    return _shown(pairing_id)
