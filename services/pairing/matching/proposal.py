"""Computes one proposal for a cohort: state the problem, solve it, explain what came of it."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pairing.matching import explain, obstacles
from pairing.matching.candidates import Cohort
from pairing.matching.fairness import ENOUGH
from pairing.matching.model import Figures, Idle, Proposal, Unmatched
from pairing.matching.problem import Pair, Problem, stated


@dataclass(frozen=True)
class Outcome:
    """What a computation found."""

    proposals: tuple[Proposal, ...]
    unmatched: tuple[Unmatched, ...]
    idle: tuple[Idle, ...]
    figures: Figures


def propose(cohort: Cohort, objective: str, seed: int) -> Outcome:
    """The best proposal for the cohort, explained; the order in which people are given does not matter."""
    return explained(stated(cohort), objective, seed)


def explained(problem: Problem, objective: str, seed: int) -> Outcome:
    """The best proposal for a problem: why these pairs, and what keeps everybody else from one."""
    pairs = problem.solved(objective, seed)
    left = problem.left(pairs)
    proposals = pairs_explained(problem, left, pairs)
    countries = {mentee.id: mentee.country for mentee in problem.cohort.mentees}
    return Outcome(proposals, unmatched(problem, left, pairs), idle(problem, pairs), figures(proposals, countries))


def pairs_explained(problem: Problem, left: NDArray[np.int64], pairs: Iterable[Pair]) -> tuple[Proposal, ...]:
    """Why these pairs; `left` are the mentors' free places after the whole assignment."""
    return tuple(_proposal(problem, left, pair) for pair in pairs)


def _proposal(problem: Problem, left: NDArray[np.int64], pair: Pair) -> Proposal:
    cohort, (row, column) = problem.cohort, pair
    mentee, mentor = cohort.mentees[row], cohort.mentors[column]
    parts = explain.points(problem.parts, cohort.terms.weights, pair)
    windows = explain.windows_of(problem.free[0][row], problem.free[1][column], cohort)
    return Proposal(
        mentor_id=mentor.id,
        mentee_id=mentee.id,
        score=round(sum(parts.values()), 1),
        locked=pair in problem.locked,
        parts=parts,
        reasons=explain.reasons(mentee, mentor, windows),
        alternatives=explain.alternatives(problem, left, pair),
    )


def unmatched(problem: Problem, left: NDArray[np.int64], pairs: Iterable[Pair]) -> tuple[Unmatched, ...]:
    """What keeps the mentees without a pair from one."""
    placed = {row for row, _ in pairs}
    return tuple(
        Unmatched(mentee.id, obstacles.of_mentee(problem.verdicts, left, row))
        for row, mentee in enumerate(problem.cohort.mentees)
        if row not in placed
    )


def idle(problem: Problem, pairs: Collection[Pair]) -> tuple[Idle, ...]:
    """The mentors with a place who got nobody."""
    busy = {column for _, column in pairs}
    free = [column for column, mentor in enumerate(problem.cohort.mentors) if column not in busy and mentor.places > 0]
    counts = counted(problem, pairs, np.array(free, dtype=np.int64))
    return tuple(Idle(problem.cohort.mentors[column].id, obstacles.of_mentor(counts, place)) for place, column in enumerate(free))


def counted(problem: Problem, pairs: Iterable[Pair], columns: NDArray[np.int64]) -> obstacles.Counts:
    """What keeps the mentees of the problem from the mentors of these columns."""
    placed = np.zeros(len(problem.cohort.mentees), dtype=bool)
    placed[[row for row, _ in pairs]] = True
    return obstacles.counted(problem.verdicts, placed, columns)


def figures(proposals: Sequence[Proposal], countries: Mapping[str, str]) -> Figures:
    """The proposal in numbers; `countries` holds every mentee's country by id."""
    scores = [proposal.score for proposal in proposals]
    by_country: defaultdict[str, list[float]] = defaultdict(list)
    for proposal in proposals:
        by_country[countries[proposal.mentee_id]].append(proposal.score)
    waiting = Counter(countries.values())
    means = [sum(group) / len(group) for country, group in by_country.items() if waiting[country] >= ENOUGH]
    return Figures(
        pairs=len(scores),
        mentees=len(countries),
        mean_fit=round(sum(scores) / len(scores), 1) if scores else None,
        worst_off=min(scores, default=None),
        country_gap=round(max(means) - min(means), 1) if len(means) > 1 else None,
        without_time=sum(any(reason.code == "not_free_together" for reason in each.reasons) for each in proposals),
    )
