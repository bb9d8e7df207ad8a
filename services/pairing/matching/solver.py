"""The optimal assignment of mentees to mentors with several places; exact, and the same for the same input and seed."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pairing.matching.criteria import Scores
from pairing.matching.edges import Edges, Places, worst_off
from pairing.matching.grid import STEPS, Levels, on_grid
from pairing.matching.model import NOBODY_LEFT_OUT, OBJECTIVES
from pairing.matching.rules import Allowed

Pair = tuple[int, int]
"""Row of the mentee, column of the mentor."""


class Measure(NamedTuple):
    """An assignment in three figures, in the order in which "nobody left out" weighs them; fits from 0 to 1, `worst` 0 without pairs."""

    pairs: int
    worst: float
    total: float


def solve(
    fit: Scores,
    allowed: Allowed,
    places: Places,
    objective: str,
    seed: int,
    locked: Iterable[Pair] = (),
    barred: Iterable[Pair] = (),
) -> list[Pair]:
    """Pairs (mentee row, mentor column), by mentee.

    `fit` holds values from 0 to 1, rounded to a grid of a millionth (`grid`). "best_total" maximises the sum of fit, and makes no pair
    of fit 0. "nobody_left_out" makes as many pairs as the rules allow; of all arrangements of so many it takes those whose worst-off
    pair is best; of these the one with the largest sum. All of it is exact: levels are whole numbers, the number of pairs outweighs
    every sum by a lift, and lifted sums stay below 2**53, so no floating-point number is ever rounded, up to 90,000 mentees.

    `locked` pairs stay as they are and take their places; the others are solved as if those were not there, and the worst-off pair is
    the worst of these. `barred` pairs are not made. Raises ValueError when a locked pair is not allowed, or locked pairs do not go
    together. Of equally good solutions the seed decides: it shuffles people and places, so that ties favour nobody.
    """
    if objective not in OBJECTIVES:
        raise ValueError(f"objective {objective!r} is none of {', '.join(OBJECTIVES)}")
    kept = sorted({(int(row), int(column)) for row, column in locked})
    allowed = _without(allowed, barred)
    levels, left = on_grid(fit), _left(allowed, places, kept)
    levels[~allowed] = -1
    levels[[row for row, _ in kept]] = -1
    return sorted(kept + _assigned(levels, left, objective, seed))


def solve_again(
    fit: Scores, allowed: Allowed, places: Places, objective: str, seed: int, pairs: Iterable[Pair], rows: Iterable[int]
) -> list[Pair]:
    """Solves anew for the mentees of these rows only: of `pairs`, everybody else's stay as they are."""
    again = set(rows)
    stay = [pair for pair in pairs if pair[0] not in again]
    held = {row for row, _ in stay}
    others = [row for row in range(fit.shape[0]) if row not in again and row not in held]
    allowed = allowed.copy()
    allowed[others] = False
    return solve(fit, allowed, places, objective, seed, locked=stay)


def measure(fit: Scores, pairs: Iterable[Pair]) -> Measure:
    """How many pairs, how well the worst-off fits, and the sum of fit; fits on the grid that `solve` uses."""
    chosen = list(pairs)
    if not chosen:
        return Measure(0, 0.0, 0.0)
    levels = on_grid(fit[tuple(np.array(chosen).T)])
    return Measure(len(chosen), int(levels.min()) / STEPS, int(levels.sum(dtype=np.int64)) / STEPS)


def cost_of(pair: Pair, fit: Scores, allowed: Allowed, places: Places, objective: str, seed: int, locked: Iterable[Pair] = ()) -> Measure:
    """What it changes for the whole to force this pair: pairs, worst-off fit and sum with it, less without it; below 0 is a loss.

    Pairs locked before stay, unless it is the same mentee's: then the new one takes its place. Raises ValueError as `solve` does.
    """
    before = list(locked)
    forced = [*(held for held in before if held[0] != pair[0]), pair]
    without, given = (measure(fit, solve(fit, allowed, places, objective, seed, locks)) for locks in (before, forced))
    return Measure(given.pairs - without.pairs, given.worst - without.worst, round(given.total - without.total, 6))


def _without(allowed: Allowed, barred: Iterable[Pair]) -> Allowed:
    chosen = list(barred)
    if not chosen:
        return allowed
    allowed = allowed.copy()
    allowed[tuple(np.array(chosen).T)] = False
    return allowed


def _left(allowed: Allowed, places: Places, locked: list[Pair]) -> Places:
    if any(not allowed[pair] for pair in locked):
        raise ValueError("a locked pair breaks a rule")
    left = np.clip(places, 0, None)
    np.subtract.at(left, [column for _, column in locked], 1)
    if len({row for row, _ in locked}) < len(locked) or (left < 0).any():
        raise ValueError("locked pairs need a mentee twice or more places than there are")
    return left


def _assigned(levels: Levels, places: Places, objective: str, seed: int) -> list[Pair]:
    """The best pairs of a matrix of levels, rows mentees, columns mentors; below 0 a pair is not allowed."""
    chance = np.random.default_rng(seed)
    rows, columns = (chance.permutation(np.flatnonzero(wanted)) for wanted in ((levels >= 0).any(axis=1), places > 0))
    if not len(rows) or not len(columns):
        return []
    mixed = np.ascontiguousarray(levels[rows].T[columns])
    free = np.clip(places[columns], 0, len(rows))
    least, lift = (1, 0) if objective != NOBODY_LEFT_OUT else (worst_off(Edges.of(mixed), free), len(rows) * STEPS + 1)
    owners = chance.permutation(np.repeat(np.arange(len(columns)), free))
    return [(int(rows[mentee]), int(columns[owner])) for mentee, owner in _cheapest(mixed, owners, least, lift)]


def _cheapest(levels: Levels, owners: NDArray[np.int64], least: int, lift: int) -> list[Pair]:
    """Pairs (column, row of the place's owner) of the largest sum of lifted levels; rectangular Jonker-Volgenant (Crouse 2016, scipy)."""
    from scipy.optimize import linear_sum_assignment  # here, because only a computation may cost the process this memory

    cost = np.multiply(levels, -1.0)
    cost -= lift
    cost[levels < least] = 0
    by_place, mentees = linear_sum_assignment(cost[owners])
    chosen = owners[by_place]
    made = levels[chosen, mentees] >= least
    return list(zip(mentees[made].tolist(), chosen[made].tolist(), strict=True))
