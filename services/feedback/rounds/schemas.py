"""What the API of rounds takes and gives."""

from marshmallow import fields, validate

from chassis.web.schemas import Boolean, Choice, Identifier, Instant, Integer, Schema, Text
from feedback.questionnaires.model import FIRST_IMPRESSIONS, HIGHEST, LONGEST_COMMENT, LOWEST, QUESTIONNAIRES
from feedback.rounds.model import CLOSED, OPEN
from ui import gettext

NAMES = sorted({key for key, _ in QUESTIONNAIRES})


class OpeningSchema(Schema):
    """Which programme is asked what, and until when (two weeks unless said otherwise)."""

    programme_id = Identifier(required=True)
    questionnaire = Choice(*NAMES, load_default=FIRST_IMPRESSIONS.key)
    closes_at = Instant(load_default=None, allow_none=True)


class AnswerSchema(Schema):
    """A rating for every statement, by its key, and a free text that may stay empty."""

    ratings = fields.Dict(keys=Text(max=40), values=Integer(min=LOWEST, max=HIGHEST), required=True, validate=validate.Length(max=50))
    comment = Text(max=LONGEST_COMMENT, lines=True, load_default="")


class QuestionSchema(Schema):
    """One question: its key, and its text in the reader's language."""

    key = Text(max=40)
    text = fields.Function(lambda question: gettext(question.text), metadata={"type": "string"})


class FigureSchema(Schema):
    """Number of answers and mean of one statement; both null when withheld."""

    question = Text(max=40)
    n = Integer(allow_none=True)
    mean = fields.Float(allow_none=True)


class RoundSchema(Schema):
    """A round. `answers`, `figures` and `comments` are for its coordinators; null or empty while, or because, they are withheld."""

    id = Identifier(attribute="round.id")
    programme_id = Identifier(attribute="round.programme_id")
    questionnaire = Choice(*NAMES, attribute="round.questionnaire")
    state = Choice(OPEN, CLOSED, attribute="round.state")
    opens_at = Instant(attribute="round.opens_at")
    closes_at = Instant(attribute="round.closes_at")
    threshold = Integer(attribute="round.threshold")
    questions = fields.List(fields.Nested(QuestionSchema), attribute="round.questions.scales")
    comment_question = fields.Nested(QuestionSchema, attribute="round.questions.comment")
    answered = Boolean(allow_none=True)
    answers = Integer(allow_none=True)
    figures = fields.List(fields.Nested(FigureSchema))
    comments = fields.List(Text(max=LONGEST_COMMENT))
