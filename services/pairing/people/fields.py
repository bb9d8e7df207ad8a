"""The fields of the forms about a person: the columns of an intake file, with the same rules for what they may hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from pairing.pairings.words import FIELDS, FORMATS, MODELS
from pairing.people import row_rules, where_when, words
from pairing.people.columns import COLUMNS
from pairing.people.findings import Finding
from pairing.people.intake import read_cell
from pairing.people.model import Person
from pairing.people.where_when import Choices
from ui import gettext as _
from ui.language import mark

RECORDED = frozenset({
    "vetting_type", "vetting_issued", "vetting_expires", "vetting_result", "data_protection_training", "guardian_permission", "joined_on",
})  # fmt: skip
"""What is recorded by itself, with who and when, and never typed into the form of a person."""
OWN = frozenset({"country", "city", "time_zone", "languages", "format", "availability", "organisation", "motivation"})
"""What a participant changes herself: where she is and when she is free."""

ONE_OF: dict[str, Mapping[str, str]] = {
    "format": FORMATS, "career_goal": words.GOALS, "learning_style": words.LEARNING_STYLES, "experience_level": words.LEVELS,
}  # fmt: skip
SOME_OF: dict[str, Mapping[str, str]] = {
    "expertise": FIELDS, "interests": FIELDS, "models": MODELS, "goals": words.GOALS, "needs": words.NEEDS,
}  # fmt: skip
KINDS = {
    "birth_date": "date", "capacity": "number", "email": "email", "guardian_email": "email", "availability": "lines", "wishes": "lines",
    "not_with": "lines", "pupils": "lines", "motivation": "lines",
}  # fmt: skip
HINTS = {
    "languages": mark("Two-letter codes with semicolons between, like nl;en. The first one that our pages speak is used for mails."),
    "availability": mark("Like Wed 19:00-21:30, with semicolons between. On her own clock."),
    "wishes": mark("E-mail addresses with semicolons between, the first most wished for."),
    "not_with": mark("E-mail addresses with semicolons between. These people are never proposed to each other."),
    "family": mark("The same word for people of one family. They are never proposed to each other."),
    "pupils": mark("E-mail addresses of her own pupils, with semicolons between. They are never proposed to her."),
}


@dataclass(frozen=True)
class Field:
    """One field of a form: `kind` says which; `value` is a text, or the codes that are ticked.

    `options` are codes with their words, `days` those of a week of free time.
    """

    name: str
    label: str
    kind: str
    value: Any
    hint: str = ""
    error: str = ""
    required: bool = False
    options: Choices = field(default_factory=list)
    days: list[tuple[str, Choices]] = field(default_factory=list)


def names(role: str, own: bool = False) -> list[str]:
    """The fields of the form about a mentor or mentee; `own` leaves those that she changes herself."""
    return [column.name for column in COLUMNS[role] if column.name not in RECORDED and (not own or column.name in OWN)]


def fields(role: str, values: Mapping[str, Any], errors: Mapping[str, str], own: bool = False) -> list[Field]:
    """The form, filled with texts and lists as `texts_of` gives them; `own` is the one of a participant herself."""
    needed = {column.name for column in COLUMNS[role] if column.required}
    found = []
    for name in names(role, own):
        made = (TO_TICK.get(name, _field) if own else _field)(name, values.get(name, ""))
        found.append(replace(made, error=errors.get(name, ""), required=made.required or name in needed))
    return found


def _field(name: str, value: Any) -> Field:
    label, hint = words.column(name), _(HINTS[name]) if name in HINTS else ""
    if name in SOME_OF:
        return Field(name, label, "some", value or (), hint, options=_options(SOME_OF[name]))
    if name in ONE_OF:
        return Field(name, label, "one", value, hint, required=name == "format", options=_options(ONE_OF[name]))
    if name == "country":
        return Field(name, label, "one", value, hint, options=where_when.countries(str(value)))
    if name == "time_zone":
        return Field(name, label, "one", value, hint, options=where_when.zones([str(value)]))
    return Field(name, label, KINDS.get(name, "text"), value if isinstance(value, (str, int, date)) else "; ".join(value), hint)


def _languages(name: str, value: Any) -> Field:
    return Field(name, words.column(name), "some", value or (), _("Tick all that fit."), options=where_when.languages(value or ()))


def _availability(name: str, value: Any) -> Field:
    return Field(name, words.column(name), "times", where_when.ticked(value or ()), days=where_when.days(value or ()))


TO_TICK = {"languages": _languages, "availability": _availability}
"""What a participant ticks, and staff, who know more codes and hours than fit a page, write."""


def _options(table: Mapping[str, str]) -> Choices:
    return [(code, _(sentence)) for code, sentence in table.items()]


def texts_of(person: Person) -> dict[str, Any]:
    """The fields of a person as the form shows them."""
    guardian = {"guardian_name": person.guardian.name, "guardian_email": person.guardian.email} if person.guardian else {}
    return {name: "" if value is None else value for name, value in {**vars(person), **guardian}.items()}


def read(role: str, sent: Mapping[str, str], today: date) -> tuple[dict[str, Any], list[Finding]]:
    """The fields of a person that a form gives, and everything wrong with them, by the rules of an intake file.

    `sent` has a text for each field that the form has, lists joined by semicolons. Ages are those of `today`.
    """
    cells: dict[str, Any] = {}
    found: list[tuple[Finding, bool]] = []
    for column in COLUMNS[role]:
        if column.name in sent:
            found += read_cell(cells, 0, column, sent[column.name])
    found += row_rules.check(role, 0, cells, today)
    return row_rules.person_fields(cells), [finding for finding, wrong in found if wrong]
