"""Each side is told one next step in every state."""

from datetime import UTC, datetime, timedelta

import pytest

from sessions.meetings.model import Meeting
from sessions.meetings.next_step import DEEDS, next_step
from sessions.meetings.records import Confirmation, Debrief

NOW = datetime(2026, 11, 10, 12, tzinfo=UTC)
CONFIRMED, WORDS = Confirmation(1, NOW), Debrief("a", "b", "c", NOW)


def meeting(state: str, hours: int | None = None, **more: object) -> Meeting:
    starts_at = None if hours is None else NOW + timedelta(hours=hours)
    made = Meeting("m", "p", "autumn", "femke", "yara", "online", 1, state, starts_at, starts_at)
    for name, value in more.items():
        setattr(made, name, value)
    return made


@pytest.mark.parametrize(
    ("found", "mentor", "mentee"),
    [
        (meeting("to_plan"), "choose_time", "choose_time"),
        (meeting("missed", -2), "choose_time", "choose_time"),
        (meeting("planned", 2), "confirm", "look_forward"),
        (meeting("planned", -2), "confirm", "await_mentor"),
        (meeting("planned", 2, checklist=CONFIRMED), "look_forward", "look_forward"),
        (meeting("planned", -2, checklist=CONFIRMED), "log", "log"),
        (meeting("held", -2, checklist=CONFIRMED), "debrief", "debrief"),
        (meeting("held", -2, debriefs={"mentee": WORDS}), "debrief", "nothing"),
        (meeting("cancelled", 2), "nothing", "nothing"),
    ],
)
def test_next_step(found: Meeting, mentor: str, mentee: str) -> None:
    assert next_step(found, "mentor", NOW) == mentor
    assert next_step(found, "mentee", NOW) == mentee


def test_every_step_that_asks_something_has_words() -> None:
    assert set(DEEDS) == {"choose_time", "confirm", "log", "debrief"}
