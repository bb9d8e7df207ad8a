"""One matching problem: a cohort judged by the rules and scored by the criteria, with what the coordinators laid down about pairs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from pairing.matching import criteria, rules
from pairing.matching.availability import Free, free_quarters
from pairing.matching.candidates import Cohort
from pairing.matching.criteria import Scores
from pairing.matching.history import Couple
from pairing.matching.model import LostPair
from pairing.matching.rules import Allowed
from pairing.matching.solver import solve

Pair = tuple[int, int]
"""Their row and column."""
CAPACITY = "capacity"


@dataclass(frozen=True)
class Problem:
    """The matrices of a cohort, rows mentees and columns mentors, and the locked pairs that the rules let stand."""

    cohort: Cohort
    parts: Mapping[str, Scores]
    fit: Scores
    verdicts: Mapping[str, Allowed]
    allowed: Allowed
    places: NDArray[np.int64]
    locked: tuple[Pair, ...] = ()
    lost: tuple[LostPair, ...] = ()

    @cached_property
    def row(self) -> dict[str, int]:
        """The row of each mentee by id."""
        return {mentee.id: row for row, mentee in enumerate(self.cohort.mentees)}

    @cached_property
    def column(self) -> dict[str, int]:
        """The column of each mentor by id."""
        return {mentor.id: column for column, mentor in enumerate(self.cohort.mentors)}

    @cached_property
    def free(self) -> tuple[Free, Free]:
        """The free quarters of all mentees and of all mentors."""
        week = self.cohort.terms.reference_week
        mentors = self.cohort.of_mentors("free", lambda people: free_quarters(people, week))
        return free_quarters(self.cohort.mentees, week), mentors

    def solved(self, objective: str, seed: int, locked: tuple[Pair, ...] | None = None) -> list[Pair]:
        """The best pairs; `locked` instead of its own locks if given."""
        return solve(self.fit, self.allowed, self.places, objective, seed, locked=self.locked if locked is None else locked)

    def left(self, pairs: Iterable[Pair]) -> NDArray[np.int64]:
        """The places that mentors have left after these pairs."""
        columns = np.array([column for _, column in pairs], dtype=np.int64)
        return np.asarray(self.places - np.bincount(columns, minlength=len(self.places)), dtype=np.int64)

    def broken(self, pair: Pair) -> tuple[str, ...]:
        """The codes of the rules that forbid a pair, in the order in which they are told."""
        return tuple(code for code, matrix in self.verdicts.items() if not matrix[pair])

    def points(self, pair: Pair) -> float:
        """Its fit, of 100."""
        return round(100 * float(self.fit[pair]), 1)


def stated(cohort: Cohort, locks: Iterable[Couple] = (), barred: Mapping[str, Iterable[Couple]] | None = None) -> Problem:
    """The problem of a cohort; the order in which people are given does not matter.

    `barred` are further rules: by code, the pairs they forbid. Locks of people who are not in the cohort are passed over; those that
    a rule forbids, or for which the mentor has no place, are lost and told so.
    """
    return _with_locks(judged(cohort.in_order(), barred or {}), locks)


def judged(cohort: Cohort, barred: Mapping[str, Iterable[Couple]]) -> Problem:
    """The problem without locks, its rows and columns in the order of the cohort."""
    parts = criteria.scores(cohort)
    fit = criteria.fit(parts, cohort.terms.weights, cohort.shape)
    verdicts = {**rules.verdicts(cohort, parts, fit), **_further(cohort, barred)}
    return Problem(
        cohort=cohort,
        parts=parts,
        fit=fit,
        verdicts=verdicts,
        allowed=rules.passed(verdicts, cohort.shape),
        places=np.array([mentor.places for mentor in cohort.mentors], dtype=np.int64),
    )


def _with_locks(problem: Problem, locks: Iterable[Couple]) -> Problem:
    left, kept, lost = problem.places.copy(), [], []
    for mentee_id, mentor_id in sorted(locks):
        if mentee_id not in problem.row or mentor_id not in problem.column:
            continue
        pair = problem.row[mentee_id], problem.column[mentor_id]
        broken = problem.broken(pair) or ((CAPACITY,) if left[pair[1]] <= 0 else ())
        if broken:
            lost.append(LostPair(mentor_id, mentee_id, broken[0]))
        else:
            kept.append(pair)
            left[pair[1]] -= 1
    return replace(problem, locked=tuple(kept), lost=tuple(lost))


def _further(cohort: Cohort, barred: Mapping[str, Iterable[Couple]]) -> dict[str, Allowed]:
    rows = {mentee.id: row for row, mentee in enumerate(cohort.mentees)}
    columns = {mentor.id: column for column, mentor in enumerate(cohort.mentors)}
    found = {}
    for code, couples in barred.items():
        here = [(rows[mentee], columns[mentor]) for mentee, mentor in couples if mentee in rows and mentor in columns]
        if here:
            found[code] = np.ones(cohort.shape, dtype=bool)
            found[code][tuple(np.array(here).T)] = False
    return found
