"""A match run: one computed proposal for a whole programme, which a coordinator may publish once."""

from dataclasses import dataclass
from datetime import datetime

from chassis.errors import Refused
from contracts.pairing import MatchPublished
from pairing.pairings.model import Window

PROPOSED, PUBLISHED, SUPERSEDED = STATES = ("proposed", "published", "superseded")
NOBODY_LEFT_OUT, BEST_TOTAL = OBJECTIVES = ("nobody_left_out", "best_total")


@dataclass(frozen=True)
class Reason:
    """One thing to say, by its code; `words`, `count` and `windows` fill the sentence."""

    code: str
    words: tuple[str, ...] = ()
    count: int = 0
    windows: tuple[Window, ...] = ()


@dataclass(frozen=True)
class Alternative:
    """Another mentor who would be allowed; `taken` when all her places went to others."""

    mentor_id: str
    score: float
    taken: bool


@dataclass(frozen=True)
class Proposal:
    """One proposed pair; `parts` are the points of 100 that each criterion brings, and add up to `score`."""

    mentor_id: str
    mentee_id: str
    score: float
    parts: dict[str, float]
    reasons: tuple[Reason, ...] = ()
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True)
class Unmatched:
    """A mentee without a mentor: "blocked" reasons count the mentors a rule forbids, "would_open" those it alone keeps away."""

    mentee_id: str
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Figures:
    """The proposal in numbers; fits are of 100, `country_gap` is the distance between the best and worst off country's mean."""

    pairs: int
    mentees: int
    mean_fit: float | None
    worst_off: float | None
    country_gap: float | None


@dataclass
class MatchRun:
    """One computation; `number` counts within the programme, `seed` settles ties. The same input and seed give the same proposal."""

    id: str
    programme_id: str
    number: int
    objective: str
    weights: dict[str, int]
    seed: int
    made_at: datetime
    figures: Figures
    proposals: tuple[Proposal, ...] = ()
    unmatched: tuple[Unmatched, ...] = ()
    state: str = PROPOSED
    published_at: datetime | None = None
    version: int = 0

    def publish(self, now: datetime) -> MatchPublished:
        """The proposal goes out, once; raises Refused when it did already, was overtaken, or is empty."""
        if self.state == PUBLISHED:
            raise Refused("match-run-published", "This proposal was published already. Compute a new one for those who have no mentor yet.")
        if self.state == SUPERSEDED:
            raise Refused("match-run-superseded", "Another proposal was published after this one was computed. Compute a new one.")
        if not self.proposals:
            raise Refused("match-run-empty", "This proposal has no pairs. Read what would have to change, then compute a new one.")
        self.state, self.published_at = PUBLISHED, now
        return MatchPublished(
            run_id=self.id, programme_id=self.programme_id, pairs=len(self.proposals), unmatched=self.figures.mentees - len(self.proposals)
        )

    def supersede(self) -> None:
        """Another proposal of the programme was published; a published one stays as it is."""
        if self.state == PROPOSED:
            self.state = SUPERSEDED
