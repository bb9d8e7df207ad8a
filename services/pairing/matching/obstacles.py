"""Says what keeps somebody without a partner: which rule stands in the way of how many, and what alone would have to change."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from pairing.matching.model import Reason
from pairing.matching.rules import Allowed

PLACED = "placed"
"""The rule that stands in a mentor's way when a mentee fits better elsewhere."""
Counts = dict[str, NDArray[np.int64]]
"""By rule two rows with a figure for each mentor: how many mentees it keeps from her, and how many it alone does."""


def of_mentee(verdicts: Mapping[str, Allowed], left: NDArray[np.int64], row: int) -> tuple[Reason, ...]:
    """Why the mentee of this row has no mentor: which rule blocks how many, and how many would come free if it alone did not.

    `left` are the mentors' free places after the assignment: who has none counts as blocked by "capacity".
    """
    blocked = {code: ~matrix[row][:, None] for code, matrix in verdicts.items()} | {"capacity": (left <= 0)[:, None]}
    return of_mentor(_counted(blocked), 0)


def of_mentor(counts: Counts, index: int) -> tuple[Reason, ...]:
    """Why the mentor with this place among those counted has no mentee though she could take one; the reasons count mentees."""
    found = {code: (int(both[0, index]), int(both[1, index])) for code, both in counts.items()}
    told = [Reason("blocked", (code,), blocked) for code, (blocked, _) in found.items() if blocked]
    opening = [Reason("would_open", (code,), alone) for code, (_, alone) in found.items() if alone]
    return (*sorted(told, key=lambda reason: -reason.count), *sorted(opening, key=lambda reason: -reason.count))


def counted(verdicts: Mapping[str, Allowed], placed: NDArray[np.bool_], columns: NDArray[np.int64]) -> Counts:
    """What keeps mentees from the mentors of these columns; `placed` are the mentees who have a mentor."""
    blocked = {code: ~matrix[:, columns] for code, matrix in verdicts.items()}
    return _counted(blocked | {PLACED: np.broadcast_to(placed[:, None], (len(placed), len(columns)))})


def added(one: Counts, other: Counts) -> Counts:
    """The counts of the same mentors over the mentees of both."""
    return {code: np.asarray(one.get(code, 0) + other.get(code, 0)) for code in one | other}


def _counted(blocked: Mapping[str, NDArray[np.bool_]]) -> Counts:
    alone = np.sum(list(blocked.values()), axis=0) == 1
    return {code: np.stack([hits.sum(axis=0), (hits & alone).sum(axis=0)]) for code, hits in blocked.items()}
