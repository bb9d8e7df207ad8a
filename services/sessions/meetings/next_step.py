"""What one side should do next about a session; the page, the list and the coordinator's overview ask this one place."""

from datetime import datetime

from sessions.meetings.model import CANCELLED, HELD, MENTOR, MISSED, TO_PLAN, Meeting
from ui.language import mark

CHOOSE_TIME, CONFIRM, AWAIT_MENTOR, LOOK_FORWARD, LOG, DEBRIEF, NOTHING = (
    "choose_time",
    "confirm",
    "await_mentor",
    "look_forward",
    "log",
    "debrief",
    "nothing",
)

DEEDS = {
    CHOOSE_TIME: mark("Choose a time"),
    CONFIRM: mark("Go through the checklist"),
    LOG: mark("Say whether it took place"),
    DEBRIEF: mark("Look back on it"),
}
"""What to do in words (message ids); the other steps ask nothing."""


def next_step(meeting: Meeting, side: str, now: datetime) -> str:
    """The next step for "mentor" or "mentee"; there is none while its pairing is paused or when it has ended."""
    if meeting.stopped:
        return NOTHING
    if meeting.state in (TO_PLAN, MISSED):
        return CHOOSE_TIME
    if meeting.state == CANCELLED:
        return NOTHING
    if meeting.state == HELD:
        return NOTHING if side in meeting.debriefs else DEBRIEF
    begun = meeting.starts_at is not None and meeting.starts_at <= now
    if meeting.checklist is None:
        return CONFIRM if side == MENTOR else AWAIT_MENTOR if begun else LOOK_FORWARD
    return LOG if begun else LOOK_FORWARD
