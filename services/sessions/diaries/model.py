"""The taken hours of one person, so that a mentor with several mentees is not planned twice at once."""

from dataclasses import dataclass
from datetime import datetime


@dataclass
class Taken:
    """The time of one planned session."""

    meeting_id: str
    starts_at: datetime
    ends_at: datetime


@dataclass
class Diary:
    """All sessions to come of the person with this `id`."""

    id: str
    taken: tuple[Taken, ...] = ()
    version: int = 0

    def write(self, meeting_id: str, starts_at: datetime, ends_at: datetime, now: datetime) -> None:
        """Notes or changes the time of a session, and turns the page on those that are over."""
        self.strike(meeting_id)
        self.taken = (*(slot for slot in self.taken if slot.ends_at > now), Taken(meeting_id, starts_at, ends_at))

    def strike(self, meeting_id: str) -> None:
        """Frees the time of a session."""
        self.taken = tuple(slot for slot in self.taken if slot.meeting_id != meeting_id)

    def busy(self) -> list[tuple[datetime, datetime]]:
        """The taken times, each (start, end)."""
        return [(slot.starts_at, slot.ends_at) for slot in self.taken]
