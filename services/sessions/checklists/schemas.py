"""What the API of checklists gives."""

from marshmallow import fields

from chassis.web.schemas import Integer, Schema, Text
from ui import gettext


class ItemSchema(Schema):
    """One thing to confirm: its key, and its text in the reader's language."""

    key = Text(max=40)
    text = fields.Function(lambda item: gettext(item.text), metadata={"type": "string"})


class ChecklistSchema(Schema):
    """One version of the checklist."""

    version = Integer()
    items = fields.List(fields.Nested(ItemSchema))
