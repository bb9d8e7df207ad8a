"""The steps of the form: which fields each asks for, and what is wrong with the answers, by the rules of the import."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pairing.people import cells, row_rules
from pairing.people.cells import Note, Wrong, clean
from pairing.people.columns import COLUMNS, Column
from pairing.people.findings import Finding, found
from pairing.people.model import MAJORITY, age

Answers = Mapping[str, Sequence[str]]
SEVERAL = frozenset({"languages", "interests", "expertise", "needs", "models", "availability"})
"""Fields of which more than one answer may be ticked."""
MUST = frozenset({"country", "availability"})
"""What the form must know although an import may leave it out."""


@dataclass(frozen=True)
class Step:
    """One page of the form; `code` is the end of its address."""

    code: str
    fields: tuple[str, ...]


ABOUT = Step("about", ("given_name", "family_name", "birth_date", "email"))
FREE = Step("free", ("time_zone", "availability"))
AGREE = Step("agree", ("remark", "consent"))
OWN = (Column("remark", cells.prose), Column("consent", cells.choice(("yes",)), required=True))
"""What the form asks for and no file has: words to the coordinator, and the agreement."""
STEPS: Mapping[str, tuple[Step, ...]] = {
    "mentee": (
        ABOUT,
        Step("place", ("country", "city", "languages", "format")),
        Step("likes", ("interests", "career_goal", "experience_level")),
        Step("ways", ("needs", "learning_style", "motivation")),
        FREE,
        Step("guardian", ("guardian_name", "guardian_email")),
        AGREE,
    ),
    "mentor": (
        ABOUT,
        Step("place", ("country", "city", "languages", "format")),
        Step("likes", ("expertise", "organisation")),
        Step("ways", ("models", "capacity")),
        FREE,
        AGREE,
    ),
}


@dataclass(frozen=True)
class Reading:
    """The answers as values of the columns, and what is wrong, by field."""

    fields: dict[str, Any]
    wrong: dict[str, Finding]


def steps_for(role: str, answers: Answers, today: date) -> tuple[Step, ...]:
    """The steps of this person; who is of age is not asked for a guardian."""
    fields = read(role, answers, today).fields
    born = fields.get("birth_date")
    of_age = role == "mentee" and born is not None and age(born, today) >= MAJORITY
    return tuple(step for step in STEPS[role] if not (of_age and step.code == "guardian"))


def read(role: str, answers: Answers, today: date) -> Reading:
    """All answers; what is wrong with a field alone comes before what is wrong with it beside others."""
    asked = {name for step in STEPS[role] for name in step.fields}
    fields: dict[str, Any] = {}
    wrong: dict[str, Finding] = {}
    for column in (column for column in (*COLUMNS[role], *OWN) if column.name in asked):
        finding = _read_field(fields, column, "; ".join(answers.get(column.name, ())))
        if finding:
            wrong[column.name] = finding
    for finding, is_wrong in row_rules.check(role, 0, fields, today):
        if is_wrong:
            wrong.setdefault(finding.column, finding)
    return Reading(fields, wrong)


def wrong_in(step: Step, role: str, answers: Answers, today: date) -> dict[str, Finding]:
    """What is wrong in this step, by field; what other steps still lack does not count here."""
    wrong = read(role, answers, today).wrong
    return {name: wrong[name] for name in step.fields if name in wrong}


def first_wrong(role: str, answers: Answers, today: date) -> tuple[Step, dict[str, Finding]]:
    """The first step in which something is wrong, with it; the last step when nothing is."""
    found = [(step, wrong_in(step, role, answers, today)) for step in steps_for(role, answers, today)]
    return next(((step, wrong) for step, wrong in found if wrong), found[-1])


def unfinished(role: str, answers: Answers, today: date) -> Step:
    """Where to go on: the first step that was not saved yet or in which something is wrong, else the last."""
    found = steps_for(role, answers, today)
    return next((step for step in found if answers.keys().isdisjoint(step.fields) or wrong_in(step, role, answers, today)), found[-1])


def _read_field(fields: dict[str, Any], column: Column, text: str) -> Finding | None:
    """Puts the value into `fields`, or says what is wrong."""
    try:
        cleaned = clean(text)
        if not cleaned and (column.required or column.name in MUST):
            return found(0, column.name, "", "required")
        fields[column.name] = column.read(cleaned) if cleaned else column.empty
    except Wrong as wrong:
        return found(0, column.name, "", wrong.code, **wrong.params)
    except Note as note:
        fields[column.name] = note.value
    return None
