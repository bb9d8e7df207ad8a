"""A feedback round: opens, collects, closes; its figures exist only once it is closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from chassis.errors import Invalid, Refused
from contracts.feedback import Figure, RoundClosed, RoundOpened
from feedback.programmes.model import USUAL_THRESHOLD
from feedback.questionnaires.model import QUESTIONNAIRES, Questionnaire
from feedback.rounds import disclosure
from feedback.rounds.answer import Answer
from ui.language import mark

OPEN, CLOSED = "open", "closed"
AUDIENCE = "mentees"
USUAL, LONGEST = timedelta(days=14), timedelta(days=90)


@dataclass
class Round:
    """One collection of answers. `answers`, `figures` and `comments` hold what may be shown, none or empty when withheld.

    `threshold` is that of its programme when it was opened: what holds for those who answer does not change under them.
    """

    id: str
    programme_id: str
    questionnaire: str
    questionnaire_version: int
    opens_at: datetime
    closes_at: datetime
    threshold: int = USUAL_THRESHOLD
    state: str = OPEN
    answers: int | None = None
    figures: tuple[Figure, ...] = ()
    comments: tuple[str, ...] = ()
    version: int = 0

    @property
    def questions(self) -> Questionnaire:
        """The version of the questionnaire that this round asks."""
        return QUESTIONNAIRES[self.questionnaire, self.questionnaire_version]

    @property
    def comments_from(self) -> int:
        """From how many answers what was written is shown."""
        return disclosure.comments_from(self.threshold)

    def open(self, now: datetime) -> RoundOpened:
        """Begins to ask."""
        if not now < self.closes_at <= now + LONGEST:
            raise Invalid({"closes_at": [mark("Choose a moment from now up to 90 days ahead.")]})
        return RoundOpened(
            round_id=self.id,
            programme_id=self.programme_id,
            questionnaire=self.questionnaire,
            audience=AUDIENCE,
            closes_at=self.closes_at,
        )

    def require_open(self, now: datetime) -> None:
        """Passes while answers are taken; raises Refused afterwards."""
        if self.state != OPEN or now >= self.closes_at:
            raise Refused("closed", "This round is closed. Its figures are made; the next round will ask you again.")

    def close(self, answers: Sequence[Answer]) -> RoundClosed:
        """Ends it, and works out the figures that may be shown."""
        if self.state == CLOSED:
            raise Refused("closed", "This round is closed already. Look at its figures.")
        self.state = CLOSED
        self.answers = disclosure.shown(len(answers), self.threshold)
        self.figures = disclosure.figures(self.questions, answers, self.threshold)
        self.comments = disclosure.comments(answers, self.threshold)
        return RoundClosed(
            round_id=self.id,
            programme_id=self.programme_id,
            answers=self.answers,
            threshold=self.threshold,
            figures=self.figures,
        )
