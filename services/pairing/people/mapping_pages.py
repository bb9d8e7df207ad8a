"""The step of an import in which somebody says which heading of the file is which column, and which sheet of a workbook is read."""

from typing import Any

from flask import redirect, request

from chassis.errors import Invalid
from chassis.web import page_blueprint, unit
from pairing.people import mapping, words
from pairing.people.columns import COLUMNS
from pairing.people.draft import Draft
from pairing.people.files import open_file
from pairing.people.headings import NOT_READ, Heading, Reading, headings, lacking
from pairing.people.repository import DRAFTS
from ui import gettext as _
from ui import page

LEFT_OUT = "-"
"""What a form sends for a heading that is not read; an empty value would be a question left open."""

pages = page_blueprint("mapping", service="pairing")


@pages.get("/people/import/<id:draft_id>/columns")
def show(draft_id: str) -> str:
    """Every heading with some of its values, and what it is."""
    draft = unit().get(DRAFTS, draft_id)
    return columns_form(draft, headings_of(draft))


@pages.post("/people/import/<id:draft_id>/columns")
def choose(draft_id: str) -> Any:
    """Takes over what the headings are, for this file and the next."""
    draft = unit().get(DRAFTS, draft_id)
    found = headings_of(draft)
    chosen = tuple((each.name, _sent(place, each)) for place, each in enumerate(found))
    try:
        mapping.set_columns(unit(), draft, chosen)
    except Invalid as wrong:
        return columns_form(draft, found, [column for _name, column in chosen], wrong.errors), 422
    return redirect(f"/pairing/people/import/{draft_id}", 303)


@pages.post("/people/import/<id:draft_id>/sheet")
def choose_sheet(draft_id: str) -> Any:
    """Reads another sheet of the workbook; one that is empty or not there is told so."""
    draft = unit().get(DRAFTS, draft_id)
    sheet = request.form.get("sheet", "")
    try:
        found = headings(open_file(draft.content, draft.role, sheet), draft.role, Reading(sheet))
    except Invalid as wrong:
        sentence = " ".join(_(each) for sentences in wrong.errors.values() for each in sentences)
        return columns_form(draft, headings_of(draft), errors={"sheet": [sentence]}), 422
    draft.sheet, draft.columns = sheet, None
    mapping.as_before(unit(), draft, found)
    return redirect(f"/pairing/people/import/{draft_id}", 303)


def headings_of(draft: Draft) -> list[Heading]:
    """The headings of an uploaded file, as far as it is known what they are."""
    return headings(open_file(draft.content, draft.role, draft.sheet), draft.role, draft.reading)


def columns_form(draft: Draft, found: list[Heading], chosen: list[str] | None = None, errors: dict[str, list[str]] | None = None) -> str:
    """The form; `chosen` has what was sent for each heading, when it must be shown again."""
    before = mapping.remembered(unit(), draft.programme_id, draft.role)
    book = open_file(draft.content, draft.role, draft.sheet)
    values = chosen or [_proposed(each, before) for each in found]
    needed = [name for name in lacking(draft.role, found) if name not in values]
    return page(
        "people/import_columns.html",
        draft=draft,
        fields=list(enumerate(zip(found, [value or LEFT_OUT for value in values], strict=True))),
        known=[each.column is not None for each in found],
        options=[(LEFT_OUT, _("– do not read –")), *((column.name, words.column(column.name)) for column in COLUMNS[draft.role])],
        sheets=book.sheets,
        sheet=book.sheet,
        lacking=words.columns(needed) if needed else "",
        errors={_place(name): " ".join(map(_, sentences)) for name, sentences in (errors or {}).items()},
    )


def _proposed(heading: Heading, before: dict[str, str]) -> str:
    return heading.column if heading.column is not None else before.get(heading.name, heading.suggestion)


def _sent(place: int, heading: Heading) -> str:
    sent = request.form.get(f"column-{place}", heading.column or LEFT_OUT)
    return NOT_READ if sent == LEFT_OUT else sent


def _place(name: str) -> str:
    return f"column-{name}" if name.isdigit() else name
