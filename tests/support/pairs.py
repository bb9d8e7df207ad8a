"""Pairings of two people as tests like to read them."""

from typing import Any


def of_two(pairing: dict[str, Any]) -> dict[str, Any]:
    """The pairing with its one mentor as `mentor_id` and its one mentee as `mentee_id`."""
    (mentor_id,), (mentee_id,) = pairing["mentor_ids"], pairing["mentee_ids"]
    return {**pairing, "mentor_id": mentor_id, "mentee_id": mentee_id}
