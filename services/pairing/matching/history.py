"""What ended pairings mean for the next matching: who must not meet again, and since when a mentee is without a mentor."""

from collections.abc import Iterable
from datetime import date
from itertools import product

from pairing.pairings.model import CLOSED, CLOSING, DECLINED, PLANNED, SAFEGUARDING, TIME_TO_CLOSE, Pairing

Couple = tuple[str, str]
"""Ids of a mentee and a mentor."""


def free_since(ended: Iterable[Pairing]) -> dict[str, date]:
    """When the last mentor of each mentee was hers no more; a proposal that came to nothing took nobody's time."""
    found: dict[str, date] = {}
    for pairing in ended:
        moment = pairing.ended_at or (pairing.closes_at - TIME_TO_CLOSE if pairing.closes_at else None)
        if pairing.state in (CLOSING, CLOSED) and moment:
            found |= {id: max(found.get(id, date.min), moment.date()) for id in pairing.mentee_ids}
    return found


def met_before(ended: Iterable[Pairing]) -> set[Couple]:
    """Who must not be proposed to each other again: one of the two declined, or what they had ended before its time.

    Who leaves a group, or a group that ends, says nothing about single people, unless it ended for safeguarding.
    """
    return {couple for pairing in ended if _parts(pairing) for couple in couples_of(pairing)}


def couples_of(pairing: Pairing) -> set[Couple]:
    """Each mentee of a pairing with each of its mentors."""
    return set(product(pairing.mentee_ids, pairing.mentor_ids))


def _parts(pairing: Pairing) -> bool:
    if pairing.ending == SAFEGUARDING:
        return True
    ended_early = pairing.state in (CLOSING, CLOSED) and pairing.ending != PLANNED
    return not pairing.is_group and (pairing.state == DECLINED or ended_early)
