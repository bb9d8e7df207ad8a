"""Why a pair and not another, what keeps mentors idle, how fair it is, how two plans differ, and that runs of thousands stay small."""

from dataclasses import replace
from datetime import date, timedelta

import bson
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.documents import from_document, to_document
from pairing.matching.candidates import Cohort
from pairing.matching.comparing import cost, moves, plan_of
from pairing.matching.fairness import ENOUGH, gap, late_joiners, slices
from pairing.matching.model import Reason
from pairing.matching.problem import stated
from pairing.matching.proposal import explained
from pairing.matching.sheets import MENTEES, MENTORS, PAIRS, PER_SHEET, Sheet, laid_out
from pairing.people.model import Person
from support.many_people import many_people

MEGABYTE = 2**20


def person(id, **fields):
    return Person(
        id=id, email=f"{id}@example.org", given_name=id, family_name="", roles=("mentee",), language="nl", time_zone="UTC", **fields
    )


def people_of(who: Cohort) -> dict[str, Person]:
    return {each.id: person(each.id, country=each.country, format=each.format) for each in (*who.mentors, *who.mentees)}


def test_the_fit_of_a_better_alternative_went_to_somebody_else_and_of_a_worse_one_it_is_said_what_is_less():
    problem = stated(many_people(20, 40, seed=2))
    outcome = explained(problem, "nobody_left_out", 1)
    told = [(pair, other) for pair in outcome.proposals for other in pair.alternatives]
    assert told
    for pair, other in told:
        row = problem.row[pair.mentee_id]
        chosen, instead = ((row, problem.column[id]) for id in (pair.mentor_id, other.mentor_id))
        less = problem.points(chosen) - problem.points(instead)
        if less > 0:
            assert (other.why.code, other.why.count) == ("fits_less", round(less))
            (criterion,) = other.why.words
            assert problem.parts[criterion][chosen] > problem.parts[criterion][instead]
        else:
            assert other.why.code == ("places_taken" if other.taken else "no_better")


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 10_000))
def test_a_place_is_never_left_free_for_a_better_fit(seed):
    outcome = explained(stated(many_people(8, 12, seed)), "best_total", seed)
    for pair in outcome.proposals:
        for other in pair.alternatives:
            assert other.taken or other.score <= pair.score + 0.1


def test_a_locked_pair_is_kept_and_told_to_be_the_reason():
    who = many_people(10, 10, seed=4)
    free = stated(who)
    row, column = next(pair for pair in zip(*np.nonzero(free.allowed), strict=True) if tuple(pair) not in free.solved("best_total", 1))
    lock = (free.cohort.mentees[row].id, free.cohort.mentors[column].id)
    outcome = explained(stated(who, [lock]), "best_total", 1)
    (kept,) = [pair for pair in outcome.proposals if pair.locked]
    assert (kept.mentee_id, kept.mentor_id) == lock
    assert all(other.why == Reason("locked_elsewhere") for other in kept.alternatives)


def test_a_lock_that_a_rule_forbids_or_that_finds_no_place_is_lost_with_the_rule():
    who = many_people(4, 8, seed=1)
    free = stated(who)
    row, column = (int(index) for index in np.argwhere(~free.allowed)[0])
    forbidden = (free.cohort.mentees[row].id, free.cohort.mentors[column].id)
    problem = stated(who, [forbidden, ("nobody", "m")])
    assert problem.locked == ()
    ((lost),) = problem.lost
    assert (lost.mentee_id, lost.mentor_id) == forbidden
    assert lost.rule in free.broken((row, column))


def test_an_excluded_pair_is_a_rule_of_its_own():
    who = many_people(6, 6, seed=3)
    free = stated(who)
    row, column = free.solved("nobody_left_out", 1)[0]
    couple = (free.cohort.mentees[row].id, free.cohort.mentors[column].id)
    barred = stated(who, barred={"excluded": [couple, ("nobody", "nobody")]})
    assert barred.broken((row, column)) == ("excluded",)
    assert (row, column) not in barred.solved("nobody_left_out", 1)


def test_a_mentor_without_a_mentee_reads_what_stands_in_the_way():
    who = many_people(1, 1, seed=1)
    mentor = replace(who.mentors[0], places=1, trained=False, vetted=True, languages=("nl",), format="online", age=30, barred=frozenset())
    mentee = replace(who.mentees[0], languages=("nl",), format="online", age=15, permitted=True, barred=frozenset())
    (idle,) = explained(stated(replace(who, mentors=(mentor,), mentees=(mentee,))), "nobody_left_out", 1).idle
    assert idle.reasons == (Reason("blocked", ("training",), 1), Reason("would_open", ("training",), 1))
    both = (replace(mentor, trained=True), replace(mentor, id="zz", trained=True, expertise=()))
    outcome = explained(stated(replace(who, mentors=both, mentees=(mentee,))), "nobody_left_out", 1)
    (idle,) = outcome.idle
    assert idle.reasons == (Reason("blocked", ("placed",), 1), Reason("would_open", ("placed",), 1))


def test_late_is_the_last_quarter_of_the_intake():
    first = date(2026, 9, 1)
    joined = [person(f"p{day:03}", joined_on=first + timedelta(days=day)) for day in (0, 50, 75, 76, 100)]
    assert late_joiners([*joined, person("unknown")]) == {"p076", "p100"}
    assert late_joiners([person("a", joined_on=first), person("b", joined_on=first)]) == set()
    assert late_joiners([person("a")]) == set()


def test_fairness_counts_everybody_and_compares_only_groups_that_are_large_enough():
    dutch = [person(f"n{n}", country="NL") for n in range(ENOUGH)]
    irish = [person(f"i{n}", country="IE") for n in range(ENOUGH)]
    few = [person(f"s{n}", country="ES") for n in range(ENOUGH - 1)]
    fits = {**{each.id: 80.0 for each in dutch[1:]}, **{each.id: 60.0 for each in irish}, **{each.id: 10.0 for each in few}}
    found = slices([*dutch, *irish, *few], fits)
    by_country = {each.group: (each.mentees, each.paired, each.mean_fit) for each in found if each.by == "country"}
    assert by_country == {"NL": (5, 4, 80.0), "IE": (5, 5, 60.0), "ES": (4, 4, 10.0)}
    assert gap(found, "country") == 20.0
    assert gap(found, "format") is None
    assert next(each.share for each in found if each.group == "NL") == 0.8


@settings(deadline=None, max_examples=10)
@given(st.integers(0, 1000))
def test_a_comparison_names_exactly_those_for_whom_something_changes(seed):
    who = many_people(8, 12, seed)
    problem, people = stated(who), people_of(who)
    one, other = (plan_of(problem, problem.solved(objective, 1), people) for objective in ("nobody_left_out", "best_total"))
    changed = {move.mentee_id for move in moves(one, other)}
    for id in people:
        assert (id in changed) == (one.mentors.get(id) != other.mentors.get(id))
    difference = cost(one, other)
    assert difference.pairs == len(other.mentors) - len(one.mentors) <= 0
    assert difference.total >= -0.1 * len(people), "the best total is not below the other, but for rounding"
    assert moves(one, one) == ()


def test_a_sheet_of_a_hundred_explained_pairs_stays_far_below_the_largest_document():
    outcome = explained(stated(many_people(60, 150, seed=1)), "nobody_left_out", 1)
    sheets = laid_out("run", outcome.proposals, outcome.unmatched, outcome.idle)
    largest = max(len(bson.encode(to_document(sheet))) for sheet in sheets)
    assert largest < MEGABYTE


@pytest.mark.parametrize("count", [0, 1, PER_SHEET, PER_SHEET + 1, 3 * PER_SHEET])
def test_nobody_is_lost_between_the_sheets(count):
    outcome = explained(stated(many_people(3, 3, seed=1)), "nobody_left_out", 1)
    pairs = [replace(pair, mentee_id=f"{pair.mentee_id}-{n}") for n in range(count) for pair in outcome.proposals[:1]]
    idle = (list(outcome.idle) * count)[:count]
    sheets = laid_out("run", pairs, [], idle)
    assert [pair for sheet in sheets for pair in sheet.pairs] == sorted(pairs, key=lambda pair: (pair.score, pair.mentee_id))
    assert all(len(sheet.entries) <= PER_SHEET for sheet in sheets)
    assert [sheet.number for sheet in sheets if sheet.kind == PAIRS] == list(range(1, -(-len(pairs) // PER_SHEET) + 1))
    assert {sheet.kind for sheet in sheets} <= {PAIRS, MENTEES, MENTORS}
    assert [from_document(Sheet, to_document(sheet)) for sheet in sheets] == sheets
