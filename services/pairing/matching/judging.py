"""Scores and judges a whole cohort a block of mentees at a time, so that memory grows with the result and not with the criteria."""

from collections.abc import Iterator, Sequence

import numpy as np

from pairing.matching import criteria, rules
from pairing.matching.candidates import Cohort
from pairing.matching.criteria import MUST, Scores
from pairing.matching.rules import Allowed

BLOCK = 2_000_000
"""Pairs that are looked at together: 8 MB, which stay near the processor while the criteria are added up."""
TOGETHER = 300
"""Pairs whose people are looked at together, each with each."""


def judge(cohort: Cohort, size: int = BLOCK) -> tuple[Scores, Allowed]:
    """The fit of every mentee (rows) and mentor (columns), from 0 to 1, and whether the rules let them through.

    `size` pairs are looked at together.
    """
    fit, allowed = np.empty(cohort.shape, dtype=np.float32), np.empty(cohort.shape, dtype=bool)
    for rows, block in blocks(cohort, size):
        fit[rows], allowed[rows] = judge_block(block)
    return fit, allowed


def judge_block(cohort: Cohort) -> tuple[Scores, Allowed]:
    """The same for few enough people at once; each criterion is forgotten as soon as it is counted in."""
    weights, minimum = cohort.terms.weights, cohort.terms.minimum
    fit, allowed = np.zeros(cohort.shape, dtype=np.float32), rules.passed(rules.laid_down(cohort), cohort.shape)
    for name, share in criteria.shares(weights).items():
        part = criteria.CRITERIA[name](cohort)
        fit += part * share
        if weights[name] >= MUST:
            allowed &= part > 0
    if minimum > 0:
        allowed &= rules.good_enough(fit, minimum)
    return fit, allowed


def judge_pairs(cohort: Cohort, pairs: Sequence[tuple[int, int]]) -> tuple[Scores, Allowed]:
    """Fit and permission of these pairs (mentee row, mentor column) alone, for cohorts too large to look at every pair."""
    fit, allowed = np.empty(len(pairs), dtype=np.float32), np.empty(len(pairs), dtype=bool)
    for first in range(0, len(pairs), TOGETHER):
        some = slice(first, first + TOGETHER)
        (rows, row), (columns, column) = (np.unique(numbers, return_inverse=True) for numbers in zip(*pairs[some], strict=True))
        mentors, mentees = tuple(cohort.mentors[index] for index in columns), tuple(cohort.mentees[index] for index in rows)
        judged = judge_block(Cohort(mentors=mentors, mentees=mentees, terms=cohort.terms))
        fit[some], allowed[some] = judged[0][row, column], judged[1][row, column]
    return fit, allowed


def blocks(cohort: Cohort, size: int) -> Iterator[tuple[slice, Cohort]]:
    """The cohort a few mentees at a time with all mentors, `size` pairs in each, and which rows they are."""
    height = max(1, size // max(1, len(cohort.mentors)))
    for first in range(0, len(cohort.mentees), height):
        rows = slice(first, first + height)
        yield rows, cohort.block(rows)
