"""A person as feedback knows her: whom to ask, no name."""

from dataclasses import dataclass

MENTEE = "mentee"


@dataclass
class Person:
    """A copy from `pairing`, without anything that says who she is."""

    id: str
    roles: tuple[str, ...] = ()
    programme_ids: tuple[str, ...] = ()
    version: int = 0

    def is_mentee_in(self, programme_id: str) -> bool:
        """Whether rounds of this programme ask her."""
        return MENTEE in self.roles and programme_id in self.programme_ids
