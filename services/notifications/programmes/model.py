"""A programme as notifications knows it: its name, its dates and the zone in which its weeks are counted."""

from dataclasses import dataclass
from datetime import date


@dataclass
class Programme:
    """A copy from `pairing`; `time_zone` is an IANA name."""

    id: str
    name: str
    starts_on: date
    ends_on: date
    time_zone: str
    version: int = 0
