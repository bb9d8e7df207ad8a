"""A concern: looked into by a lead who is free to, written about by leads alone, closed once; its log only grows."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from chassis.errors import DomainError, Forbidden, Refused
from contracts.pairing import ConcernRaised
from pairing.concerns.model import CLOSED, MESSAGE, NEW, NOTE, TAKEN, Concern, Entry

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
RAISER, ABOUT, LEAD, SECOND = "yara", "femke", "saskia", "orla"


def raised() -> Concern:
    return Concern(id="c", raised_by=RAISER, raised_at=NOW, urgent=True, sealed="sealed")


def taken() -> Concern:
    concern = raised()
    concern.take(LEAD, ABOUT, NOW)
    return concern


def test_the_leads_are_told_with_ids_and_nothing_else():
    assert raised().raised([LEAD, SECOND], ["admin"]) == ConcernRaised(concern_id="c", urgent=True, told=(LEAD, SECOND), unread=False)


def test_without_a_lead_who_may_read_it_the_administrators_are_told():
    assert raised().raised([], ["admin"]) == ConcernRaised(concern_id="c", urgent=True, told=("admin",), unread=True)


def test_a_lead_looks_into_it_and_saying_so_again_changes_nothing():
    concern = taken()
    concern.take(LEAD, ABOUT, NOW + timedelta(days=1))
    assert (concern.state, concern.taken_by, concern.log) == (TAKEN, LEAD, (Entry(NOW, LEAD, TAKEN),))


def test_another_lead_can_take_it_over():
    concern = taken()
    concern.take(SECOND, ABOUT, NOW)
    assert (concern.taken_by, len(concern.log)) == (SECOND, 2)


ACTS = {
    "take": lambda concern, by: concern.take(by, ABOUT, NOW),
    "note": lambda concern, by: concern.write(NOTE, by, ABOUT, "sealed", NOW),
    "message": lambda concern, by: concern.write(MESSAGE, by, ABOUT, "sealed", NOW),
    "close": lambda concern, by: concern.close(by, ABOUT, "sealed", NOW),
}
each_act = pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)


@each_act
@pytest.mark.parametrize("by", [RAISER, ABOUT])
def test_who_raised_it_or_is_named_in_it_does_nothing_with_it_and_nothing_changes(act, by):
    for concern in (raised(), taken()):
        before = concern.log
        with pytest.raises(Forbidden) as refused:
            act(concern, by)
        assert (refused.value.code, concern.log) == ("concern-own", before)


@pytest.mark.parametrize("name", ["note", "message", "close"])
def test_what_nobody_looks_into_is_neither_written_about_nor_closed(name):
    concern = raised()
    with pytest.raises(Refused) as refused:
        ACTS[name](concern, LEAD)
    assert (refused.value.code, concern.state, concern.log) == ("concern-not-taken", NEW, ())


@each_act
def test_a_closed_one_stays_as_it_is(act):
    concern = taken()
    concern.close(LEAD, ABOUT, "sealed", NOW)
    before = concern.log
    with pytest.raises(Refused) as refused:
        act(concern, SECOND)
    assert (refused.value.code, concern.state, concern.log) == ("concern-closed", CLOSED, before)


@pytest.mark.parametrize("person", [RAISER, ABOUT])
def test_the_raiser_and_the_one_it_is_about_may_not_read_it_as_leads(person):
    assert not raised().may_be_read_by(person, ABOUT)
    assert raised().may_be_read_by(LEAD, ABOUT)


class AnyOrder(RuleBasedStateMachine):
    """Whatever anybody does in any order: the log only grows, and it goes from new to taken to closed and never back."""

    def __init__(self) -> None:
        super().__init__()
        self.concern, self.before = raised(), ((), NEW)

    @rule(act=st.sampled_from(sorted(ACTS)), by=st.sampled_from([RAISER, ABOUT, LEAD, SECOND]))
    def do(self, act, by):
        self.before = (self.concern.log, self.concern.state)
        try:
            ACTS[act](self.concern, by)
        except DomainError:
            assert (self.concern.log, self.concern.state) == self.before

    @invariant()
    def nothing_is_taken_back(self):
        log, state = self.before
        order = (NEW, TAKEN, CLOSED)
        assert self.concern.log[: len(log)] == log
        assert order.index(self.concern.state) >= order.index(state)
        assert not {entry.by for entry in self.concern.log} & {RAISER, ABOUT}


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(max_examples=60, stateful_step_count=12, deadline=None)
