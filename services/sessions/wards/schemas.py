"""What the API gives of a guardian's schedule."""

from marshmallow import fields

from chassis.web.schemas import Choice, Identifier, Instant, Schema, Text
from sessions.meetings.model import STATES


class AppointmentSchema(Schema):
    """When a ward meets, how, and with whom."""

    ward_id = Identifier()
    ward = Text(max=200)
    mentor = Text(max=401)
    format = Text(max=20)
    state = Choice(*STATES)
    starts_at = Instant(allow_none=True)
    ends_at = Instant(allow_none=True)


class ScheduleSchema(Schema):
    """The sessions of all wards, the latest first."""

    items = fields.List(fields.Nested(AppointmentSchema))
