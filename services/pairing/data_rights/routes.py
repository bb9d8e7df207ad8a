"""API of data rights: ask for a copy and fetch it; ask for an erasure, take it back, see what was erased."""

from typing import Any

from flask import Response

from chassis.web import api_blueprint, principal, sensitive, unit
from pairing.data_rights import commands, erasing, repository
from pairing.data_rights.archive import archive
from pairing.data_rights.erasure import Erasure
from pairing.data_rights.model import Export
from pairing.data_rights.repository import ERASURES, EXPORTS
from pairing.data_rights.schemas import DataRequestsSchema, ErasureArguments, ErasureSchema, ExportSchema, listed

ASKS = "20 per hour"
bp = api_blueprint("data_rights", service="pairing", prefix="")


@bp.post("/people/<id:person_id>/exports")
@sensitive(ASKS)
@bp.response(202, ExportSchema)
def ask_for_copy(person_id: str) -> Export:
    """Ask all services for everything about a person; while one is being gathered, that one is given."""
    return commands.ask_for_copy(unit(), person_id, by=principal().id)


@bp.get("/exports/<id:export_id>")
@bp.response(200, ExportSchema)
def show_export(export_id: str) -> Export:
    """How far a copy is."""
    return unit().get(EXPORTS, export_id)


@bp.get("/exports/<id:export_id>/archive")
@bp.response(200, content_type="application/zip")
def fetch(export_id: str) -> Response:
    """The copy, as a ZIP file."""
    return as_file(export_id)


def as_file(export_id: str) -> Response:
    """The download; raises Forbidden for others than its reader, Refused while it is not ready."""
    export, who = unit().get(EXPORTS, export_id), principal()
    export.require_readable(who.id, unit().now)
    response = Response(archive(unit(), export, who.language, who.time_zone), mimetype="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="fabconnect-{export.asked_at.date().isoformat()}.zip"'
    return response


@bp.post("/people/<id:person_id>/erasures")
@sensitive(ASKS)
@bp.arguments(ErasureArguments)
@bp.response(202, ErasureSchema)
def ask_for_erasure(wanted: dict[str, Any], person_id: str) -> Erasure:
    """Have a person erased everywhere: in three days, in which it can be taken back, or at once."""
    return erasing.ask_for_erasure(unit(), person_id, by=principal().id, at_once=wanted["at_once"])


@bp.get("/erasures/<id:erasure_id>")
@bp.response(200, ErasureSchema)
def show_erasure(erasure_id: str) -> Erasure:
    """How far an erasure is, and what was erased."""
    return unit().get(ERASURES, erasure_id)


@bp.post("/erasures/<id:erasure_id>/withdraw")
@bp.response(200, ErasureSchema)
def withdraw(erasure_id: str) -> Erasure:
    """Take an erasure back while it waits. Again is fine."""
    return erasing.withdraw(unit(), erasure_id)


@bp.get("/programmes/<id:programme_id>/data-requests")
@bp.response(200, DataRequestsSchema)
def requests(programme_id: str) -> dict[str, Any]:
    """The requests about participants of a programme, and by when each must be answered (GDPR, Art. 12(3))."""
    return {"items": [listed(each, unit().now) for each in repository.requests_in(unit(), [programme_id])]}
