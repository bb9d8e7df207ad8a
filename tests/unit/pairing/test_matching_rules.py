"""Every hard rule refuses what it must, alone, and says so by its code."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from pairing.matching import criteria, rules
from pairing.matching.candidates import Cohort, Mentee, Mentor, Terms
from pairing.matching.model import Reason
from pairing.matching.proposal import propose

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
    return Cohort(mentors=(mentor,), mentees=(mentee,), terms=replace(TERMS, weights=WEIGHTS | weights))


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
