"""API of pairings: list, show, accept, decline."""

from typing import Any

from chassis.unit_of_work import UnitOfWork
from chassis.web import api_blueprint, cursor_page, principal, set_version, unit
from pairing.pairings import commands, repository
from pairing.pairings.model import Pairing
from pairing.pairings.repository import PAIRINGS
from pairing.pairings.schemas import PairingArguments, PairingSchema, shown
from pairing.programmes.commands import check_runs

bp = api_blueprint("pairings", service="pairing")


@bp.get("")
@bp.arguments(PairingArguments, location="query")
@bp.response(200, cursor_page(PairingSchema, key=lambda item: item["id"]))
def index(arguments: dict[str, Any]) -> list[dict[str, Any]]:
    """A coordinator's pairings of all programmes she runs or of one; everybody else's own pairings."""
    return [shown(pairing, principal().id) for pairing in _listed(unit(), **arguments)]


def _listed(uow: UnitOfWork, after: str | None, limit: int, programme_id: str | None, state: str) -> list[Pairing]:
    who = principal()
    if not who.has("coordinator"):
        return repository.page(uow, after, limit, person_id=who.id, programme_id=programme_id, state=state)
    if programme_id:
        check_runs(who.programmes, programme_id)
    return repository.page(uow, after, limit, programmes=[programme_id] if programme_id else who.programmes, state=state)


@bp.get("/<id:pairing_id>")
@bp.etag
@bp.response(200, PairingSchema)
def show(pairing_id: str) -> dict[str, Any]:
    """One pairing."""
    pairing = unit().get(PAIRINGS, pairing_id)
    set_version(pairing)
    return shown(pairing, principal().id)


@bp.post("/<id:pairing_id>/accept")
@bp.response(200, PairingSchema)
def accept(pairing_id: str) -> dict[str, Any]:
    """Say yes, as the mentor or the mentee; the pairing is active when both did. Again is fine."""
    return _settled(commands.accept(unit(), pairing_id, by=principal().id))


@bp.post("/<id:pairing_id>/decline")
@bp.response(200, PairingSchema)
def decline(pairing_id: str) -> dict[str, Any]:
    """Say no, as the mentor or the mentee; nobody is told why. Again is fine."""
    return _settled(commands.decline(unit(), pairing_id, by=principal().id))


def _settled(pairing: Pairing) -> dict[str, Any]:
    unit().flush()
    return shown(pairing, principal().id)
