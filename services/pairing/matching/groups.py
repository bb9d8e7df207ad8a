"""Forms groups for collaborative mentoring: everybody can meet and talk, and levels, fields and languages are spread evenly."""

import time
from collections import Counter
from dataclasses import dataclass

import numpy as np

from pairing.matching.availability import common_windows, free_quarters
from pairing.matching.candidates import Cohort
from pairing.matching.circle import Everybody, Members
from pairing.matching.circles import Sizes, arrangement, neighbours
from pairing.matching.judging import judge
from pairing.pairings.model import Window

ARRANGEMENTS = 40
"""Whole arrangements put together by chance, of which the best is the first to be made better."""
ROUNDS = 8
"""Times that a choice is made among the groups of the best arrangement so far, their neighbours, and where these are few, all others."""
CANDIDATES = 300
SMALLEST_GAIN = 1e-9
SECONDS = 60.0
"""For all choices together; in a cohort of 60 they take one to five seconds on a machine that does nothing else."""


@dataclass(frozen=True)
class Group:
    """One group and why it holds; `fit` (mentees with mentors) and `balance` (spread as in the whole cohort) are from 0 to 1.

    `languages` all speak, in the order in which most like them. `town` is empty when they meet online. `windows` are the common times.
    `fields` and `levels` say how many mentees have each.
    """

    mentee_ids: tuple[str, ...]
    mentor_ids: tuple[str, ...]
    languages: tuple[str, ...]
    town: str
    windows: tuple[Window, ...]
    fields: dict[str, int]
    levels: dict[str, int]
    fit: float
    balance: float


@dataclass(frozen=True)
class Formed:
    """The groups, the mentees without one, and whether the choice among all candidates was finished or stopped at its limit."""

    groups: tuple[Group, ...]
    left_out: tuple[str, ...]
    finished: bool


def form(cohort: Cohort, *, smallest: int = 3, largest: int = 6, adults: int = 1, seed: int, seconds: float = SECONDS) -> Formed:
    """Groups of `smallest` to `largest` mentees led by `adults` mentors each; a mentor leads one group, whatever her places.

    In a group everybody shares a language, has a common time of the programme's session length, and can meet in one way: all online, or
    all in one town. Every rule holds between each mentor and each mentee, and nobody is together with somebody she is barred from.

    Of all arrangements it looks for the one with most mentees in a group, then with the best mean of fit and balance. It begins with the
    best of many arrangements made by chance; then it chooses exactly (set packing, HiGHS) among the groups at hand and all that differ
    from them in one person, until no exchange, move or replacement of single people makes it better, eight times at most. The result is
    not proven to be the best conceivable one. People's order does not matter. The same seed gives the same groups, unless `seconds` ran
    out and the best until then is given: `finished` tells.
    """
    if not 1 <= smallest <= largest or adults < 1:
        raise ValueError("a group needs a mentee and a mentor at least, and the largest size must not be below the smallest")
    cohort = cohort.in_order()
    if not cohort.mentees or not cohort.mentors:
        return Formed((), tuple(mentee.id for mentee in cohort.mentees), True)
    everybody, sizes = Everybody.of(cohort, *judge(cohort)), Sizes(smallest, largest, adults)
    chosen, finished = _best(everybody, sizes, np.random.default_rng(seed), seconds)
    grouped = {row for group in chosen for row in group}
    left_out = tuple(mentee.id for row, mentee in enumerate(cohort.mentees) if row not in grouped)
    return Formed(tuple(_explained(everybody, group) for group in sorted(chosen)), left_out, finished)


def _best(everybody: Everybody, sizes: Sizes, chance: np.random.Generator, seconds: float) -> tuple[list[Members], bool]:
    """The best groups found, and whether every choice on the way was finished."""

    deadline = time.monotonic() + seconds

    def total(groups: list[Members]) -> float:
        return sum(_value(everybody, group) for group in groups)

    made = sorted((arrangement(everybody, sizes, chance) for _ in range(ARRANGEMENTS)), key=total, reverse=True)
    best, all_finished = made[0], True
    for _ in range(ROUNDS):
        near = {group for known in best for group in neighbours(everybody, sizes, known)}
        others = dict.fromkeys(group for groups in made for group in groups if group not in near)
        candidates = sorted(near.union(best)) + list(others)[: max(0, CANDIDATES - len(near))]
        worth = {group: _value(everybody, group) for group in candidates}
        found, finished = _packed(worth, len(everybody.starts), max(0.0, deadline - time.monotonic()))
        all_finished = all_finished and finished
        if total(found) <= total(best) + SMALLEST_GAIN:
            break
        best = found
    return best, all_finished


def _value(everybody: Everybody, group: Members) -> float:
    """One mentee more in a group outweighs all fit and balance."""
    return len(everybody.split(group)[0]) * (everybody.mentees + 1) + everybody.worth(group)


def _packed(candidates: dict[Members, float], people: int, seconds: float) -> tuple[list[Members], bool]:
    """The candidates without a common member that are worth most together, and whether that is certain."""
    from scipy.optimize import Bounds, LinearConstraint, milp  # here, because only a computation may cost the process this memory
    from scipy.sparse import csc_array

    groups = list(candidates)
    if not groups:
        return [], True
    starts = np.concatenate(([0], np.cumsum([len(group) for group in groups])))
    members = np.array([row for group in groups for row in group])
    once = LinearConstraint(csc_array((np.ones(len(members)), members, starts), shape=(people, len(groups))), ub=1)
    limits = {"mip_rel_gap": 0, "time_limit": seconds}
    worth = -np.array([candidates[group] for group in groups])
    found = milp(worth, constraints=once, bounds=Bounds(0, 1), integrality=np.ones(len(groups)), options=limits)
    if found.x is None:
        return [], False
    return [groups[index] for index in np.flatnonzero(found.x > 0.5)], found.status == 0


def _explained(everybody: Everybody, members: Members) -> Group:
    rows, columns = everybody.split(members)
    cohort = everybody.cohort
    mentees, mentors = [cohort.mentees[row] for row in rows], [cohort.mentors[column] for column in columns]
    people = [*mentees, *mentors]
    terms = cohort.terms
    free = np.asarray(np.all(free_quarters(people, terms.reference_week), axis=0))
    windows = common_windows(free, free, terms.reference_week, terms.meeting_minutes)
    shared = set.intersection(*(set(person.languages) for person in people))
    liked = Counter(language for person in people for language in person.languages[:1])
    online = all(person.format != "in_person" for person in people)
    return Group(
        mentee_ids=tuple(mentee.id for mentee in mentees),
        mentor_ids=tuple(mentor.id for mentor in mentors),
        languages=tuple(sorted(shared, key=lambda language: (-liked[language], language))),
        town="" if online else people[0].city,
        windows=tuple(Window(*ends) for ends in windows),
        fields=dict(sorted(Counter(field for mentee in mentees for field in mentee.interests).items())),
        levels=dict(sorted(Counter(mentee.level for mentee in mentees).items())),
        fit=float(everybody.fit[rows][:, columns].mean()),
        balance=everybody.balance(rows),
    )
