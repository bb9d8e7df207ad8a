"""A person as sessions knows her: a name to show and the hours in which she is free."""

from dataclasses import dataclass


@dataclass
class Person:
    """A copy from `pairing`. `availability` are weekly slots like "Wed 19:00-22:30" in `time_zone`, an IANA name; `ward_ids` the people
    whom a guardian answers for.
    """

    id: str
    given_name: str
    family_name: str
    time_zone: str
    availability: tuple[str, ...] = ()
    ward_ids: tuple[str, ...] = ()
    version: int = 0

    @property
    def name(self) -> str:
        """Given and family name."""
        return f"{self.given_name} {self.family_name}".strip()
