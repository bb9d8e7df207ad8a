"""What the API of sessions takes and gives."""

from typing import Any

from marshmallow import fields, validate

from chassis.web import PageArguments, principal
from chassis.web.schemas import Choice, Identifier, Instant, Integer, Schema, Text
from sessions.meetings.model import SIDES, STATES, Meeting

LONGEST_TEXT = 2_000


class ListArguments(PageArguments):
    """Own sessions, or with `programme_id` those of a programme that the caller coordinates."""

    programme_id = Identifier(load_default=None)


class TimeSchema(Schema):
    """A time for a session."""

    starts_at = Instant(required=True)
    ends_at = Instant(required=True)


class ConfirmationSchema(Schema):
    """The checklist gone through: its version and the keys of its items."""

    version = Integer(required=True, min=1, max=10_000)
    items = fields.List(Text(max=40), required=True, validate=validate.Length(max=50))


class HeldSchema(Schema):
    """When it took place, if not as planned."""

    held_at = Instant(load_default=None, allow_none=True)


class DebriefSchema(Schema):
    """What was most important, what was a challenge, how it was tackled; at least one of them."""

    important = Text(max=LONGEST_TEXT, lines=True, load_default="")
    challenge = Text(max=LONGEST_TEXT, lines=True, load_default="")
    tackled = Text(max=LONGEST_TEXT, lines=True, load_default="")


class ConfirmedSchema(Schema):
    """Which version of the checklist was confirmed, and when."""

    checklist_version = Integer()
    confirmed_at = Instant()


class MeetingSchema(Schema):
    """A session. `debriefs` is there for the two sides alone; everybody else learns only who wrote one."""

    id = Identifier()
    pairing_id = Identifier()
    programme_id = Identifier()
    mentor_id = Identifier()
    mentee_id = Identifier()
    format = Text(max=20)
    number = Integer()
    state = Choice(*STATES)
    starts_at = Instant(allow_none=True)
    ends_at = Instant(allow_none=True)
    held_at = Instant(allow_none=True)
    sequence = Integer()
    stopped = Text(max=40)
    checklist = fields.Nested(ConfirmedSchema, allow_none=True)
    debriefs_written = fields.Function(lambda meeting: sorted(meeting.debriefs), metadata={"type": "array", "items": {"enum": list(SIDES)}})
    debriefs = fields.Method("debriefs_for_reader", metadata={"type": "object"})
    version = Integer()

    def debriefs_for_reader(self, meeting: Meeting) -> dict[str, Any]:
        """What the two sides wrote, for each other; empty for everybody else."""
        if principal().id not in (meeting.mentor_id, meeting.mentee_id):
            return {}
        shown = DebriefSchema()
        return {side: shown.dump(debrief) for side, debrief in meeting.debriefs.items()}
