"""Over their most promising pairs alone, many people are assigned by the same rules and almost as well as over all pairs."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pairing.matching.candidates import Cohort
from pairing.matching.edges import Edges, most_pairs, worst_off
from pairing.matching.judging import judge, judge_pairs
from pairing.matching.model import OBJECTIVES
from pairing.matching.solver import measure, solve
from pairing.matching.sparse import assign
from support.many_people import many_people

WHO = many_people(120, 250, seed=6)
FIT, ALLOWED = judge(WHO)
PLACES = np.array([mentor.places for mentor in WHO.mentors])


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_with_every_pair_kept_the_result_is_as_good_as_the_exact_one(objective):
    exact, kept = measure(FIT, solve(FIT, ALLOWED, PLACES, objective, 1)), measure(FIT, assign(WHO, objective, 2, kept=250))
    assert kept == exact if objective == "nobody_left_out" else kept.total == exact.total


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_with_few_pairs_kept_next_to_nothing_is_lost(objective):
    exact, few = measure(FIT, solve(FIT, ALLOWED, PLACES, objective, 1)), measure(FIT, assign(WHO, objective, 1, kept=30))
    assert few.pairs == exact.pairs
    assert few.total > 0.999 * exact.total
    if objective == "nobody_left_out":
        assert few.worst == exact.worst


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_rules_and_places_are_kept(objective):
    pairs = assign(WHO, objective, 3)
    assert all(ALLOWED[pair] for pair in pairs)
    assert len({row for row, _ in pairs}) == len(pairs)
    assert all(count <= PLACES[column] for column, count in Counter(column for _, column in pairs).items())


def test_the_same_seed_gives_the_same_pairs_and_ties_go_to_another_with_another_seed():
    alike = replace(WHO.mentees[0], wishes=(), permitted=True)
    mentor = replace(WHO.mentors[0], wishes=(), places=1, vetted=True, trained=True, languages=alike.languages, format="online")
    twins = Cohort(
        mentors=tuple(replace(mentor, id=f"m{n}") for n in range(3)),
        mentees=tuple(replace(alike, id=f"e{n}", format="online") for n in range(5)),
        terms=WHO.terms,
    )
    assert assign(twins, "best_total", 1) == assign(twins, "best_total", 1)
    assert len({tuple(assign(twins, "best_total", seed)) for seed in range(8)}) > 1


@pytest.mark.parametrize(("mentors", "mentees"), [(0, 3), (3, 0), (0, 0)])
def test_without_people_on_a_side_there_are_no_pairs(mentors, mentees):
    who = Cohort(mentors=WHO.mentors[:mentors], mentees=WHO.mentees[:mentees], terms=WHO.terms)
    assert assign(who, "nobody_left_out", 1) == []


def test_when_the_rules_forbid_everything_there_are_no_pairs():
    who = Cohort(mentors=tuple(replace(mentor, trained=False) for mentor in WHO.mentors), mentees=WHO.mentees, terms=WHO.terms)
    assert assign(who, "nobody_left_out", 1) == assign(who, "best_total", 1) == []


def test_an_unknown_objective_is_refused():
    with pytest.raises(ValueError, match="objective 'fair'"):
        assign(WHO, "fair", 1)


def test_pairs_are_judged_alone_as_among_all():
    pairs = [(int(row), int(column)) for row, column in np.argwhere(FIT > 0)[::31]]
    fit, allowed = judge_pairs(WHO, pairs)
    assert len(pairs) > 600
    assert np.array_equal(fit, [FIT[pair] for pair in pairs])
    assert np.array_equal(allowed, [ALLOWED[pair] for pair in pairs])


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 2**32 - 1), st.integers(1, 6), st.integers(1, 6))
def test_the_best_worst_level_is_the_last_at_which_as_many_pairs_can_be_made(seed, mentors, mentees):
    chance = np.random.default_rng(seed)
    levels = chance.integers(-3, 8, (mentors, mentees)).astype(np.int32) * 100_000
    places, edges = chance.integers(0, 3, mentors), Edges.of(levels)
    most = most_pairs(edges, places)
    kept = [level for level in range(0, 800_000, 50_000) if most_pairs(edges.at_least(level), places) == most]
    if most:
        assert worst_off(edges, places) == max(kept)
    assert kept == list(range(0, max(kept) + 1, 50_000))
