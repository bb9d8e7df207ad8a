"""A match run: one computed proposal for a whole programme, of pairs or of groups, which a coordinator may publish once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from chassis.errors import Refused
from contracts.pairing import MatchPublished
from pairing.pairings.model import Window

PROPOSED, PUBLISHING, PUBLISHED, SUPERSEDED = STATES = ("proposed", "publishing", "published", "superseded")
NOBODY_LEFT_OUT, BEST_TOTAL = OBJECTIVES = ("nobody_left_out", "best_total")
ASKED, FOLLOW_UP, BY_HAND, NEW_WEIGHTS = ORIGINS = ("asked", "follow_up", "by_hand", "new_weights")
"""Why a run was computed: a coordinator asked, somebody waits again, a pair was made by hand, weights were tried and taken."""
COUNTRY, FORMAT, LATE = SLICES = ("country", "format", "late")
"""By what a run's fairness is looked at; of `late` the groups are "yes" and "no"."""
MOST_EXPLAINED = 30
"""Of how many possible partners, those who fit best, it is said why they are not proposed."""


@dataclass(frozen=True)
class Reason:
    """One thing to say, by its code; `words`, `count` and `windows` fill the sentence."""

    code: str
    words: tuple[str, ...] = ()
    count: int = 0
    windows: tuple[Window, ...] = ()


@dataclass(frozen=True)
class Alternative:
    """Another mentor who would be allowed, and why it is not she; `taken` when all her places went to others."""

    mentor_id: str
    score: float
    taken: bool
    why: Reason = Reason("no_better")


@dataclass(frozen=True)
class Proposed:
    """One proposed pair in short; its fit is of 100."""

    mentor_id: str
    mentee_id: str
    score: float
    locked: bool = False


@dataclass(frozen=True)
class Proposal(Proposed):
    """One proposed pair, explained; `parts` are the points of 100 that each criterion brings, and add up to `score`."""

    parts: dict[str, float] = field(default_factory=dict)
    reasons: tuple[Reason, ...] = ()
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True)
class Unmatched:
    """A mentee without a mentor: "blocked" reasons count the mentors a rule forbids, "would_open" those it alone keeps away."""

    mentee_id: str
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Idle:
    """A mentor without a mentee; the reasons count mentees, as those of `Unmatched` count mentors."""

    mentor_id: str
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Figures:
    """The proposal in numbers; fits are of 100. `country_gap` is the distance between the best and worst off country's mean, of those
    with enough mentees to compare; `without_time` counts pairs that have no common time for a session.
    """

    pairs: int
    mentees: int
    mean_fit: float | None
    worst_off: float | None
    country_gap: float | None
    without_time: int = 0


@dataclass(frozen=True)
class Slice:
    """How one group of mentees came off: how many were computed for, how many of them are paired, and their mean fit of 100."""

    by: str
    group: str
    mentees: int
    paired: int
    mean_fit: float | None

    @property
    def share(self) -> float:
        """The paired among the mentees, from 0 to 1."""
        return self.paired / self.mentees if self.mentees else 0.0


@dataclass(frozen=True)
class Grouping:
    """One proposed group: how well mentors and mentees fit and how evenly it is mixed (both of 100), and what all of it share.

    `town` is empty when they meet online; `fields` and `levels` say how many of the mentees have each.
    """

    mentor_ids: tuple[str, ...]
    mentee_ids: tuple[str, ...]
    score: float
    balance: float
    languages: tuple[str, ...] = ()
    town: str = ""
    windows: tuple[Window, ...] = ()
    fields: dict[str, int] = field(default_factory=dict)
    levels: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class LostPair:
    """A pair that came to nothing, with the code of the rule that forbids it: a lock that could not be kept, a proposal not sent."""

    mentor_id: str
    mentee_id: str
    rule: str


@dataclass
class MatchRun:
    """One computation; `number` counts within the programme, `seed` settles ties. The same input and seed give the same proposal.

    Its pairs and who is left out are kept apart (`sheets`), so that a run of thousands stays small. `minimum` is the fit of 100 below
    which no pair was made. Unless `finished`, the time to form groups ran out: better ones may exist. `sent` counts the pairs that were
    proposed to their people, `not_sent` are those that a rule forbade when their turn came.
    """

    id: str
    programme_id: str
    number: int
    objective: str
    weights: dict[str, int]
    seed: int
    made_at: datetime
    figures: Figures
    groups: tuple[Grouping, ...] = ()
    fairness: tuple[Slice, ...] = ()
    lost_locks: tuple[LostPair, ...] = ()
    minimum: int = 0
    finished: bool = True
    origin: str = ASKED
    grouped: bool = False
    state: str = PROPOSED
    published_at: datetime | None = None
    sent: int = 0
    not_sent: tuple[LostPair, ...] = ()
    version: int = 0

    @property
    def of_groups(self) -> bool:
        """Whether groups were asked for, not pairs."""
        return self.grouped or bool(self.groups)

    @property
    def placed(self) -> int:
        """How many mentees are in a proposed pair or group."""
        return sum(len(group.mentee_ids) for group in self.groups) if self.of_groups else self.figures.pairs

    def check_open(self) -> None:
        """Passes, or raises Refused when the run was published or overtaken."""
        if self.state in (PUBLISHING, PUBLISHED):
            raise Refused("match-run-published", "This proposal was published already. Compute a new one for those who have no mentor yet.")
        if self.state == SUPERSEDED:
            raise Refused("match-run-superseded", "Another proposal took the place of this one. Compute a new one.")

    def begin_publishing(self, now: datetime) -> None:
        """The proposal begins to go out, once; raises Refused when it did already, was overtaken, or is empty."""
        self.check_open()
        if not self.placed:
            raise Refused("match-run-empty", "This proposal has no pairs. Read what would have to change, then compute a new one.")
        self.state, self.published_at = PUBLISHING, now

    def send(self, pairs: int, not_sent: Iterable[LostPair] = ()) -> None:
        """So many pairs or groups were proposed to their people, and these could not be."""
        self.sent += pairs
        self.not_sent += tuple(not_sent)

    def end_publishing(self) -> MatchPublished:
        """Everything that could be proposed has gone out."""
        self.state = PUBLISHED
        unmatched = self.figures.mentees - self.placed + len(self.not_sent)
        return MatchPublished(run_id=self.id, programme_id=self.programme_id, pairs=self.sent, unmatched=unmatched)

    def forget(self, person_id: str) -> None:
        """Somebody is erased: what her proposed groups share and what they are mixed of goes; that they were proposed stays."""
        self.groups = tuple(
            Grouping(each.mentor_ids, each.mentee_ids, each.score, each.balance)
            if person_id in (*each.mentor_ids, *each.mentee_ids)
            else each
            for each in self.groups
        )

    def supersede(self) -> None:
        """Another proposal of the programme takes its place; a published one stays as it is."""
        if self.state == PROPOSED:
            self.state = SUPERSEDED
