"""What the JSON API shows of messages."""

from marshmallow import fields

from chassis.web.schemas import Identifier, Instant, Schema


class MessageSchema(Schema):
    """A message to the person who asks, in her language as it reads now."""

    id = Identifier()
    kind = fields.String()
    category = fields.String()
    state = fields.String(metadata={"enum": ["queued", "sent", "failed", "parked"]})
    subject = fields.String()
    paragraphs = fields.List(fields.String())
    action = fields.String()
    path = fields.String(metadata={"description": "Page of the action, without the address of the site."})
    queued_at = Instant()
    sent_at = Instant(allow_none=True)
