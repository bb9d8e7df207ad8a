"""The columns of the two intake files: what each is called, how its cells are read, which must be filled."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pairing.people import cells, choices
from pairing.people.model import PASSED, VETTING_RESULTS


@dataclass(frozen=True)
class Column:
    """One column; `read` turns a cleaned, non-empty text into a value; `empty` is the value of an empty cell."""

    name: str
    read: Callable[[str], Any]
    required: bool = False
    empty: Any = ""
    expected: bool = True
    """Whether it is told when the file has no such column."""


COMMON = (
    Column("email", cells.email, required=True),
    Column("given_name", cells.line, required=True),
    Column("family_name", cells.line, required=True),
    Column("country", cells.country),
    Column("city", cells.line),
    Column("time_zone", cells.time_zone, required=True),
    Column("languages", cells.several(cells.language), required=True),
    Column("format", cells.choice(choices.FORMATS), empty="either"),
    Column("availability", cells.availability, empty=()),
    Column("wishes", cells.emails, empty=()),
    Column("not_with", cells.emails, empty=(), expected=False),
    Column("family", cells.line, expected=False),
    Column("joined_on", cells.day, empty=None, expected=False),
)

MENTOR = (
    *COMMON,
    Column("birth_date", cells.day, empty=None),
    Column("organisation", cells.line),
    Column("expertise", cells.several(cells.choice(choices.FIELDS)), required=True),
    Column("capacity", cells.whole(1, 10), empty=1),
    Column("models", cells.several(cells.choice(choices.MODELS)), empty=()),
    Column("goals", cells.several(cells.choice(choices.GOALS)), empty=(), expected=False),
    Column("pupils", cells.emails, empty=(), expected=False),
    Column("vetting_type", cells.choice(choices.VETTING_TYPES)),
    Column("vetting_issued", cells.day, empty=None),
    Column("vetting_expires", cells.day, empty=None),
    Column("vetting_result", cells.choice(VETTING_RESULTS), empty=PASSED, expected=False),
    Column("data_protection_training", cells.day, empty=None),
)

MENTEE = (
    *COMMON,
    Column("birth_date", cells.day, required=True),
    Column("interests", cells.several(cells.choice(choices.FIELDS)), required=True),
    Column("career_goal", cells.choice(choices.GOALS)),
    Column("learning_style", cells.choice(choices.LEARNING_STYLES)),
    Column("experience_level", cells.choice(choices.LEVELS)),
    Column("needs", cells.several(cells.choice(choices.NEEDS)), empty=()),
    Column("guardian_name", cells.line),
    Column("guardian_email", cells.email),
    Column("guardian_permission", cells.day, empty=None),
    Column("motivation", cells.prose),
)

COLUMNS = {"mentor": MENTOR, "mentee": MENTEE}
