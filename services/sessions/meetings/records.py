"""What is noted about a session on its way: an earlier time, the confirmed checklist, each side's debrief."""

from dataclasses import dataclass
from datetime import datetime

from chassis.striking import Strike


@dataclass
class Move:
    """The time that a session had before somebody moved it."""

    starts_at: datetime
    ends_at: datetime
    moved_by: str
    moved_at: datetime


@dataclass
class Confirmation:
    """That the mentor went through this version of the checklist."""

    checklist_version: int
    confirmed_at: datetime


@dataclass
class Debrief:
    """What one side says after a session; only the two sides read it."""

    important: str
    challenge: str
    tackled: str
    written_at: datetime

    def struck(self, strike: Strike) -> "Debrief":
        """The same without the names that this takes out."""
        return Debrief(strike(self.important), strike(self.challenge), strike(self.tackled), self.written_at)
