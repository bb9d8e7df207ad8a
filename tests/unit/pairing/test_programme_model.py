"""A programme's set-up: what it refuses, and when a change is one."""

from datetime import date, timedelta

import pytest

from chassis.errors import Invalid
from pairing.programmes.model import LATER_CRITERIA, USUAL_WEIGHTS, Programme


def programme(**fields):
    given = {"id": "p", "name": "Autumn", "starts_on": date(2026, 9, 1), "ends_on": date(2027, 2, 1), "languages": ("nl", "en")}
    return Programme(**{**given, "time_zone": "Europe/Amsterdam", **fields})


def test_a_new_programme_tells_its_set_up():
    event = programme().created()
    assert (event.language, event.cadence, event.meeting_minutes) == ("nl", "fortnightly", 60)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"ends_on": date(2026, 9, 1)}, "ends_on"),
        ({"ends_on": date(2031, 9, 1)}, "ends_on"),
        ({"weights": {**USUAL_WEIGHTS, "wishes": 11}}, "weights"),
        ({"weights": {"wishes": 1}}, "weights"),
        ({"weights": {**USUAL_WEIGHTS, "charm": 1}}, "weights"),
        ({"threshold": 4}, "threshold_reason"),
    ],
)
def test_a_set_up_that_contradicts_itself_is_refused(fields, name):
    with pytest.raises(Invalid) as refused:
        programme(**fields).created()
    assert set(refused.value.errors) == {name}


def test_a_change_to_the_same_is_none():
    autumn = programme()
    assert autumn.change(name="Autumn", weights=dict(USUAL_WEIGHTS)) is None
    assert autumn.change(name="Winter").name == "Winter"


def test_two_programmes_do_not_share_their_weights():
    one, other = programme(), programme()
    one.weights["wishes"] = 0
    assert other.weights["wishes"] == USUAL_WEIGHTS["wishes"]


@pytest.mark.parametrize(
    ("ends_on", "months", "erases_on"),
    [
        (date(2027, 6, 30), 12, date(2028, 6, 30)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2027, 12, 1), 1, date(2028, 1, 1)),
        (date(2027, 6, 30), 0, date(2027, 6, 30)),
    ],
)
def test_its_data_is_kept_for_whole_months_after_its_end(ends_on, months, erases_on):
    made = Programme("p", "Autumn", ends_on - timedelta(days=90), ends_on, ("en",), "Europe/Amsterdam", keep_months=months)
    assert made.erases_on == erases_on


def test_a_programme_from_before_a_criterion_existed_stays_valid():
    earlier = {name: weight for name, weight in USUAL_WEIGHTS.items() if name not in LATER_CRITERIA}
    assert programme(weights=earlier).created().name == "Autumn"
    assert programme(weights=earlier).change(name="Winter").name == "Winter"


def test_fewer_than_five_need_a_written_reason():
    event = programme(threshold=3, threshold_reason="Decided on 1 August by the board: a cohort of six.").created()
    assert event.threshold == 3


def test_the_rules_are_told():
    event = programme(country_pack="NL", models=("ad_hoc",), keep_months=6, threshold=8).created()
    assert (event.state, event.country_pack, event.models, event.keep_months, event.threshold) == ("planned", "NL", ("ad_hoc",), 6, 8)


def test_one_like_it_has_its_rules_and_none_of_its_life():
    autumn = programme(country_pack="NL", minimum_fit=40, threshold=3, threshold_reason="Small.", state="closed", version=9)
    spring = autumn.like("q", "Spring", date(2027, 3, 1), date(2027, 8, 1))
    own = {"id": "q", "name": "Spring", "starts_on": date(2027, 3, 1), "ends_on": date(2027, 8, 1), "state": "planned", "version": 0}
    assert vars(spring) == vars(autumn) | own
    spring.weights["wishes"] = 0
    assert autumn.weights["wishes"] == USUAL_WEIGHTS["wishes"]
