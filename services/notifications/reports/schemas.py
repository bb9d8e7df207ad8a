"""What the JSON API shows of reports."""

from marshmallow import fields

from chassis.web.schemas import Boolean, Identifier, Instant, Integer, Schema


class ProgrammeSchema(Schema):
    """A programme that has a report."""

    id = Identifier()
    name = fields.String()
    starts_on = fields.Date()
    ends_on = fields.Date()


class FigureSchema(Schema):
    """One figure; `n` is what it is a part of."""

    code = fields.String()
    value = Integer()
    n = Integer(allow_none=True)
    definition = fields.String(metadata={"description": "How it is counted, in the reader's language."})


class WeekSchema(Schema):
    """The sessions of one ISO week."""

    week = fields.String(metadata={"example": "2026-W48"})
    held = Integer()
    not_noted = Integer()
    to_come = Integer()


class SentSchema(Schema):
    """Messages sent of one kind in one language."""

    kind = fields.String()
    language = fields.String()
    n = Integer()


class ResultSchema(Schema):
    """One question of a feedback round; null when withheld."""

    question = fields.String()
    n = Integer(allow_none=True)
    mean = fields.Float(allow_none=True)
    withheld = fields.Function(lambda result: result.mean is None, metadata={"type": "boolean"})


class RoundSchema(Schema):
    """A feedback round; `answers` is null while it is open and when withheld."""

    id = Identifier()
    questionnaire = fields.String()
    audience = fields.String()
    closes_at = Instant()
    closed = Boolean()
    answers = Integer(allow_none=True)
    threshold = Integer()
    results = fields.List(fields.Nested(ResultSchema))


class ReportSchema(Schema):
    """All figures of a programme at one moment."""

    programme_id = Identifier()
    programme = fields.String()
    time_zone = fields.String(metadata={"description": "IANA name of the zone in which weeks are counted."})
    computed_at = Instant()
    figures = fields.List(fields.Nested(FigureSchema))
    weeks = fields.List(fields.Nested(WeekSchema))
    messages = fields.List(fields.Nested(SentSchema))
    rounds = fields.List(fields.Nested(RoundSchema))
