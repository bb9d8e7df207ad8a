"""JSON API of reports, and their CSV."""

from pathlib import Path
from typing import Any

from flask import Response

from chassis.auth import Principal
from chassis.web import PageArguments, api_blueprint, cursor_page, principal, unit
from notifications.programmes import repository as programmes
from notifications.programmes.model import Programme
from notifications.reports import spreadsheet
from notifications.reports.definitions import FIGURES
from notifications.reports.figures import Report
from notifications.reports.queries import report_on
from notifications.reports.schemas import ProgrammeSchema, ReportSchema
from ui.language import translator

LOCALE = Path(__file__).parents[1] / "locale"
CSV = "text/csv; charset=utf-8"

bp = api_blueprint("reports", service="notifications")


def visible_to(who: Principal) -> frozenset[str] | None:
    """The programmes whose reports this person may see; None means all."""
    return None if who.has("administrator") else who.programmes


@bp.get("")
@bp.arguments(PageArguments, location="query")
@bp.response(200, cursor_page(ProgrammeSchema))
def index(arguments: dict[str, Any]) -> list[Programme]:
    """The programmes that have a report for this reader."""
    return programmes.page(unit(), visible_to(principal()), arguments["after"], arguments["limit"])


@bp.get("/<id:programme_id>")
@bp.response(200, ReportSchema)
def show(programme_id: str) -> dict[str, Any]:
    """The report of a programme as of now."""
    report = report_on(unit(), programme_id)
    words = translator(principal().language, LOCALE)
    explained = [{**vars(figure), "definition": words.gettext(FIGURES[figure.code].definition)} for figure in report.figures]
    return {**vars(report), "figures": explained}


@bp.get("/<id:programme_id>.csv")
@bp.response(200, content_type="text/csv")
def download(programme_id: str) -> Response:
    """The report as CSV, one row per figure."""
    return as_file(report_on(unit(), programme_id), principal().language)


def as_file(report: Report, language: str) -> Response:
    """A download of the report's CSV."""
    response = Response(spreadsheet.write(report, language), content_type=CSV)
    response.headers["Content-Disposition"] = f'attachment; filename="{spreadsheet.file_name(report)}"'
    return response
