"""The fields of the forms about a person: the columns of an intake file, with the same rules for what they may hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pairing.pairings.words import FIELDS, FORMATS, MODELS
from pairing.people import row_rules, words
from pairing.people.cells import time_zones
from pairing.people.columns import COLUMNS
from pairing.people.findings import Finding
from pairing.people.intake import read_cell
from pairing.people.model import Person
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
    "country": mark("Two letters, like NL."),
    "languages": mark("Two-letter codes with semicolons between, like nl;en. The first one that our pages speak is used for mails."),
    "availability": mark("Like Wed 19:00-21:30, with semicolons between. On her own clock."),
    "wishes": mark("E-mail addresses with semicolons between, the first most wished for."),
    "not_with": mark("E-mail addresses with semicolons between. These people are never proposed to each other."),
    "family": mark("The same word for people of one family. They are never proposed to each other."),
    "pupils": mark("E-mail addresses of her own pupils, with semicolons between. They are never proposed to her."),
}


@dataclass(frozen=True)
class Field:
    """One field of a form: `kind` says which; `value` is a text, or the codes that are ticked; `options` are codes with their words."""

    name: str
    label: str
    kind: str
    value: Any
    hint: str
    error: str
    required: bool
    options: list[tuple[str, str]]


def names(role: str, own: bool = False) -> list[str]:
    """The fields of the form about a mentor or mentee; `own` leaves those that she changes herself."""
    return [column.name for column in COLUMNS[role] if column.name not in RECORDED and (not own or column.name in OWN)]


def fields(role: str, values: Mapping[str, Any], errors: Mapping[str, str], own: bool = False) -> list[Field]:
    """The form, filled with texts and lists as `texts_of` gives them."""
    needed = {column.name for column in COLUMNS[role] if column.required}
    return [_field(name, values.get(name, ""), errors.get(name, ""), name in needed) for name in names(role, own)]


def _field(name: str, value: Any, error: str, required: bool) -> Field:
    label, hint = words.column(name), _(HINTS[name]) if name in HINTS else ""
    if name in SOME_OF:
        return Field(name, label, "some", value or (), hint, error, required, _options(SOME_OF[name]))
    if name in ONE_OF:
        return Field(name, label, "one", value, hint, error, name == "format", _options(ONE_OF[name]))
    if name == "time_zone":
        return Field(name, label, "one", value, hint, error, required, [(zone, zone) for zone in _zones(str(value))])
    return Field(name, label, KINDS.get(name, "text"), value, hint, error, required, [])


def _options(table: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(code, _(sentence)) for code, sentence in table.items()]


def _zones(chosen: str) -> list[str]:
    """The zones to choose from: Europe and the Atlantic, and the one chosen before."""
    known = {name for name in time_zones() if name.startswith(("Europe/", "Atlantic/"))} | {"UTC"}
    return sorted(known | ({chosen} & time_zones()))


def texts_of(person: Person) -> dict[str, Any]:
    """The fields of a person as the form shows them."""
    guardian = {"guardian_name": person.guardian.name, "guardian_email": person.guardian.email} if person.guardian else {}
    return {name: _text(name, value) for name, value in {**vars(person), **guardian}.items()}


def _text(name: str, value: Any) -> Any:
    if isinstance(value, tuple) and name not in SOME_OF:
        return "; ".join(map(str, value))
    return "" if value is None else value


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
