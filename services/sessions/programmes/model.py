"""A programme as sessions knows it: its dates, its zone and how long a session lasts."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass
class Programme:
    """A copy from `pairing`; `ends_on` is its last day, in `time_zone` (IANA name)."""

    id: str
    name: str
    starts_on: date
    ends_on: date
    time_zone: str
    meeting_minutes: int
    version: int = 0

    @property
    def begins(self) -> datetime:
        """The first moment of the first day, in UTC."""
        return self._midnight(self.starts_on)

    @property
    def ends(self) -> datetime:
        """The moment after the last day, in UTC."""
        return self._midnight(self.ends_on + timedelta(days=1))

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), ZoneInfo(self.time_zone)).astimezone(UTC)
