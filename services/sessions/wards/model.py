"""One line of a guardian's schedule: when, how and with whom; it has no place for anything that was said or written."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Appointment:
    """A session of a ward as her guardian sees it. `mentor` is the mentor's name."""

    ward_id: str
    ward: str
    mentor: str
    format: str
    state: str
    starts_at: datetime | None
    ends_at: datetime | None
