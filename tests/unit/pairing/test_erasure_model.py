"""An erasure goes from waiting to done, or is taken back while it waits; no other way, whatever is said in whatever order."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from chassis.errors import Refused
from contracts.data_rights import Erased, Kept
from contracts.topics import SERVICES
from pairing.data_rights.erasure import ASKED, BECAUSE, CERTIFICATE_KEPT, RETENTION, TIME_TO_THINK, Answer, Erasure, certificate_name
from pairing.data_rights.erasure import is_certificate_of as is_of

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
ERASED, KEPT = (Erased(kind="people", number=1),), (Kept(kind="audit", why="accountability"),)
LEGAL = {("waiting", "erasing"), ("waiting", "withdrawn"), ("erasing", "done")}


def erasure(because=ASKED):
    return Erasure("e", "p", "p", because, (), NOW, NOW + TIME_TO_THINK)


class AnyOrder(RuleBasedStateMachine):
    """Whatever people, services and the clock do, at any time."""

    def __init__(self):
        super().__init__()
        self.erasure, self.now, self.seen = erasure(), NOW, ["waiting"]

    def attempt(self, deed, *arguments):
        before = (self.erasure.state, dict(self.erasure.answers))
        try:
            deed(*arguments)
        except Refused:
            assert (self.erasure.state, dict(self.erasure.answers)) == before, "a refusal changes nothing"
        if self.erasure.state != self.seen[-1]:
            self.seen.append(self.erasure.state)

    @rule(hours=st.integers(1, 80))
    def time_passes(self, hours):
        self.now += timedelta(hours=hours)

    @rule()
    def taken_back(self):
        self.attempt(self.erasure.withdraw, self.now)

    @rule()
    def begun(self):
        self.attempt(self.erasure.begin, Answer(ERASED, KEPT, self.now), self.now)

    @rule(service=st.sampled_from(SERVICES), number=st.integers(0, 9))
    def answered(self, service, number):
        self.attempt(self.erasure.hear, service, (Erased(kind="copies", number=number),), KEPT, self.now)

    @invariant()
    def only_legal_steps(self):
        assert set(zip(self.seen, self.seen[1:], strict=False)) <= LEGAL

    @invariant()
    def done_means_that_everybody_answered(self):
        assert (self.erasure.state == "done") == (set(self.erasure.answers) == set(SERVICES))
        assert self.erasure.state in ("erasing", "done") or not self.erasure.answers

    @invariant()
    def what_is_over_is_kept_for_a_while_only(self):
        over = self.erasure.state in ("done", "withdrawn")
        assert over == (self.erasure.keep_until is not None)
        assert not over or self.erasure.keep_until == self.erasure.ended_at + CERTIFICATE_KEPT


TestAnyOrder = AnyOrder.TestCase


def test_the_first_answer_of_a_service_counts():
    made = erasure()
    made.begin(Answer(ERASED, KEPT, NOW), NOW)
    for number in (3, 0):
        made.hear("sessions", (Erased(kind="debriefs", number=number),), KEPT, NOW)
    assert made.answers["sessions"].erased == (Erased(kind="debriefs", number=3),)


def test_what_is_over_by_its_time_cannot_be_taken_back():
    made = erasure(RETENTION)
    with pytest.raises(Refused, match="must go"):
        made.withdraw(NOW)
    assert made.state == "waiting"


def test_it_holds_nothing_but_ids_times_codes_and_numbers():
    assert set(BECAUSE) == {"asked", "retention", "no_ward"}
    assert {name for name in Erasure.__dataclass_fields__ if name.endswith(("name", "email"))} == set()


def test_a_certificate_s_address_is_its_own_and_of_this_instance():
    name = certificate_name(b"secret", "e")
    assert is_of(b"secret", name, "e") and len(name) > 40
    assert not any((is_of(b"other", name, "e"), is_of(b"secret", name, "f"), is_of(b"secret", "\ud800", "e"), is_of(b"secret", "", "e")))
