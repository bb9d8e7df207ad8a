"""Pages of reports."""

from flask import Response

from chassis.web import page_blueprint, principal, unit
from notifications.programmes import repository as programmes
from notifications.reports import definitions
from notifications.reports.queries import report_on
from notifications.reports.routes import as_file, visible_to
from ui import page, reader

pages = page_blueprint("reports", service="notifications")


@pages.get("/reports")
def index() -> str:
    """The programmes that have a report for this reader."""
    return page("reports/index.html", programmes=programmes.newest_first(unit(), visible_to(principal())))


@pages.get("/reports/<id:programme_id>")
def show(programme_id: str) -> str:
    """The report of a programme: in words, in figures, as a chart, and how each figure is counted."""
    return page("reports/show.html", report=report_on(unit(), programme_id), definitions=definitions)


@pages.get("/reports/<id:programme_id>.csv")
def download(programme_id: str) -> Response:
    """The same figures as CSV."""
    return as_file(report_on(unit(), programme_id), reader().language)
