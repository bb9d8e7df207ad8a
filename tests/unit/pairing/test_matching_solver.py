"""The solver is optimal against an independent one, keeps locks and bars, and says what a forced pair costs."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from pairing.matching.model import OBJECTIVES
from pairing.matching.solver import cost_of, measure, solve, solve_again

seeds = st.integers(0, 1000)


@st.composite
def cases(draw, most=7):
    """Fit in twentieths with many ties, rules that forbid some pairs, and mentors with nought to three places."""
    mentees, mentors = draw(st.integers(1, most)), draw(st.integers(1, most))
    chance = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    fit = (chance.integers(0, draw(st.integers(1, 20)), (mentees, mentors), endpoint=True) / 20).astype(np.float32)
    allowed = chance.random((mentees, mentors)) > draw(st.sampled_from([0.0, 0.3, 0.7]))
    return fit, allowed, chance.integers(0, 4, mentors)


class Independent:
    """The same task for HiGHS: a variable of nought or one for each allowed pair, and one that no made pair's fit lies below."""

    def __init__(self, fit, allowed, places):
        cells = np.argwhere(allowed)
        self.fit = fit[allowed].astype(float)
        self.count = len(cells)
        by_mentee, by_mentor = (cells[:, axis] == np.arange(fit.shape[axis])[:, None] for axis in (0, 1))
        at_most_once = self._with_worst(np.vstack([by_mentee, by_mentor]), 0)
        below_every_made = self._with_worst(np.eye(self.count), 1)
        self.always = [
            LinearConstraint(at_most_once, ub=np.concatenate([np.ones(fit.shape[0]), places])),
            LinearConstraint(below_every_made, ub=1 + self.fit),
        ]

    def _with_worst(self, of_pairs, of_worst):
        return np.column_stack([of_pairs.astype(float), np.full(len(of_pairs), float(of_worst))])

    def most(self, gain, of_worst=0.0, pairs=None, worst=0.0):
        """The largest gain, with that many pairs and no fit below the worst."""
        if not self.count:
            return 0.0
        exactly = [] if pairs is None else [LinearConstraint(self._with_worst(np.ones((1, self.count)), 0), lb=pairs, ub=pairs)]
        found = milp(
            -np.append(gain, of_worst),
            constraints=[*self.always, *exactly],
            bounds=Bounds(np.append(np.zeros(self.count), max(0, worst - 1e-7)), np.ones(self.count + 1)),
            integrality=np.append(np.ones(self.count), 0),
            options={"mip_rel_gap": 0},
        )
        return -found.fun

    def best_total(self):
        return self.most(self.fit)

    def nobody_left_out(self):
        """Pairs, worst, total: each the best that the ones before it leave."""
        pairs = round(self.most(np.ones(self.count)))
        if not pairs:
            return (0, 0, 0)
        worst = self.most(np.zeros(self.count), of_worst=1, pairs=pairs)
        return pairs, worst, self.most(self.fit, pairs=pairs, worst=worst)


def shuffled(case, chance):
    fit, allowed, places = case
    rows, columns = (chance.permutation(size) for size in fit.shape)
    return fit[rows][:, columns], allowed[rows][:, columns], places[columns]


@settings(deadline=None, max_examples=60)
@given(cases(), seeds)
def test_best_total_is_what_an_independent_solver_finds(case, seed):
    pairs = solve(*case, "best_total", seed)
    assert measure(case[0], pairs).total == pytest.approx(Independent(*case).best_total(), abs=1e-6)
    assert all(case[0][pair] > 0 for pair in pairs)


@settings(deadline=None, max_examples=80)
@given(cases(), seeds)
def test_nobody_left_out_is_what_an_independent_solver_finds_pairs_first_then_the_worst_off_then_the_sum(case, seed):
    found = measure(case[0], solve(*case, "nobody_left_out", seed))
    assert found == pytest.approx(Independent(*case).nobody_left_out(), abs=1e-6)


@settings(deadline=None, max_examples=60)
@given(cases(most=12), seeds, st.sampled_from(OBJECTIVES))
def test_rules_and_places_are_kept(case, seed, objective):
    fit, allowed, places = case
    pairs = solve(*case, objective, seed)
    assert all(allowed[pair] for pair in pairs)
    assert len({row for row, _ in pairs}) == len(pairs)
    assert all(count <= places[column] for column, count in Counter(column for _, column in pairs).items())
    assert pairs == sorted(pairs) == solve(fit, allowed, places, objective, seed)


@settings(deadline=None, max_examples=40)
@given(cases(most=10), seeds, st.sampled_from(OBJECTIVES))
def test_in_whatever_order_people_are_given_the_result_is_as_good(case, seed, objective):
    other = shuffled(case, np.random.default_rng(seed))
    one, two = measure(case[0], solve(*case, objective, seed)), measure(other[0], solve(*other, objective, seed + 1))
    assert one == two if objective == "nobody_left_out" else one.total == two.total


@settings(deadline=None, max_examples=60)
@given(cases(), seeds, st.sampled_from(OBJECTIVES))
def test_locked_pairs_stay_and_the_others_are_optimal_without_them(case, seed, objective):
    fit, allowed, places = case
    locked = solve(fit, allowed, places, "nobody_left_out", seed + 1)[:2]
    pairs = solve(fit, allowed, places, objective, seed, locked=locked)
    assert set(locked) <= set(pairs)
    rest, left = allowed.copy(), places.copy()
    for row, column in locked:
        rest[row], left[column] = False, left[column] - 1
    others = measure(fit, [pair for pair in pairs if pair not in locked])
    independent = Independent(fit, rest, left)
    if objective == "nobody_left_out":
        assert others == pytest.approx(independent.nobody_left_out(), abs=1e-6)
    else:
        assert others.total == pytest.approx(independent.best_total(), abs=1e-6)


@settings(deadline=None, max_examples=40)
@given(cases(), seeds, st.sampled_from(OBJECTIVES))
def test_barred_pairs_are_as_if_a_rule_forbade_them(case, seed, objective):
    fit, allowed, places = case
    barred = solve(*case, objective, seed)[:3]
    without = allowed.copy()
    for pair in barred:
        without[pair] = False
    pairs = solve(*case, objective, seed, barred=barred)
    assert not set(barred) & set(pairs)
    assert pairs == solve(fit, without, places, objective, seed)


FIT = np.array([[0.9, 0.8], [0.8, 0.1], [0.5, 0.5]], dtype=np.float32)
ALL = np.ones((3, 2), dtype=bool)


@pytest.mark.parametrize(
    ("locked", "barred", "allowed"),
    [
        ([(0, 0), (0, 1)], [], ALL),
        ([(0, 0), (1, 0)], [], ALL),
        ([(0, 0)], [(0, 0)], ALL),
        ([(2, 1)], [], ALL & (np.arange(3) < 2)[:, None]),
    ],
    ids=["one mentee twice", "one place twice", "locked and barred", "against a rule"],
)
def test_locks_that_cannot_hold_are_refused(locked, barred, allowed):
    with pytest.raises(ValueError, match="locked pair"):
        solve(FIT, allowed, np.array([1, 1]), "best_total", 1, locked=locked, barred=barred)


def test_a_worse_sum_is_taken_for_a_better_worst_off():
    fit = np.array([[1.0, 0.6], [0.6, 0.1]], dtype=np.float32)
    allowed, places = np.ones((2, 2), bool), np.array([1, 1])
    assert solve(fit, allowed, places, "nobody_left_out", 1) == [(0, 1), (1, 0)]
    fit[0, 0] = 1.2 - fit[1, 1] + 0.01 - 0.11
    assert measure(fit, [(0, 1), (1, 0)]) == (2, 0.6, 1.2)


def test_a_manual_pair_costs_what_solving_with_it_loses():
    places = np.array([1, 1])
    assert solve(FIT, ALL, places, "nobody_left_out", 1) == [(0, 1), (1, 0)]
    assert cost_of((0, 0), FIT, ALL, places, "nobody_left_out", 1) == pytest.approx((0, -0.3, -0.2), abs=1e-6)
    assert cost_of((0, 1), FIT, ALL, places, "nobody_left_out", 1) == (0, 0, 0)
    only = np.array([[True, True], [True, False], [False, False]])
    assert cost_of((0, 0), FIT, only, places, "nobody_left_out", 1)[0] == -1


def test_a_manual_pair_takes_the_place_of_a_lock_of_the_same_mentee():
    cost = cost_of((0, 0), FIT, ALL, np.array([1, 1]), "best_total", 1, locked=[(0, 1)])
    assert cost == pytest.approx((0, -0.3, -0.2), abs=1e-6)


@settings(deadline=None, max_examples=40)
@given(cases(), seeds, st.sampled_from(OBJECTIVES))
def test_a_forced_pair_is_never_a_gain_in_what_the_objective_puts_first(case, seed, objective):
    _, allowed, places = case
    possible = [tuple(cell) for cell in np.argwhere(allowed & (places > 0)).tolist()]
    for pair in possible[:3]:
        cost = cost_of(pair, *case, objective, seed)
        assert (cost.pairs if objective == "nobody_left_out" else cost.total) <= 0


@settings(deadline=None, max_examples=40)
@given(cases(most=9), seeds, st.data())
def test_solving_again_for_some_moves_nobody_else(case, seed, data):
    before = solve(*case, "nobody_left_out", seed)
    again = data.draw(st.sets(st.integers(0, len(case[0]) - 1), max_size=3))
    stay = {pair for pair in before if pair[0] not in again}
    after = solve_again(*case, "nobody_left_out", seed, before, again)
    assert stay <= set(after)
    assert {row for row, _ in after} <= {row for row, _ in stay} | again
    assert len(after) == len(before)


@pytest.mark.parametrize("shape", [(0, 0), (0, 3), (3, 0)])
def test_without_people_on_a_side_there_are_no_pairs(shape):
    fit, allowed = np.zeros(shape, np.float32), np.ones(shape, bool)
    assert solve(fit, allowed, np.ones(shape[1], np.int64), "nobody_left_out", 1) == []
    assert measure(fit, []) == (0, 0, 0)
