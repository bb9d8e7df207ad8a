"""A programme as feedback knows it: its name, and from how many people figures are shown."""

from dataclasses import dataclass

USUAL_THRESHOLD, FLOOR = 5, 3
"""Figures about fewer people are withheld, unless the programme decided otherwise; never about fewer than the floor."""


@dataclass
class Programme:
    """A copy from `pairing`; figures about fewer than `threshold` people are withheld."""

    id: str
    name: str
    threshold: int = USUAL_THRESHOLD
    version: int = 0
