"""A person as sessions knows her: a name to show and the hours in which she is free."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo


@dataclass
class Person:
    """A copy from `pairing`. `availability` are weekly slots like "Wed 19:00-22:30" in `time_zone`, an IANA name; `ward_ids` the people
    whom a guardian answers for; `of_age_on` the day on which a mentee comes of age, in her zone, as far as known.
    """

    id: str
    given_name: str
    family_name: str
    time_zone: str
    availability: tuple[str, ...] = ()
    ward_ids: tuple[str, ...] = ()
    of_age_on: date | None = None
    version: int = 0

    @property
    def name(self) -> str:
        """Given and family name."""
        return f"{self.given_name} {self.family_name}".strip()

    def is_minor(self, now: datetime) -> bool:
        """Whether she has not come of age yet where she is; somebody of whom the day is not known counts as a minor."""
        return self.of_age_on is None or now.astimezone(ZoneInfo(self.time_zone)).date() < self.of_age_on
