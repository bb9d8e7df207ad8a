"""What pages and API take of a concern, and what its raiser gets to see."""

from marshmallow import fields

from chassis.web.schemas import Boolean, Choice, Identifier, Instant, Schema, Text
from pairing.concerns.model import STATES
from ui.language import mark

LONGEST = 5_000
LONGEST_REACH = 300
LONGEST_NAME = 200
WRONG = {
    "words": mark("Say in a few words what happened, in at most 5,000 characters."),
    "about_id": mark("Choose from the list, or leave it open."),
    "programme_id": mark("Choose from the list, or leave it open."),
    "reach": mark("Say in one line of at most 300 characters how we may reach you."),
}
"""What the forms say about a field that needs another look."""


class ConcernSchema(Schema):
    """A concern as somebody raises it; `about_id` is one of the people whom the form offers."""

    words = Text(min=1, max=LONGEST, lines=True, required=True)
    about_id = Identifier(load_default="")
    reach = Text(max=LONGEST_REACH, load_default="")
    urgent = Boolean(load_default=False)


class WordsSchema(Schema):
    """What a lead writes: a note, a message or an outcome."""

    words = Text(min=1, max=LONGEST, lines=True, required=True)


class NameSchema(Schema):
    """By whose name a lead looks for a pairing."""

    name = Text(min=1, max=LONGEST_NAME, required=True)


class AnswerSchema(Schema):
    """A message to the raiser."""

    at = Instant()
    words = Text(max=LONGEST)


class OwnConcernSchema(Schema):
    """A concern as its raiser follows it; what was said in it is not shown again."""

    id = Identifier()
    raised_at = Instant()
    urgent = Boolean()
    state = Choice(*STATES)
    waits_for_lead = Boolean()
    answers = fields.List(fields.Nested(AnswerSchema))
