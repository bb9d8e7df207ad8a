"""API of programmes."""

from typing import Any

from chassis.web import PageArguments, api_blueprint, check_version, cursor_page, principal, set_version, unit
from pairing.programmes import commands, repository
from pairing.programmes.model import Programme
from pairing.programmes.repository import PROGRAMMES
from pairing.programmes.schemas import NewDatesSchema, ProgrammeChangesSchema, ProgrammeSchema, StepSchema

bp = api_blueprint("programmes", service="pairing")


@bp.get("")
@bp.arguments(PageArguments, location="query")
@bp.response(200, cursor_page(ProgrammeSchema))
def index(arguments: dict[str, Any]) -> list[Programme]:
    """The programmes that the caller takes part in or runs."""
    return repository.page(unit(), principal().programmes, arguments["after"], arguments["limit"])


@bp.post("")
@bp.arguments(ProgrammeSchema)
@bp.response(201, ProgrammeSchema)
def create(fields: dict[str, Any]) -> Programme:
    """Set up a programme and run it; renew the bearer token afterwards, it names the programmes that its bearer runs."""
    return commands.create(unit(), **fields)


@bp.get("/<id:programme_id>")
@bp.etag
@bp.response(200, ProgrammeSchema)
def show(programme_id: str) -> Programme:
    """One programme."""
    programme = unit().get(PROGRAMMES, programme_id)
    set_version(programme)
    return programme


@bp.patch("/<id:programme_id>")
@bp.etag
@bp.arguments(ProgrammeChangesSchema(partial=True))
@bp.response(200, ProgrammeSchema)
def change(changes: dict[str, Any], programme_id: str) -> Programme:
    """Change some fields of a programme."""
    check_version(unit().get(PROGRAMMES, programme_id))
    programme = commands.change(unit(), programme_id, **changes)
    set_version(programme)
    return programme


@bp.post("/<id:programme_id>/clone")
@bp.arguments(NewDatesSchema)
@bp.response(201, ProgrammeSchema)
def clone(fields: dict[str, Any], programme_id: str) -> Programme:
    """Set up a programme like this one, with its own name and dates and without people; renew the bearer token afterwards."""
    return commands.clone(unit(), programme_id, **fields)


@bp.post("/<id:programme_id>/state")
@bp.arguments(StepSchema)
@bp.response(200, ProgrammeSchema)
def advance(step: dict[str, Any], programme_id: str) -> Programme:
    """Take a programme one stage on, or one back while no proposals are out; the stage it is in already changes nothing."""
    return commands.advance(unit(), programme_id, step["state"])
