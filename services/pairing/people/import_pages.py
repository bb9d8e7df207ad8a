"""Pages of the import: choose a file, see what it would do and what is wrong with it, confirm, see what it did."""

import re
from typing import Any

from flask import Response, redirect, request

from chassis.errors import Invalid
from chassis.web import page_blueprint, principal, unit
from pairing.people import repository, words
from pairing.people.columns import COLUMNS
from pairing.people.draft import LASTS, Draft
from pairing.people.error_sheet import error_sheet
from pairing.people.files import check_name
from pairing.people.imports import Plan, import_people, plan_import
from pairing.people.mapping import as_before
from pairing.people.mapping_pages import columns_form, headings_of
from pairing.people.repository import DRAFTS
from pairing.people.spreadsheet import MOST_BYTES
from pairing.programmes.choice import chosen_programme
from pairing.programmes.repository import of_ids
from ui import gettext as _
from ui import page

pages = page_blueprint("imports", service="pairing")


@pages.get("/people/import")
def choose() -> str:
    """The form to choose a programme, a role and a file."""
    return _form(request.args.get("programme"), request.args.get("role", "mentor"))


@pages.post("/people/import")
def upload() -> Any:
    """Keeps the file for an hour and shows what it would do; one that cannot be read is told so at once."""
    programme = chosen_programme(of_ids(unit(), principal().programmes), request.form.get("programme"))
    role, file = request.form.get("role", ""), request.files.get("file")
    if programme is None or role not in COLUMNS or file is None or not file.filename:
        return _form(request.form.get("programme"), role, _("Choose a file first.")), 422
    content = file.read(MOST_BYTES + 1)
    draft = Draft(unit().new_id(), principal().id, programme.id, role, _shown(file.filename), content, unit().now + LASTS)
    try:
        check_name(file.filename, content)
        as_before(unit(), draft, headings_of(draft))
    except Invalid as wrong:
        return _form(programme.id, role, " ".join(_(sentence) for sentence in wrong.errors["file"])), 422
    unit().add(DRAFTS, draft)
    return redirect(f"/pairing/people/import/{draft.id}", 303)


@pages.get("/people/import/<id:draft_id>")
def preview(draft_id: str) -> str:
    """What the file would do and what is wrong with it; after the import, what it did. Asks first what unknown headings are."""
    draft = unit().get(DRAFTS, draft_id)
    plan = _plan(draft)
    if draft.columns is None and plan.unknown_headings:
        return columns_form(draft, plan.headings)
    both_here = all(repository.count(unit(), draft.programme_id, role) for role in COLUMNS)
    return page("people/import_preview.html", draft=draft, plan=plan, outcome=draft.outcome, both_here=both_here, words=words)


@pages.post("/people/import/<id:draft_id>/confirm")
def confirm(draft_id: str) -> Any:
    """Imports the good rows; confirming twice imports once."""
    draft = unit().get(DRAFTS, draft_id)
    if draft.outcome is None:
        draft.outcome = import_people(unit(), _plan(draft))
    return redirect(f"/pairing/people/import/{draft_id}", 303)


@pages.get("/people/import/<id:draft_id>/errors.csv")
def errors(draft_id: str) -> Response:
    """Everything found in the file, as a sheet to correct it by."""
    draft = unit().get(DRAFTS, draft_id)
    plan = _plan(draft)
    sheet = error_sheet([_("Row"), _("Column"), _("Value"), _("What to do")], plan.errors + plan.warnings, _)
    response = Response(sheet, mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="import-errors.csv"'
    return response


def _plan(draft: Draft) -> Plan:
    return plan_import(unit(), draft.programme_id, draft.role, draft.content, runs=principal().programmes, reading=draft.reading)


def _form(programme_id: str | None, role: str, error: str = "") -> str:
    programmes = of_ids(unit(), principal().programmes)
    programme = chosen_programme(programmes, programme_id)
    return page("people/import.html", programmes=programmes, programme=programme, role=role, columns=COLUMNS, words=words, error=error)


def _shown(filename: str) -> str:
    """The name of the file as a page may show it."""
    return re.sub(r"[^\w .()-]", "_", filename)[-80:]
