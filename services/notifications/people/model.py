"""A person as notifications knows her: what to call her, where to write, and in which language and time zone."""

from dataclasses import dataclass


@dataclass
class Person:
    """A copy from `pairing`, without the family name: a message calls people by their given name."""

    id: str
    given_name: str
    email: str
    language: str
    time_zone: str
    roles: tuple[str, ...] = ()
    programme_ids: tuple[str, ...] = ()
    version: int = 0
