"""What somebody writes when she looks back on a pairing: answers to a few questions, hers alone unless she shares them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from chassis.errors import Invalid
from chassis.striking import Strike
from ui.language import mark

VERSION = 1
QUESTIONS: Mapping[str, str] = {
    "learned": mark("What did you learn?"),
    "proud": mark("What are you proud of?"),
    "hard": mark("What was hard, and what helped?"),
    "next_goals": mark("What do you want to do next?"),
    "next_pair": mark("What would you tell the next pair?"),
}
"""The questions of the present version by their key; a change of them is a new VERSION."""


@dataclass
class LookBack:
    """One person's answers by key of question. `shared` lets the others of the pairing read them."""

    id: str
    pairing_id: str
    programme_id: str
    person_id: str
    questions: int = VERSION
    answers: dict[str, str] = field(default_factory=dict)
    shared: bool = False
    written_at: datetime | None = None
    version: int = 0

    def write(self, answers: Mapping[str, str], now: datetime, *, shared: bool) -> None:
        """Takes over her answers, in place of earlier ones; raises Invalid when all are empty."""
        given = {key: answers[key] for key in QUESTIONS if answers.get(key, "").strip()}
        if not given:
            raise Invalid({"learned": [mark("Answer at least one of the questions. A few words are enough.")]})
        self.answers, self.shared, self.questions, self.written_at = given, shared, VERSION, now

    def strike(self, strike: Strike) -> None:
        """Somebody of the pairing is erased: her names go out of these words."""
        self.answers = {key: strike(words) for key, words in self.answers.items()}
