"""Computes one proposal for a cohort: judge by the rules, score by the criteria, solve, explain."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pairing.matching import criteria, explain, rules
from pairing.matching.availability import Free, free_quarters
from pairing.matching.candidates import Cohort
from pairing.matching.criteria import Scores
from pairing.matching.model import Figures, Proposal, Unmatched
from pairing.matching.rules import Allowed
from pairing.matching.solver import solve


@dataclass(frozen=True)
class Outcome:
    """What a computation found."""

    proposals: tuple[Proposal, ...]
    unmatched: tuple[Unmatched, ...]
    figures: Figures


@dataclass(frozen=True)
class Judged:
    """The cohort's matrices, rows mentees and columns mentors; `left` are the places free after the assignment."""

    cohort: Cohort
    parts: Mapping[str, Scores]
    fit: Scores
    verdicts: Mapping[str, Allowed]
    allowed: Allowed
    left: NDArray[np.int64]
    free: tuple[Free, Free]


def propose(cohort: Cohort, objective: str, seed: int) -> Outcome:
    """The best proposal for the cohort, explained; the order in which people are given does not matter."""
    cohort = cohort.in_order()
    parts = criteria.scores(cohort)
    fit = criteria.fit(parts, cohort.terms.weights, cohort.shape)
    verdicts = rules.verdicts(cohort, parts, fit)
    allowed = rules.passed(verdicts, cohort.shape)
    places = np.array([mentor.places for mentor in cohort.mentors], dtype=np.int64)
    pairs = solve(fit, allowed, places, objective, seed)
    left = places - np.bincount([column for _, column in pairs], minlength=len(places)) if len(places) else places
    week = cohort.terms.reference_week
    free = free_quarters(cohort.mentees, week), free_quarters(cohort.mentors, week)
    return _told(Judged(cohort, parts, fit, verdicts, allowed, left, free), pairs)


def _told(judged: Judged, pairs: list[tuple[int, int]]) -> Outcome:
    proposals = tuple(_proposal(judged, pair) for pair in pairs)
    placed = {row for row, _ in pairs}
    unmatched = tuple(
        Unmatched(mentee.id, explain.obstacles(judged.verdicts, judged.left, row))
        for row, mentee in enumerate(judged.cohort.mentees)
        if row not in placed
    )
    return Outcome(proposals, unmatched, figures(proposals, {mentee.id: mentee.country for mentee in judged.cohort.mentees}))


def _proposal(judged: Judged, pair: tuple[int, int]) -> Proposal:
    cohort, (row, column) = judged.cohort, pair
    mentee, mentor = cohort.mentees[row], cohort.mentors[column]
    parts = explain.points(judged.parts, cohort.terms.weights, pair)
    windows = explain.windows_of(judged.free[0][row], judged.free[1][column], cohort)
    return Proposal(
        mentor_id=mentor.id,
        mentee_id=mentee.id,
        score=round(sum(parts.values()), 1),
        parts=parts,
        reasons=explain.reasons(mentee, mentor, windows),
        alternatives=explain.alternatives(judged.fit, judged.allowed, judged.left, pair, cohort),
    )


def figures(proposals: tuple[Proposal, ...], countries: Mapping[str, str]) -> Figures:
    """The proposal in numbers; `countries` holds every mentee's country by id."""
    scores = [proposal.score for proposal in proposals]
    by_country: defaultdict[str, list[float]] = defaultdict(list)
    for proposal in proposals:
        by_country[countries[proposal.mentee_id]].append(proposal.score)
    means = [sum(group) / len(group) for group in by_country.values()]
    return Figures(
        pairs=len(scores),
        mentees=len(countries),
        mean_fit=round(sum(scores) / len(scores), 1) if scores else None,
        worst_off=min(scores, default=None),
        country_gap=round(max(means) - min(means), 1) if means else None,
    )
