"""What a session allows in which state, and the events it tells."""

from datetime import UTC, datetime, timedelta

import pytest

from chassis.errors import Forbidden, Invalid, Refused
from contracts.pairing import PairingAccepted
from contracts.sessions import ChecklistConfirmed, DebriefWritten, MeetingHeld, MeetingMoved, MeetingPlanned
from sessions.meetings.model import CANCELLED, HELD, MISSED, PLANNED, Meeting, meeting_id

NOW = datetime(2026, 11, 10, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
ACCEPTED = PairingAccepted(
    pairing_id="8f2c7a4e-5b1d-4c3a-9e6f-0a1b2c3d4e5f",
    programme_id="autumn",
    mentor_id="femke",
    mentee_id="yara",
    model="structured",
    format="online",
)


def new() -> Meeting:
    return Meeting.first_of(ACCEPTED)


def planned(starts_at: datetime = NOW - 2 * HOUR) -> Meeting:
    meeting = new()
    meeting.plan(starts_at, starts_at + HOUR)
    return meeting


def checked() -> Meeting:
    meeting = planned()
    meeting.confirm_checklist(1, by="femke", now=NOW)
    return meeting


def held() -> Meeting:
    meeting = checked()
    meeting.hold(None, by="femke", now=NOW)
    return meeting


def test_the_first_session_of_a_pairing_has_one_id_however_often_it_is_made() -> None:
    assert new().id == new().id == meeting_id(ACCEPTED.pairing_id, 1) != meeting_id(ACCEPTED.pairing_id, 2)


def test_planning_tells_the_time_with_sequence_zero() -> None:
    meeting = new()
    told = meeting.plan(NOW, NOW + HOUR)
    assert told == MeetingPlanned(
        meeting_id=meeting.id,
        pairing_id=ACCEPTED.pairing_id,
        programme_id="autumn",
        mentor_id="femke",
        mentee_id="yara",
        starts_at=NOW,
        ends_at=NOW + HOUR,
        format="online",
        sequence=0,
    )
    assert meeting.state == PLANNED


def test_choosing_the_first_time_is_planning_and_another_one_moving() -> None:
    meeting = new()
    first = meeting.move(NOW, NOW + HOUR, by="yara", now=NOW)
    second = meeting.move(NOW + HOUR, NOW + 2 * HOUR, by="femke", now=NOW)
    assert isinstance(first, MeetingPlanned) and isinstance(second, MeetingMoved)
    assert (second.sequence, second.starts_at) == (1, NOW + HOUR)
    assert [(move.starts_at, move.moved_by) for move in meeting.moves] == [(NOW, "femke")]


def test_moving_to_the_same_time_tells_nothing() -> None:
    meeting = planned(NOW)
    assert meeting.move(NOW, NOW + HOUR, by="yara", now=NOW) is None
    assert (meeting.sequence, meeting.moves) == (0, ())


@pytest.mark.parametrize(
    ("starts", "length", "field"),
    [
        (-timedelta(days=7, seconds=1), HOUR, "starts_at"),
        (timedelta(days=367), HOUR, "starts_at"),
        (HOUR, timedelta(minutes=14), "ends_at"),
        (HOUR, -HOUR, "ends_at"),
        (HOUR, timedelta(hours=9), "ends_at"),
    ],
)
def test_times_that_make_no_sense_are_refused_by_field(starts: timedelta, length: timedelta, field: str) -> None:
    meeting = planned()
    with pytest.raises(Invalid) as refused:
        meeting.move(NOW + starts, NOW + starts + length, by="yara", now=NOW)
    assert list(refused.value.errors) == [field]
    assert meeting == planned()


def test_a_session_of_a_week_ago_can_be_entered_afterwards() -> None:
    meeting = new()
    meeting.move(NOW - timedelta(days=7), NOW - timedelta(days=7) + HOUR, by="femke", now=NOW)
    meeting.confirm_checklist(1, by="femke", now=NOW)
    assert meeting.hold(None, by="yara", now=NOW).held_at == NOW - timedelta(days=7)


def test_it_is_not_held_before_the_mentor_confirmed_the_checklist() -> None:
    meeting = planned()
    with pytest.raises(Refused, match="confirm the checklist first"):
        meeting.hold(None, by="femke", now=NOW)
    assert meeting.confirm_checklist(1, by="femke", now=NOW) == ChecklistConfirmed(
        meeting_id=meeting.id, pairing_id=ACCEPTED.pairing_id, programme_id="autumn", checklist_version=1
    )
    assert meeting.hold(None, by="femke", now=NOW) == MeetingHeld(
        meeting_id=meeting.id,
        pairing_id=ACCEPTED.pairing_id,
        programme_id="autumn",
        mentor_id="femke",
        mentee_id="yara",
        held_at=NOW - 2 * HOUR,
        minutes=60,
    )


def test_confirming_the_same_list_again_tells_nothing_and_a_new_version_does() -> None:
    meeting = checked()
    assert meeting.confirm_checklist(1, by="femke", now=NOW + HOUR) is None
    assert meeting.confirm_checklist(2, by="femke", now=NOW + HOUR) is not None


def test_the_mentee_does_not_confirm_the_checklist() -> None:
    with pytest.raises(Forbidden):
        planned().confirm_checklist(1, by="yara", now=NOW)


def test_it_is_not_held_before_it_begins_but_may_have_been_held_earlier_than_planned() -> None:
    meeting = planned(NOW + HOUR)
    meeting.confirm_checklist(1, by="femke", now=NOW)
    with pytest.raises(Refused, match="has not begun"):
        meeting.hold(None, by="femke", now=NOW)
    with pytest.raises(Refused, match="has not begun"):
        meeting.hold(NOW + timedelta(seconds=1), by="femke", now=NOW)
    with pytest.raises(Refused, match="more than a week ago"):
        meeting.hold(NOW - timedelta(days=8), by="femke", now=NOW)
    assert meeting.hold(NOW - HOUR, by="femke", now=NOW).held_at == NOW - HOUR


def test_a_missed_session_gets_a_new_time() -> None:
    meeting = planned()
    meeting.miss(by="yara", now=NOW)
    assert meeting.state == MISSED
    assert isinstance(meeting.move(NOW + HOUR, NOW + 2 * HOUR, by="yara", now=NOW), MeetingMoved)
    assert meeting.state == PLANNED


def test_a_session_to_come_is_moved_rather_than_missed() -> None:
    with pytest.raises(Refused, match="Move it"):
        planned(NOW + HOUR).miss(by="yara", now=NOW)


def test_each_side_writes_its_debrief_and_others_hear_of_it_once() -> None:
    meeting = held()
    told = meeting.write_debrief("The motor", "", "", by="yara", now=NOW)
    again = meeting.write_debrief("The gear", "", "", by="yara", now=NOW)
    other = meeting.write_debrief("", "Time", "Shorter steps", by="femke", now=NOW)
    assert told == DebriefWritten(meeting_id=meeting.id, pairing_id=ACCEPTED.pairing_id, programme_id="autumn", written_by="mentee")
    assert again is None
    assert other is not None and other.written_by == "mentor"
    assert meeting.debriefs["mentee"].important == "The gear"


def test_a_debrief_says_something_and_comes_after_the_session() -> None:
    with pytest.raises(Invalid):
        held().write_debrief("", "", "", by="yara", now=NOW)
    with pytest.raises(Refused, match="Say first that the session took place"):
        checked().write_debrief("The motor", "", "", by="yara", now=NOW)


@pytest.mark.parametrize("deed", ["hold", "miss", "write_debrief", "confirm_checklist"])
def test_nobody_else_acts_for_the_two(deed: str) -> None:
    meeting = held() if deed == "write_debrief" else checked()
    arguments = {"hold": (None,), "miss": (), "write_debrief": ("a", "b", "c"), "confirm_checklist": (1,)}[deed]
    with pytest.raises(Forbidden):
        getattr(meeting, deed)(*arguments, by="marit", now=NOW)


def test_an_erased_side_takes_her_words_along_and_ends_what_was_to_come() -> None:
    over, open_one = held(), planned(NOW + HOUR)
    over.write_debrief("The motor", "", "", by="yara", now=NOW)
    over.write_debrief("Patience", "", "", by="femke", now=NOW)
    for meeting in (over, open_one):
        meeting.forget("yara", str)
    assert (over.state, list(over.debriefs), open_one.state) == (HELD, ["mentor"], CANCELLED)
    with pytest.raises(Refused, match="one side left"):
        open_one.move(NOW + HOUR, NOW + 2 * HOUR, by="femke", now=NOW)
