"""A person as notifications knows her: what to call her, where to write, and in which language and time zone."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo


@dataclass
class Person:
    """A copy from `pairing`, without the family name: a message calls people by their given name.

    `ward_ids` are the people whom a guardian answers for; `of_age_on` the day on which a mentee comes of age, in her zone, as far as known.
    """

    id: str
    given_name: str
    email: str
    language: str
    time_zone: str
    roles: tuple[str, ...] = ()
    programme_ids: tuple[str, ...] = ()
    ward_ids: tuple[str, ...] = ()
    of_age_on: date | None = None
    version: int = 0

    def is_minor(self, now: datetime) -> bool:
        """Whether she has not come of age yet where she is; somebody of whom the day is not known counts as a minor."""
        return self.of_age_on is None or now.astimezone(ZoneInfo(self.time_zone)).date() < self.of_age_on
