"""What the API of consents takes and gives."""

from marshmallow import fields

from chassis.web.schemas import Choice, Day, Identifier, Instant, Integer, Schema, Text
from pairing.consents.model import KINDS


class ConsentSchema(Schema):
    """One record; `given_role` and `withdrawn_role` are person, guardian or staff."""

    id = Identifier(dump_only=True)
    person_id = Identifier(dump_only=True)
    kind = Choice(*KINDS)
    text_version = Integer()
    language = Text(max=10)
    given_role = Text(max=20)
    given_on = Day()
    way = Text(max=20)
    recorded_at = Instant()
    withdrawn_at = Instant(allow_none=True)
    withdrawn_role = Text(max=20)


class ConsentsSchema(Schema):
    """Everything recorded for a person, the newest first."""

    items = fields.List(fields.Nested(ConsentSchema))


class KindSchema(Schema):
    """Which of the two it is about."""

    kind = Choice(*KINDS, required=True)


class PaperSchema(KindSchema):
    """What was signed on paper, and on which day."""

    on = Day(required=True)


class RequestSchema(Schema):
    """A guardian was asked; the link works until `expires_at`."""

    id = Identifier(dump_only=True)
    asked_at = Instant()
    expires_at = Instant()
