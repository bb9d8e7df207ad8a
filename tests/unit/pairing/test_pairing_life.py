"""The life of a pairing: only legal steps, one event for each, and groups that go on while enough remain."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from chassis.errors import Forbidden, Refused
from contracts import pairing as events
from pairing.pairings.model import (
    ACCEPTED,
    ACTIVE,
    CLOSED,
    CLOSING,
    DECLINED,
    ENDINGS,
    LAPSED,
    OPEN,
    PAUSED,
    PROPOSED,
    TIME_TO_CLOSE,
    Pairing,
)

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
LATE = NOW + timedelta(days=7)
IDS = {"pairing_id": "p", "programme_id": "autumn", "mentor_ids": ("femke",), "mentee_ids": ("yara",)}
LEGAL = {
    PROPOSED: {ACCEPTED, DECLINED, LAPSED, CLOSED},
    ACCEPTED: {ACTIVE, PAUSED, CLOSING, CLOSED},
    ACTIVE: {PAUSED, CLOSING, CLOSED},
    PAUSED: {ACCEPTED, ACTIVE, CLOSING, CLOSED},
    CLOSING: {CLOSED},
    CLOSED: set(),
    DECLINED: set(),
    LAPSED: set(),
}
"""Every step that may be taken."""
SAID = {
    (PROPOSED, ACCEPTED): {events.PairingAccepted, events.GroupAccepted},
    (PROPOSED, DECLINED): {events.PairingDeclined, events.GroupLapsed},
    (PROPOSED, LAPSED): {events.PairingLapsed, events.GroupLapsed},
    (ACCEPTED, PAUSED): {events.PairingPaused},
    (ACTIVE, PAUSED): {events.PairingPaused},
    (PAUSED, ACCEPTED): {events.PairingResumed},
    (PAUSED, ACTIVE): {events.PairingResumed},
    (ACCEPTED, CLOSING): {events.PairingClosing},
    (ACTIVE, CLOSING): {events.PairingClosing},
    (PAUSED, CLOSING): {events.PairingClosing},
}
"""What is told of a step; every step to closed tells pairing.closed, and the first session is told by sessions."""


def pair(**more) -> Pairing:
    given = {"mentor_ids": ("femke",), "mentee_ids": ("yara",), **more}
    return Pairing(
        id="p", programme_id="autumn", run_id="r", models=("structured",), format="online", proposed_at=NOW, respond_by=LATE, **given
    )


def group(**more) -> Pairing:
    given = {"mentor_ids": ("femke", "sanne"), "mentee_ids": ("yara", "lotte", "noor"), "least_mentors": 2, "least_mentees": 2, **more}
    return pair(is_group=True, **given)


def accepted(pairing: Pairing) -> Pairing:
    for member in pairing.members:
        pairing.accept(member, NOW)
    return pairing


def test_the_first_session_makes_it_active_and_later_ones_change_nothing():
    pairing = accepted(pair())
    pairing.begin(NOW)
    pairing.begin(LATE)
    assert (pairing.state, pairing.begun_at) == (ACTIVE, NOW)


def test_a_pause_keeps_all_its_reasons_and_going_on_clears_them():
    pairing = accepted(pair())
    assert pairing.pause("vetting") == events.PairingPaused(reason="vetting", reasons=("vetting",), **IDS)
    assert pairing.pause("training") == events.PairingPaused(reason="training", reasons=("vetting", "training"), **IDS)
    assert pairing.pause("vetting") is None
    assert (pairing.state, pairing.paused_for) == (PAUSED, ("vetting", "training"))
    assert pairing.resume() == events.PairingResumed(**IDS)
    assert (pairing.state, pairing.paused_for) == (ACCEPTED, ())


def test_what_was_active_is_active_again_after_a_pause():
    pairing = accepted(pair())
    pairing.begin(NOW)
    pairing.pause("vetting")
    pairing.resume()
    assert pairing.state == ACTIVE


def test_what_comes_to_its_end_can_be_kept_from_meeting_and_goes_on_closing():
    pairing = accepted(pair())
    pairing.end("early", NOW)
    assert pairing.forbid("vetting") == events.PairingPaused(reason="vetting", reasons=("vetting",), **IDS)
    assert pairing.forbid("vetting") is None
    assert (pairing.state, pairing.paused_for) == (CLOSING, ("vetting",))


def test_a_session_told_of_during_a_pause_makes_it_active_when_it_goes_on():
    pairing = accepted(pair())
    pairing.pause("illness")
    pairing.begin(NOW)
    assert pairing.state == PAUSED
    pairing.resume()
    assert (pairing.state, pairing.begun_at) == (ACTIVE, NOW)


@pytest.mark.parametrize("ending", ["planned", "early", "no_fault"])
def test_an_ending_leaves_time_to_look_back(ending):
    pairing = accepted(pair())
    closes_at = NOW + TIME_TO_CLOSE
    assert pairing.end(ending, NOW) == events.PairingClosing(ending=ending, closes_at=closes_at, **IDS)
    assert (pairing.state, pairing.closes_at) == (CLOSING, closes_at)
    assert pairing.close(closes_at) == events.PairingClosed(ending=ending, **IDS)
    assert pairing.close(closes_at) is None
    assert (pairing.state, pairing.ended_at) == (CLOSED, closes_at)


@pytest.mark.parametrize("state", OPEN)
def test_safeguarding_closes_at_once_whatever_the_state(state):
    pairing = pair(state=state)
    assert pairing.end("safeguarding", NOW) == events.PairingClosed(ending="safeguarding", **IDS)
    assert (pairing.state, pairing.ended_at) == (CLOSED, NOW)


@pytest.mark.parametrize("state", [PROPOSED, CLOSING, CLOSED, DECLINED, LAPSED])
@pytest.mark.parametrize("act", [lambda p: p.pause("vetting"), lambda p: p.end("early", NOW), lambda p: p.resume()])
def test_what_does_not_run_cannot_be_paused_ended_or_resumed(state, act):
    pairing = pair(state=state)
    with pytest.raises(Refused) as refused:
        act(pairing)
    assert refused.value.code in ("pairing-not-running", "pairing-not-paused")
    assert pairing == pair(state=state)


def test_a_group_begins_when_all_said_yes():
    proposal = group()
    assert isinstance(proposal.proposed(), events.GroupProposed)
    told = [proposal.accept(member, NOW) for member in proposal.members]
    assert told[:-1] == [None] * 4
    assert told[-1] == events.GroupAccepted(
        pairing_id="p", programme_id="autumn", mentor_ids=("femke", "sanne"), mentee_ids=("yara", "lotte", "noor"),
        models=("structured",), format="online",
    )  # fmt: skip


def test_a_group_goes_on_without_who_says_no_while_enough_remain():
    proposal = group()
    (left,) = proposal.leave("lotte", NOW)
    assert left == events.GroupLeft(pairing_id="p", programme_id="autumn", person_id="lotte", side="mentee")
    assert (proposal.state, proposal.mentee_ids) == (PROPOSED, ("yara", "noor"))
    assert proposal.leave("lotte", NOW) == ()
    with pytest.raises(Forbidden):
        proposal.accept("lotte", NOW)


def test_the_last_no_can_complete_a_group():
    proposal = group()
    for member in ("femke", "sanne", "yara", "noor"):
        proposal.accept(member, NOW)
    assert [type(event) for event in proposal.leave("lotte", NOW)] == [events.GroupLeft, events.GroupAccepted]
    assert proposal.state == ACCEPTED


def test_a_group_with_too_few_ends():
    proposal = group()
    assert [type(event) for event in proposal.leave("sanne", NOW)] == [events.GroupLeft, events.GroupLapsed]
    assert (proposal.state, proposal.ended_at) == (DECLINED, NOW)


def test_when_the_time_is_over_a_group_begins_with_those_who_said_yes():
    proposal = group()
    for member in ("femke", "sanne", "yara", "noor"):
        proposal.accept(member, NOW)
    happened = proposal.lapse(LATE)
    assert (type(happened), proposal.state, proposal.mentee_ids) == (events.GroupAccepted, ACCEPTED, ("yara", "noor"))


def test_when_the_time_is_over_and_too_few_said_yes_all_hear_that_it_lapsed():
    proposal = group()
    proposal.accept("yara", NOW)
    happened = proposal.lapse(LATE)
    assert (type(happened), proposal.state, happened.mentee_ids) == (events.GroupLapsed, LAPSED, ("yara", "lotte", "noor"))


class Life(RuleBasedStateMachine):
    """Any order of answers, pauses, endings and clock ticks, for a pair and for a group; time only moves on."""

    make = staticmethod(pair)

    def __init__(self) -> None:
        super().__init__()
        self.pairing, self.now = self.make(), NOW
        self.everybody = [*self.pairing.members, "somebody"]
        self.step, self.told = (PROPOSED, PROPOSED), []

    def attempt(self, action, *arguments) -> None:
        before, kept = self.pairing.state, repr(self.pairing)
        try:
            happened = action(*arguments)
        except (Refused, Forbidden):
            assert repr(self.pairing) == kept
            happened = None
        self.told = list(happened) if isinstance(happened, tuple) else [happened] if happened else []
        self.step = (before, self.pairing.state)

    @rule(data=st.data())
    def accept(self, data) -> None:
        self.attempt(self.pairing.accept, data.draw(st.sampled_from(self.everybody)), self.now)

    @rule(data=st.data())
    def say_no(self, data) -> None:
        by = data.draw(st.sampled_from(self.everybody))
        self.attempt(self.pairing.leave if self.pairing.is_group else self.pairing.decline, by, self.now)

    @rule()
    def lapse(self) -> None:
        self.attempt(self.pairing.lapse, self.now)

    @rule()
    def begin(self) -> None:
        self.attempt(self.pairing.begin, self.now)

    @rule(reason=st.sampled_from(["vetting", "training"]))
    def pause(self, reason: str) -> None:
        self.attempt(self.pairing.pause, reason)

    @rule(reason=st.sampled_from(["vetting", "training"]))
    def forbid(self, reason: str) -> None:
        self.attempt(self.pairing.forbid, reason)

    @rule()
    def resume(self) -> None:
        self.attempt(self.pairing.resume)

    @rule(ending=st.sampled_from(ENDINGS))
    def end(self, ending: str) -> None:
        self.attempt(self.pairing.end, ending, self.now)

    @rule()
    def close(self) -> None:
        self.attempt(self.pairing.close, self.now)

    @rule(days=st.integers(1, 5))
    def wait(self, days: int) -> None:
        self.now += timedelta(days=days)
        self.step, self.told = (self.pairing.state, self.pairing.state), []

    @invariant()
    def only_legal_steps(self) -> None:
        before, after = self.step
        assert before == after or after in LEGAL[before]

    @invariant()
    def one_event_tells_a_step(self) -> None:
        before, after = self.step
        steps = [event for event in self.told if not isinstance(event, events.GroupLeft)]
        expected = {events.PairingClosed} if after == CLOSED != before else SAID.get(self.step, set())
        if self.step in ((PAUSED, PAUSED), (CLOSING, CLOSING)) and steps:
            expected = {events.PairingPaused}
        assert len(steps) == bool(expected) and {type(event) for event in steps} <= expected

    @invariant()
    def who_runs_has_said_yes(self) -> None:
        if self.pairing.state in (ACCEPTED, ACTIVE, PAUSED, CLOSING):
            assert set(self.pairing.members) == set(self.pairing.accepted) - set(self.pairing.declined)
            assert len(self.pairing.mentor_ids) >= self.pairing.least_mentors and len(self.pairing.mentee_ids) >= self.pairing.least_mentees

    @invariant()
    def every_state_has_its_moments(self) -> None:
        assert (self.pairing.ended_at is not None) == (self.pairing.state in (CLOSED, DECLINED, LAPSED))
        assert bool(self.pairing.paused_for) <= (self.pairing.state in (PAUSED, CLOSING, CLOSED))


class LifeOfGroup(Life):
    """The same for a group."""

    make = staticmethod(group)


TestLife, TestLifeOfGroup = Life.TestCase, LifeOfGroup.TestCase
TestLife.settings = TestLifeOfGroup.settings = settings(max_examples=150, stateful_step_count=20, deadline=None)
