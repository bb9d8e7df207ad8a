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


STRIP = 64
"""Rows that are prepared together."""


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
    left = _left(allowed, places, kept)
    waiting = np.asarray(np.any(allowed, axis=1))
    waiting[[row for row, _ in kept]] = False
    chance = np.random.default_rng(seed)
    rows, columns = (chance.permutation(np.flatnonzero(wanted)) for wanted in (waiting, left > 0))
    levels = _mixed(fit, allowed, rows, columns)
    made = _assigned(levels, left[columns], objective, chance)
    return sorted(kept + [(int(rows[mentee]), int(columns[mentor])) for mentee, mentor in made])


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


def _mixed(fit: Scores, allowed: Allowed, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> Levels:
    """Levels of these mentors (rows) and mentees (columns), -1 where a pair is not allowed; a strip at a time needs little memory."""
    mixed = np.empty((len(columns), len(rows)), dtype=np.int32)
    for first in range(0, len(rows), STRIP):
        some = rows[first : first + STRIP]
        levels = np.where(allowed[some], on_grid(fit[some]), np.int32(-1))
        mixed[:, first : first + STRIP] = np.ascontiguousarray(levels.T)[columns]
    return mixed


def _assigned(levels: Levels, places: Places, objective: str, chance: np.random.Generator) -> list[Pair]:
    """The best pairs (mentee, mentor) of a matrix of levels with a row for each mentor."""
    places = np.clip(places, 0, levels.shape[1])
    if not places.sum():
        return []
    nobody_out = objective == NOBODY_LEFT_OUT
    least, lift = (worst_off(Edges.of(levels), places), levels.shape[1] * STEPS + 1) if nobody_out else (1, 0)
    return _cheapest(levels, chance.permutation(np.repeat(np.arange(len(places)), places)), least, lift)


def _cheapest(levels: Levels, owners: NDArray[np.int64], least: int, lift: int) -> list[Pair]:
    """Pairs of the largest sum of lifted levels, over places with these owners; rectangular Jonker-Volgenant (Crouse 2016, scipy)."""
    from scipy.optimize import linear_sum_assignment  # here, because only a computation may cost the process this memory

    cost = np.empty((len(owners), levels.shape[1]))
    for first in range(0, len(owners), STRIP):
        some, strip = levels[owners[first : first + STRIP]], cost[first : first + STRIP]
        np.multiply(some, -1.0, out=strip)
        strip -= lift
        strip[some < least] = 0
    places, mentees = linear_sum_assignment(cost)
    chosen = owners[places]
    made = levels[chosen, mentees] >= least
    return list(zip(mentees[made].tolist(), chosen[made].tolist(), strict=True))
