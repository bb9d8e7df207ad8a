"""Scores and judges a whole cohort a block of mentees at a time, so that memory grows with the result and not with the criteria."""

from collections.abc import Iterator

import numpy as np

from pairing.matching import criteria, rules
from pairing.matching.candidates import Cohort
from pairing.matching.criteria import Scores
from pairing.matching.rules import Allowed

BLOCK = 4_000_000
"""Pairs that are looked at together: some 16 MB for each criterion."""


def judge(cohort: Cohort, size: int = BLOCK) -> tuple[Scores, Allowed]:
    """The fit of every mentee (rows) and mentor (columns), from 0 to 1, and whether the rules let them through.

    `size` pairs are looked at together.
    """
    fit, allowed = np.empty(cohort.shape, dtype=np.float32), np.empty(cohort.shape, dtype=bool)
    for rows, block in blocks(cohort, size):
        fit[rows], allowed[rows] = judge_block(block)
    return fit, allowed


def judge_block(cohort: Cohort) -> tuple[Scores, Allowed]:
    """The same for few enough people at once."""
    parts = criteria.scores(cohort)
    fit = criteria.fit(parts, cohort.terms.weights, cohort.shape)
    return fit, rules.passed(rules.verdicts(cohort, parts, fit), cohort.shape)


def blocks(cohort: Cohort, size: int) -> Iterator[tuple[slice, Cohort]]:
    """The cohort a few mentees at a time with all mentors, `size` pairs in each, and which rows they are."""
    height = max(1, size // max(1, len(cohort.mentors)))
    for first in range(0, len(cohort.mentees), height):
        rows = slice(first, first + height)
        yield rows, Cohort(mentors=cohort.mentors, mentees=cohort.mentees[rows], terms=cohort.terms)
