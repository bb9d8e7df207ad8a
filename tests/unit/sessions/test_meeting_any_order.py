"""Every deed on a session in any order, by anybody, at any time."""

from datetime import UTC, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from chassis.errors import DomainError
from contracts.pairing import PairingAccepted
from contracts.sessions import ChecklistConfirmed, DebriefWritten, MeetingHeld, MeetingMoved, MeetingPlanned
from sessions.meetings.model import CANCELLED, ENDED, HELD, PAUSED, PLANNED, STATES, TO_PLAN, Meeting

NOW = datetime(2026, 11, 10, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def new() -> Meeting:
    return Meeting.first_of(
        PairingAccepted(pairing_id="pair", programme_id="autumn", mentor_id="femke", mentee_id="yara", model="structured", format="online")
    )


offsets = st.integers(-15, 15).map(lambda days: timedelta(days=days))
people = st.sampled_from(["femke", "yara", "marit"])


class AnyOrder(RuleBasedStateMachine):
    """Every deed in any order by anybody: the session stays whole, and what is refused changes nothing."""

    @initialize()
    def begin(self) -> None:
        self.meeting, self.told, self.now = new(), [], NOW

    def attempt(self, deed: str, *arguments: object, **more: object) -> None:
        before = Meeting(**vars(self.meeting))
        try:
            told = getattr(self.meeting, deed)(*arguments, **more)
        except DomainError as refused:
            assert self.meeting == before
            assert str(refused).endswith(".")
        else:
            self.told += [told] if told is not None else []

    @rule(starts=offsets, by=people)
    def move(self, starts: timedelta, by: str) -> None:
        self.attempt("move", self.now + starts, self.now + starts + HOUR, by=by, now=self.now)

    @rule(by=people)
    def confirm(self, by: str) -> None:
        self.attempt("confirm_checklist", 1, by=by, now=self.now)

    @rule(by=people, ago=st.none() | offsets)
    def hold(self, by: str, ago: timedelta | None) -> None:
        self.attempt("hold", None if ago is None else self.now - ago, by=by, now=self.now)

    @rule(by=people)
    def miss(self, by: str) -> None:
        self.attempt("miss", by=by, now=self.now)

    @rule(by=people, text=st.sampled_from(["", "The motor"]))
    def debrief(self, by: str, text: str) -> None:
        self.attempt("write_debrief", text, "", "", by=by, now=self.now)

    @rule(why=st.sampled_from([PAUSED, ENDED]))
    def stop(self, why: str) -> None:
        self.attempt("stop", why)

    @rule()
    def go_on(self) -> None:
        self.attempt("go_on")

    @rule(days=st.integers(0, 5))
    def wait(self, days: int) -> None:
        self.now += timedelta(days=days)

    @invariant()
    def is_whole(self) -> None:
        meeting = getattr(self, "meeting", new())
        assert meeting.state in STATES
        assert (meeting.starts_at is None) == (meeting.state == TO_PLAN) or meeting.state == CANCELLED
        assert not (meeting.stopped == ENDED and meeting.state in (TO_PLAN, PLANNED))
        assert (meeting.held_at is not None) == (meeting.state == HELD)
        assert meeting.state != HELD or meeting.checklist is not None
        assert not meeting.debriefs or meeting.state == HELD
        assert len(meeting.moves) == meeting.sequence

    @invariant()
    def has_told_each_fact_once(self) -> None:
        kinds = [type(told) for told in getattr(self, "told", [])]
        assert max(kinds.count(kind) for kind in (MeetingPlanned, MeetingHeld, ChecklistConfirmed)) <= 1
        assert kinds.count(DebriefWritten) <= 2
        sequences = [told.sequence for told in getattr(self, "told", []) if isinstance(told, MeetingPlanned | MeetingMoved)]
        assert sequences == list(range(len(sequences)))


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
