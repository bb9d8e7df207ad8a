"""What is remembered of a pairing on its way: shared free times, what happened when, the sessions it held, a silence."""

from dataclasses import dataclass
from datetime import datetime, timedelta

MENTOR, MENTEE = "mentor", "mentee"
TIME_TO_CLOSE = timedelta(days=14)
"""How long both sides have to look back before a pairing that ends is closed by the clock."""


@dataclass(frozen=True)
class Window:
    """A stretch of time in which all are free, in the programme's reference week."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Happening:
    """One line of the history: `what` and `about` (a reason or an ending) are codes of `story`, `by` is a person, or "" for the clock."""

    at: datetime
    what: str
    by: str = ""
    about: str = ""


@dataclass
class Course:
    """The course of a pairing. `ending_proposed_at` is set while a long silence asks for a talk; `silent_since` says since when."""

    happened: tuple[Happening, ...] = ()
    sessions_held: int = 0
    last_held_at: datetime | None = None
    silent_since: datetime | None = None
    ending_proposed_at: datetime | None = None

    def note(self, what: str, now: datetime, *, by: str = "", about: str = "") -> None:
        """Adds a line to the history; nothing is ever taken out of it."""
        self.happened = (*self.happened, Happening(now, what, by, about))

    def hold(self, held_at: datetime) -> None:
        """A session took place: whatever silence there was is over."""
        self.sessions_held += 1
        self.last_held_at = max(held_at, self.last_held_at or held_at)
        self.break_silence()

    def fall_silent(self, since: datetime, now: datetime) -> bool:
        """No session since then: asks for a talk. False when one was held after all, or the talk is asked for already."""
        if self.ending_proposed_at or (self.last_held_at and self.last_held_at > since):
            return False
        self.silent_since, self.ending_proposed_at = since, now
        return True

    def break_silence(self) -> None:
        """No talk is needed any more."""
        self.silent_since = self.ending_proposed_at = None
