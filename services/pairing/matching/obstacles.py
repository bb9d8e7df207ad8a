"""Says what keeps somebody without a partner: which rule stands in the way of how many, and what alone would have to change."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from pairing.matching.model import Reason
from pairing.matching.rules import Allowed

PLACED = "placed"
"""The rule that stands in a mentor's way when a mentee fits better elsewhere."""


def of_mentee(verdicts: Mapping[str, Allowed], left: NDArray[np.int64], row: int) -> tuple[Reason, ...]:
    """Why the mentee of this row has no mentor: which rule blocks how many, and how many would come free if it alone did not.

    `left` are the mentors' free places after the assignment: who has none counts as blocked by "capacity".
    """
    return _told({code: ~matrix[row] for code, matrix in verdicts.items()} | {"capacity": left <= 0})


def of_mentor(verdicts: Mapping[str, Allowed], placed: NDArray[np.bool_], column: int) -> tuple[Reason, ...]:
    """Why the mentor of this column, who has a place, has no mentee; `placed` are the mentees who have a mentor."""
    return _told({code: ~matrix[:, column] for code, matrix in verdicts.items()} | {PLACED: placed})


def _told(blocked: Mapping[str, NDArray[np.bool_]]) -> tuple[Reason, ...]:
    hindrances = np.sum(list(blocked.values()), axis=0)
    told = [Reason("blocked", (code,), int(hits.sum())) for code, hits in blocked.items() if hits.any()]
    opening = [Reason("would_open", (code,), int((hits & (hindrances == 1)).sum())) for code, hits in blocked.items()]
    most_first = sorted((reason for reason in opening if reason.count), key=lambda reason: -reason.count)
    return (*sorted(told, key=lambda reason: -reason.count), *most_first)
