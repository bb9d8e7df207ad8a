"""The optimal assignment of mentees to mentors with several places; exact, and the same for the same input and seed."""

import numpy as np
from numpy.typing import NDArray

from pairing.matching.criteria import Scores
from pairing.matching.model import NOBODY_LEFT_OUT, OBJECTIVES
from pairing.matching.rules import Allowed


def solve(fit: Scores, allowed: Allowed, places: NDArray[np.int64], objective: str, seed: int) -> list[tuple[int, int]]:
    """Pairs (mentee row, mentor column), by mentee.

    `fit` holds values from 0 to 1. "best_total" maximises the sum of fit; "nobody_left_out" makes as many pairs as the rules
    allow first and then maximises the sum, by lifting every allowed pair above all sums. Of equally good solutions the seed
    decides. "nobody_left_out" does not look at the worst-off pair between the two yet.

    A mentor with several places stands in as many columns (Jonker-Volgenant on the rectangular matrix, scipy).
    """
    from scipy.optimize import linear_sum_assignment  # here, because only a computation may cost the process this memory

    if objective not in OBJECTIVES:
        raise ValueError(f"objective {objective!r} is none of {', '.join(OBJECTIVES)}")
    rows, columns = _shuffled(fit.shape[0], places, seed)
    if not len(rows) or not len(columns):
        return []
    chosen_rows, chosen_columns = linear_sum_assignment(_worth(fit, allowed, rows, columns, objective), maximize=True)
    pairs = zip(rows[chosen_rows].tolist(), columns[chosen_columns].tolist(), strict=True)
    return sorted(pair for pair in pairs if allowed[pair])


def _shuffled(mentees: int, places: NDArray[np.int64], seed: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Mentees and places in a random order, so that ties do not favour who comes first; nobody needs more places than there are mentees."""
    chance = np.random.default_rng(seed)
    repeated = np.repeat(np.arange(len(places)), np.clip(places, 0, mentees))
    return chance.permutation(mentees), chance.permutation(repeated)


def _worth(fit: Scores, allowed: Allowed, rows: NDArray[np.int64], columns: NDArray[np.int64], objective: str) -> NDArray[np.float64]:
    lift = float(min(len(rows), len(columns)) + 1) if objective == NOBODY_LEFT_OUT else 0.0
    worth = np.where(allowed, fit.astype(np.float64) + lift, 0.0)
    return worth[np.ix_(rows, columns)]
