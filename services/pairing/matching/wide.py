"""A proposal for so many people that no matrix holds every pair: assigned over the promising pairs, explained a block at a time."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import chain

import numpy as np

from pairing.matching import obstacles, proposal
from pairing.matching.candidates import Cohort
from pairing.matching.history import Couple
from pairing.matching.judging import BLOCK, blocks
from pairing.matching.model import Idle, LostPair, Proposal, Unmatched
from pairing.matching.problem import judged, stated
from pairing.matching.proposal import Outcome
from pairing.matching.sparse import assign

Barred = Mapping[str, Iterable[Couple]]
Mentors = dict[str, str]
"""The mentor of each mentee who has one, by id."""


def proposed(cohort: Cohort, objective: str, seed: int, locks: Iterable[Couple], barred: Barred) -> tuple[Outcome, tuple[LostPair, ...]]:
    """The proposal, explained, and the locks that could not be kept; what `locks` and `barred` mean is as in `problem.stated`.

    Locks are kept first, and everybody else is assigned around them over the most promising pairs (`sparse.assign`).
    """
    cohort = cohort.in_order()
    locked, lost = _locked(cohort, list(locks), barred)
    mentors = locked | _assigned(cohort, locked, barred, objective, seed)
    return _explained(cohort, mentors, locked, barred), lost


def _locked(cohort: Cohort, locks: list[Couple], barred: Barred) -> tuple[Mentors, tuple[LostPair, ...]]:
    named = set(chain.from_iterable(locks))
    if not named:
        return {}, ()
    problem = stated(cohort.among(named, named), locks, barred)
    ids = ((problem.cohort.mentees[row].id, problem.cohort.mentors[column].id) for row, column in problem.locked)
    return dict(ids), problem.lost


def _assigned(cohort: Cohort, locked: Mentors, barred: Barred, objective: str, seed: int) -> Mentors:
    used, apart = Counter(locked.values()), cohort.apart(chain.from_iterable(barred.values()))
    free = replace(
        apart,
        mentees=tuple(mentee for mentee in apart.mentees if mentee.id not in locked),
        mentors=tuple(replace(mentor, places=mentor.places - used[mentor.id]) for mentor in apart.mentors),
    )
    return {free.mentees[row].id: free.mentors[column].id for row, column in assign(free, objective, seed)}


def _explained(cohort: Cohort, mentors: Mentors, locked: Mentors, barred: Barred) -> Outcome:
    column = {mentor.id: index for index, mentor in enumerate(cohort.mentors)}
    used = Counter(column[id] for id in mentors.values())
    left = np.array([mentor.places - used[index] for index, mentor in enumerate(cohort.mentors)], dtype=np.int64)
    idle = np.array([index for index, mentor in enumerate(cohort.mentors) if mentor.places > 0 and not used[index]], dtype=np.int64)
    proposals: list[Proposal] = []
    unmatched: list[Unmatched] = []
    counts: obstacles.Counts = {}
    for _, block in blocks(cohort, BLOCK):
        pairs = [(row, column[mentors[mentee.id]]) for row, mentee in enumerate(block.mentees) if mentee.id in mentors]
        kept = tuple(pair for pair in pairs if block.mentees[pair[0]].id in locked)
        problem = replace(judged(block, barred), locked=kept)
        proposals += proposal.pairs_explained(problem, left, pairs)
        unmatched += proposal.unmatched(problem, left, pairs)
        counts = obstacles.added(counts, proposal.counted(problem, pairs, idle))
    told = tuple(Idle(cohort.mentors[index].id, obstacles.of_mentor(counts, place)) for place, index in enumerate(idle))
    countries = {mentee.id: mentee.country for mentee in cohort.mentees}
    return Outcome(tuple(proposals), tuple(unmatched), told, proposal.figures(proposals, countries))
