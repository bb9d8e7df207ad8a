"""What reports remember of each pairing, session, match run and round: one small record per thing, so that no event counts twice.

Every record takes its events in any order and more than once, and ends the same.
"""

from dataclasses import dataclass
from datetime import datetime

RANK = {"proposed": 0, "lapsed": 1, "declined": 2, "accepted": 3}
"""The states of a pairing; a later event has a higher rank."""


@dataclass(kw_only=True)
class PairingRecord:
    """A pairing, or a group with several `mentee_ids`; who is erased is not in it any more.

    `ending` says how it ended, `ended_at` is when this service heard of that.
    """

    id: str
    programme_id: str
    mentee_id: str | None = None
    mentee_ids: tuple[str, ...] = ()
    state: str = "proposed"
    ending: str = ""
    ended_at: datetime | None = None
    version: int = 0

    def reach(self, state: str) -> None:
        """Moves on to this state, never back."""
        if RANK[state] > RANK[self.state]:
            self.state = state

    def drop(self, mentee_id: str) -> None:
        """Leaves a mentee out, as somebody who said no or is erased."""
        self.mentee_id = None if self.mentee_id == mentee_id else self.mentee_id
        self.mentee_ids = tuple(id for id in self.mentee_ids if id != mentee_id)

    def end(self, ending: str, now: datetime) -> None:
        """It is over; heard again, it ended when that was heard first."""
        self.ending, self.ended_at = ending, self.ended_at or now


@dataclass(kw_only=True)
class MeetingRecord:
    """A session of the pairing `pairing_id`; `sequence` is that of the newest time known, -1 when none is."""

    id: str
    programme_id: str
    pairing_id: str | None = None
    starts_at: datetime | None = None
    sequence: int = -1
    held_at: datetime | None = None
    minutes: int = 0
    checked: bool = False
    debriefs: tuple[str, ...] = ()
    version: int = 0

    def take_time(self, starts_at: datetime, sequence: int) -> bool:
        """Takes over a time unless the same or a later one is known; says whether it did."""
        if sequence <= self.sequence:
            return False
        self.starts_at, self.sequence = starts_at, sequence
        return True

    def take_debrief(self, side: str) -> None:
        """One side ("mentor" or "mentee") looked back."""
        self.debriefs = tuple(sorted({*self.debriefs, side}))


@dataclass(kw_only=True)
class RunRecord:
    """A published match run; `heard_at` is when this service heard of it."""

    id: str
    programme_id: str
    pairs: int
    unmatched: int
    heard_at: datetime
    version: int = 0


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The result of one question: mean of `n` answers on the scale 1 to 5; both none when withheld."""

    question: str
    n: int | None
    mean: float | None


@dataclass(kw_only=True)
class RoundRecord:
    """A feedback round, with what may be shown of it once it is closed."""

    id: str
    programme_id: str
    questionnaire: str = ""
    audience: str = ""
    closes_at: datetime | None = None
    closed: bool = False
    answers: int | None = None
    threshold: int = 0
    results: tuple[Answer, ...] = ()
    version: int = 0
