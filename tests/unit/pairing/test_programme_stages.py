"""The stages of a programme: one step at a time, back only while nothing is out, and never any other way."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from chassis.errors import Invalid, Refused
from contracts.pairing import ProgrammeChanged
from pairing.programmes.model import Programme
from pairing.programmes.stages import CLOSED, CLOSING, INTAKE, MATCHING, PLANNED, RUNNING, STATES, step_on

STEPS = {
    (PLANNED, INTAKE), (INTAKE, MATCHING), (MATCHING, RUNNING), (RUNNING, CLOSING), (CLOSING, CLOSED),
    (INTAKE, PLANNED), (MATCHING, INTAKE),
}  # fmt: skip
LAST_DAY = date(2027, 2, 1)
OVER = datetime(2027, 2, 1, 23, tzinfo=UTC)


def programme(state=PLANNED):
    return Programme(
        id="p", name="Autumn", starts_on=date(2026, 9, 1), ends_on=LAST_DAY, languages=("nl",), time_zone="Europe/Amsterdam", state=state
    )


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("to", STATES)
def test_only_the_steps_of_the_table_are_taken_and_each_is_told(state, to):
    autumn = programme(state)
    if to == state:
        assert autumn.advance(to) is None
    elif (state, to) in STEPS:
        assert autumn.advance(to).state == autumn.state == to
    else:
        with pytest.raises(Refused):
            autumn.advance(to)
        assert autumn == programme(state)


@pytest.mark.parametrize(
    ("state", "to", "code"),
    [
        (PLANNED, RUNNING, "programme-step-skipped"),
        (MATCHING, PLANNED, "programme-step-back"),
        (RUNNING, MATCHING, "programme-under-way"),
        (CLOSING, RUNNING, "programme-under-way"),
        (CLOSED, CLOSING, "programme-closed"),
        (CLOSED, PLANNED, "programme-closed"),
    ],
)
def test_a_wrong_step_is_refused_with_what_to_do_instead(state, to, code):
    with pytest.raises(Refused) as refused:
        programme(state).advance(to)
    assert refused.value.code == code
    assert refused.value.message.count(".") == 2, "what happened, and what to do next"


def test_there_is_no_other_stage():
    with pytest.raises(Invalid):
        programme().advance("paused")


@pytest.mark.parametrize("state", [PLANNED, INTAKE, MATCHING])
def test_matching_and_publishing_move_a_programme_on_by_themselves(state):
    autumn = programme(state)
    autumn.begin_matching()
    assert autumn.state == MATCHING
    assert autumn.begin_matching() is None
    assert programme(state).begin_running().state == RUNNING


def test_what_runs_already_is_matched_again_without_a_step():
    autumn = programme(RUNNING)
    assert (autumn.begin_matching(), autumn.begin_running(), autumn.state) == (None, None, RUNNING)


@pytest.mark.parametrize(("state", "code"), [(CLOSING, "programme-closing"), (CLOSED, "programme-closed")])
@pytest.mark.parametrize("begin", [Programme.begin_matching, Programme.begin_running, Programme.check_before_closing])
def test_a_programme_at_its_end_takes_nobody_and_makes_no_pairs(state, code, begin):
    autumn = programme(state)
    with pytest.raises(Refused) as refused:
        begin(autumn)
    assert (refused.value.code, autumn) == (code, programme(state))


def test_a_closed_programme_stays_as_it_was_and_one_that_closes_can_be_changed():
    with pytest.raises(Refused) as refused:
        programme(CLOSED).change(name="Other")
    assert refused.value.code == "programme-closed"
    assert programme(CLOSING).change(name="Other").name == "Other"


@pytest.mark.parametrize("state", STATES)
def test_people_apply_by_the_form_in_intake_and_matching_only(state):
    assert programme(state).takes_applications == (state in (INTAKE, MATCHING))


def test_the_end_comes_after_the_last_day_where_the_programme_is():
    autumn = programme(RUNNING)
    assert autumn.over_at == OVER
    assert autumn.end(OVER - timedelta(milliseconds=1)) is None
    assert autumn.end(OVER).state == CLOSING
    assert autumn.end(OVER) is None


@pytest.mark.parametrize("state", [state for state in STATES if state != RUNNING])
def test_the_clock_closes_nothing_and_moves_only_what_runs(state):
    autumn = programme(state)
    assert autumn.end(OVER + timedelta(days=400)) is None
    assert autumn == programme(state)


class Life(RuleBasedStateMachine):
    """Any order of wishes, matches, publications, changes and clock ticks."""

    def __init__(self) -> None:
        super().__init__()
        self.programme, self.now = programme(), OVER - timedelta(days=9)
        self.passed = [PLANNED]
        self.published = False

    def attempt(self, action, *arguments) -> bool:
        before = self.programme.state
        try:
            happened = action(*arguments)
        except Refused:
            assert self.programme.state == before
            return False
        assert (happened is not None) == (self.programme.state != before)
        if happened:
            assert isinstance(happened, ProgrammeChanged)
            assert happened.state == self.programme.state
            self.passed.append(self.programme.state)
        return True

    @rule(to=st.sampled_from(STATES))
    def wish(self, to: str) -> None:
        self.attempt(self.programme.advance, to)

    @rule()
    def match(self) -> None:
        allowed = self.attempt(self.programme.begin_matching)
        assert allowed == (self.programme.state not in (CLOSING, CLOSED))

    @rule()
    def publish(self) -> None:
        self.published |= self.attempt(self.programme.begin_running)

    @rule(days=st.integers(1, 12))
    def wait(self, days: int) -> None:
        self.now += timedelta(days=days)
        self.attempt(self.programme.end, self.now)

    @invariant()
    def every_stage_was_reached_by_steps_that_are_open(self) -> None:
        for one, other in pairwise(self.passed):
            steps_on = one != RUNNING and STATES.index(one) < STATES.index(other) <= STATES.index(RUNNING)
            assert (one, other) in STEPS or steps_on, self.passed

    @invariant()
    def what_is_out_is_never_taken_back(self) -> None:
        assert not self.published or self.programme.state in (RUNNING, CLOSING, CLOSED)

    @invariant()
    def nothing_comes_after_the_last_stage(self) -> None:
        assert CLOSED not in self.passed[:-1]
        assert (step_on(self.programme.state) == "") == (self.programme.state == CLOSED)


TestLife = Life.TestCase
