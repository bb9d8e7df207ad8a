"""API of pairings: list, show, answer; pause, go on, end, close; ask for a change."""

from typing import Any

from chassis.unit_of_work import UnitOfWork
from chassis.web import api_blueprint, cursor_page, principal, set_version, unit
from pairing.change_requests import commands as change_requests
from pairing.pairings import commands, life, repository
from pairing.pairings.model import Pairing
from pairing.pairings.repository import PAIRINGS
from pairing.pairings.schemas import AskSchema, EndSchema, ModelsSchema, PairingArguments, PairingSchema, PauseSchema, shown
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


@bp.post("/<id:pairing_id>/models")
@bp.arguments(ModelsSchema)
@bp.response(200, PairingSchema)
def choose_models(wanted: dict[str, Any], pairing_id: str) -> dict[str, Any]:
    """Decide how they work, in one way or in several, as long as nobody has said yes to the proposal."""
    return _settled(commands.choose_models(unit(), pairing_id, wanted["models"]))


@bp.post("/<id:pairing_id>/pause")
@bp.arguments(PauseSchema)
@bp.response(200, PairingSchema)
def pause(wanted: dict[str, Any], pairing_id: str) -> dict[str, Any]:
    """Have it pause, as its coordinator or a safeguarding lead; its people are told not to meet."""
    return _settled(life.pause(unit(), pairing_id, wanted["reason"], principal().id))


@bp.post("/<id:pairing_id>/resume")
@bp.response(200, PairingSchema)
def resume(pairing_id: str) -> dict[str, Any]:
    """Let it go on; refused while a rule of safeguarding stands against it. After a concern only a safeguarding lead may."""
    return _settled(life.resume(unit(), pairing_id, principal().id, as_lead=principal().has("safeguarding_lead")))


@bp.post("/<id:pairing_id>/end")
@bp.arguments(EndSchema)
@bp.response(200, PairingSchema)
def end(wanted: dict[str, Any], pairing_id: str) -> dict[str, Any]:
    """Bring it to its end; both sides have two weeks to look back."""
    return _settled(life.end(unit(), pairing_id, wanted["ending"], principal().id))


@bp.post("/<id:pairing_id>/close")
@bp.response(200, PairingSchema)
def close(pairing_id: str) -> dict[str, Any]:
    """Close it before everybody has looked back, as its coordinator; they still can."""
    return _settled(life.close_now(unit(), pairing_id, principal().id))


@bp.post("/<id:pairing_id>/stop")
@bp.response(200, PairingSchema)
def stop(pairing_id: str) -> dict[str, Any]:
    """Close it at once for safeguarding; coordinators and safeguarding leads are told."""
    return _settled(life.stop(unit(), pairing_id, principal().id))


@bp.post("/<id:pairing_id>/go-on")
@bp.response(200, PairingSchema)
def go_on(pairing_id: str) -> dict[str, Any]:
    """Note that its coordinator talked with them and they go on: a silence or a request for a change is settled."""
    return _settled(life.go_on(unit(), pairing_id, principal().id))


@bp.post("/<id:pairing_id>/ask-for-change")
@bp.arguments(AskSchema)
@bp.response(204)
def ask_for_change(said: dict[str, Any], pairing_id: str) -> None:
    """Ask the coordinator, as one of its people, for somebody else; the others do not hear of it."""
    change_requests.ask(unit(), pairing_id, principal().id, said["words"])


def _settled(pairing: Pairing) -> dict[str, Any]:
    unit().flush()
    return shown(pairing, principal().id)
