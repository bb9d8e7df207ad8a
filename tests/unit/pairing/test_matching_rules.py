"""Every hard rule refuses what it must, alone, and says so by its code."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from pairing.matching import criteria, judging, rules
from pairing.matching.candidates import AgeRules, Cohort, Mentee, Mentor, Terms
from pairing.matching.model import Reason
from pairing.matching.proposal import propose
from support.many_people import many_people

WEIGHTS = {"interests": 8, "free_time": 6, "language": 5, "place": 3, "model": 4, "wishes": 5}
TERMS = Terms(starts_on=date(2026, 12, 7), ends_on=date(2027, 6, 30), weights=WEIGHTS)
MENTOR = Mentor(
    id="mentor", country="NL", city="Sneek", time_zone="Europe/Amsterdam", languages=("nl", "en"), format="either",
    availability=("Wed 19:00-22:00",), wishes=("mentee",), expertise=("robotics",), models=("structured",), vetted=True, trained=True,
)  # fmt: skip
MENTEE = Mentee(
    id="mentee", country="NL", city="Sneek", time_zone="Europe/Amsterdam", languages=("nl",), format="either",
    availability=("Wed 19:00-22:00",), wishes=("mentor",), interests=("robotics",), needs=("structured",), minor=True, permitted=True,
)  # fmt: skip


def cohort(mentor: Mentor = MENTOR, mentee: Mentee = MENTEE, **weights: int) -> Cohort:
    ages = AgeRules(mentor_minimum=18, mentee_minimum=12, mentee_maximum=20)
    return Cohort(mentors=(mentor,), mentees=(mentee,), terms=replace(TERMS, weights=WEIGHTS | weights, ages=ages))


def refusals(who: Cohort) -> set[str]:
    return {code for code, matrix in rules.verdicts(who, criteria.scores(who)).items() if not matrix[0, 0]}


def test_two_people_whom_nothing_keeps_apart_are_proposed():
    assert refusals(cohort()) == set()
    assert [proposal.score for proposal in propose(cohort(), "nobody_left_out", 1).proposals] == [100.0]


@pytest.mark.parametrize(
    ("code", "mentor", "mentee"),
    [
        ("shared_language", {"languages": ("is",)}, {}),
        ("capacity", {"places": 0}, {}),
        ("format_and_place", {"format": "online"}, {"format": "in_person"}),
        ("format_and_place", {"format": "in_person", "city": "Galway", "country": "IE"}, {}),
        ("format_and_place", {"format": "in_person", "city": ""}, {"city": ""}),
        ("vetting", {"vetted": False}, {}),
        ("training", {"trained": False}, {}),
        ("guardian_permission", {}, {"permitted": False}),
        ("consent", {"consented": False}, {}),
        ("consent", {}, {"consented": False}),
        ("conflict_of_interest", {"barred": frozenset({"mentee"})}, {}),
        ("conflict_of_interest", {}, {"barred": frozenset({"somebody", "mentor"})}),
        ("age", {"age": 17}, {}),
        ("age", {}, {"age": 11}),
        ("age", {}, {"age": 21}),
    ],
)
def test_a_rule_refuses(code, mentor, mentee):
    who = cohort(replace(MENTOR, **mentor), replace(MENTEE, **mentee))
    assert refusals(who) == {code}
    outcome = propose(who, "nobody_left_out", 1)
    assert outcome.proposals == ()
    assert outcome.unmatched[0].reasons == (Reason("blocked", (code,), 1), Reason("would_open", (code,), 1))


def test_vetting_is_asked_only_where_the_mentee_is_a_minor():
    assert refusals(cohort(replace(MENTOR, vetted=False), replace(MENTEE, minor=False))) == set()


@pytest.mark.parametrize(("mentor", "mentee"), [(18, 12), (70, 20), (None, None)])
def test_the_bounds_of_age_are_included_and_an_unknown_age_is_not_judged(mentor, mentee):
    assert refusals(cohort(replace(MENTOR, age=mentor), replace(MENTEE, age=mentee))) == set()


def test_where_the_pack_has_no_age_rule_every_age_will_do():
    who = cohort(replace(MENTOR, age=3), replace(MENTEE, age=99))
    assert refusals(replace(who, terms=replace(who.terms, ages=AgeRules()))) == set()


def test_who_is_barred_from_somebody_else_is_not_barred_from_all():
    assert refusals(cohort(replace(MENTOR, barred=frozenset({"nobody"})), replace(MENTEE, barred=frozenset({"m"})))) == set()


@pytest.mark.parametrize(("minimum", "through"), [(0, True), (66.6, True), (66.7, False), (100, False)])
def test_a_pair_below_the_minimum_is_not_proposed(minimum, through):
    who = cohort(replace(MENTOR, expertise=("space",)))
    who = replace(who, terms=replace(who.terms, minimum=minimum, weights={"interests": 1, "free_time": 1, "language": 1}))
    assert refusals(who) == (set() if through else {"quality"})
    assert len(propose(who, "nobody_left_out", 1).proposals) == through


def test_a_pair_that_fits_exactly_as_the_minimum_asks_is_proposed():
    who = cohort(replace(MENTOR, expertise=("space",)))
    for minimum, weights in (
        (70, {"interests": 3, "free_time": 7}),
        (10, {"interests": 9, "language": 1}),
        (57, {"interests": 43, "place": 57}),
    ):
        assert (
            refusals(replace(who, terms=replace(who.terms, minimum=minimum, weights=weights))) - {"must_interests", "must_place"} == set()
        )


@pytest.mark.parametrize(
    ("criterion", "mentor"),
    [
        ("interests", {"expertise": ("space",)}),
        ("free_time", {"availability": ("Wed 08:00-09:00",)}),
        ("model", {"models": ("ad_hoc",)}),
    ],
)
def test_weight_ten_makes_a_criterion_a_must_and_less_does_not(criterion, mentor):
    without = replace(MENTOR, **mentor)
    assert refusals(cohort(without, **{criterion: 10})) == {f"must_{criterion}"}
    assert refusals(cohort(without, **{criterion: 9})) == set()


@pytest.mark.parametrize(
    ("criterion", "mentor", "mentee", "expected"),
    [
        ("interests", {"expertise": ("robotics", "space")}, {"interests": ("robotics", "space", "wearables")}, 1),
        ("interests", {"expertise": ("robotics",)}, {"interests": ("robotics", "space")}, 0.5),
        ("interests", {"expertise": ()}, {"interests": ()}, 0),
        ("free_time", {}, {"availability": ("Wed 19:00-20:15",)}, 0.25),
        ("free_time", {}, {"availability": ("Wed 19:00-19:45",)}, 0),
        ("language", {"languages": ("en",)}, {"languages": ("nl", "en")}, 0.5),
        ("wishes", {"wishes": ()}, {}, 0.5),
        ("wishes", {"wishes": ()}, {"wishes": ("other", "mentor")}, 0.375),
        ("wishes", {}, {"wishes": ()}, 0.5),
        ("place", {"city": "Dublin"}, {}, 0.5),
        ("place", {"city": "Dublin"}, {"format": "online"}, 1),
        ("place", {"city": "SNEEK"}, {}, 1),
        ("model", {"models": ("ad_hoc",)}, {}, 0),
        ("model", {"models": ("ad_hoc",)}, {"needs": ("group", "flexible")}, 1),
        ("wishes", {"wishes": ()}, {"wishes": ("mentor", "mentor")}, 0.5),
        ("goals", {"goals": ("confidence", "leadership")}, {"goal": "leadership"}, 1),
        ("goals", {"goals": ("confidence",)}, {"goal": "leadership"}, 0),
        ("goals", {"goals": ("leadership", "leadership")}, {"goal": "leadership"}, 1),
        ("goals", {"goals": ()}, {"goal": ""}, 0),
        ("waiting", {}, {"waited_days": 0}, 0),
        ("waiting", {}, {"waited_days": 45}, 0.25),
        ("waiting", {}, {"waited_days": 400}, 1),
        ("waiting", {}, {"waited_days": -3}, 0),
    ],
)
def test_a_criterion_measures(criterion, mentor, mentee, expected):
    who = cohort(replace(MENTOR, **mentor), replace(MENTEE, **mentee))
    assert criteria.CRITERIA[criterion](who)[0, 0] == pytest.approx(expected)


def test_a_model_that_the_programme_does_not_allow_is_no_fit():
    who = replace(cohort(), terms=replace(TERMS, models=("ad_hoc",)))
    assert criteria.model(who)[0, 0] == 0


def test_weight_nought_leaves_a_criterion_out():
    parts = criteria.scores(cohort(wishes=0))
    assert set(parts) == set(WEIGHTS) - {"wishes"}


def test_without_any_weight_the_rules_still_hold():
    who = cohort(**dict.fromkeys(WEIGHTS, 0))
    assert np.array_equal(criteria.fit({}, who.terms.weights, who.shape), [[0]])
    assert len(propose(who, "nobody_left_out", 1).proposals) == 1


@pytest.mark.parametrize("objective", ["nobody_left_out", "best_total"])
def test_when_places_are_scarce_who_waited_longest_has_one(objective):
    mentees = tuple(replace(MENTEE, id=f"mentee{days}", wishes=(), waited_days=days) for days in (0, 30, 170, 60))
    scarce = Cohort(mentors=(replace(MENTOR, wishes=()),), mentees=mentees, terms=replace(TERMS, weights=WEIGHTS | {"waiting": 1}))
    for seed in range(5):
        assert [proposal.mentee_id for proposal in propose(scarce, objective, seed).proposals] == ["mentee170"]


def test_people_who_are_alike_are_judged_alike_and_others_on_their_own():
    who = many_people(25, 40, seed=4)
    parts, verdicts = criteria.scores(who), rules.verdicts(who, criteria.scores(who))
    for row, mentee in enumerate(who.mentees):
        for column, mentor in enumerate(who.mentors):
            two = Cohort(mentors=(mentor,), mentees=(mentee,), terms=who.terms)
            alone = criteria.scores(two)
            assert {name: matrix[row, column] for name, matrix in parts.items()} == {name: m[0, 0] for name, m in alone.items()}
            assert {code: bool(matrix[row, column]) for code, matrix in verdicts.items()} == {
                code: bool(m[0, 0]) for code, m in rules.verdicts(two, alone).items()
            }


def test_a_cohort_judged_in_blocks_is_judged_as_a_whole():
    who = many_people(30, 50, seed=2)
    who = replace(who, terms=replace(who.terms, minimum=20, weights=dict(who.terms.weights) | {"free_time": 10}))
    parts = criteria.scores(who)
    fit = criteria.fit(parts, who.terms.weights, who.shape)
    whole = fit, rules.passed(rules.verdicts(who, parts), who.shape)
    assert len(list(judging.blocks(who, 30 * 7))) == 8
    for in_blocks, at_once in zip(judging.judge(who, 30 * 7), whole, strict=True):
        assert np.array_equal(in_blocks, at_once)
