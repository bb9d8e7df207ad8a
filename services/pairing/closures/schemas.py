"""What the API of closures takes and gives."""

from marshmallow import fields

from chassis.web.schemas import Boolean, Identifier, Instant, Integer, Schema, Text
from pairing.closures.model import QUESTIONS

LONGEST = 2000
Answers = Schema.from_dict({key: Text(max=LONGEST, lines=True, load_default="") for key in QUESTIONS}, name="Answers")


class LookBackSchema(Schema):
    """Answers by key of question, at least one; `shared` lets the others of the pairing read them."""

    answers = fields.Nested(Answers, required=True)
    shared = Boolean(load_default=False)


class WrittenSchema(Schema):
    """What one person wrote."""

    person_id = Identifier()
    questions = Integer()
    answers = fields.Dict(keys=Text(max=40), values=Text(max=LONGEST, lines=True))
    shared = Boolean()
    written_at = Instant()


class ClosureSchema(Schema):
    """How a pairing is looked back on: until when, the reader's own words, and those of others who share theirs."""

    open = Boolean()
    closes_at = Instant(allow_none=True)
    mine = fields.Nested(WrittenSchema, allow_none=True)
    others = fields.List(fields.Nested(WrittenSchema))
    certificate = Boolean()
