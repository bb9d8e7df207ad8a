"""A programme as feedback knows it: its name."""

from dataclasses import dataclass


@dataclass
class Programme:
    """A copy from `pairing`."""

    id: str
    name: str
    version: int = 0
