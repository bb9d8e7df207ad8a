"""What the API of match runs takes and gives."""

from marshmallow import fields

from chassis.web import PageArguments
from chassis.web.schemas import Choice, Identifier, Instant, Integer, Schema, Text
from pairing.matching.model import NOBODY_LEFT_OUT, OBJECTIVES, STATES
from pairing.pairings.schemas import WindowSchema


class ReasonSchema(Schema):
    """One thing to say, by its code."""

    code = Text(max=40)
    words = fields.List(Text(max=200))
    count = Integer()
    windows = fields.List(fields.Nested(WindowSchema))


class AlternativeSchema(Schema):
    """Another mentor who would be allowed; `taken` when all her places went to others."""

    mentor_id = Identifier()
    score = fields.Float()
    taken = fields.Boolean()


class ProposalSchema(Schema):
    """One proposed pair; `parts` are points of 100 and add up to `score`."""

    mentor_id = Identifier()
    mentee_id = Identifier()
    score = fields.Float()
    parts = fields.Dict(keys=Text(max=40), values=fields.Float())
    reasons = fields.List(fields.Nested(ReasonSchema))
    alternatives = fields.List(fields.Nested(AlternativeSchema))


class UnmatchedSchema(Schema):
    """A mentee without a mentor, and what stands in the way."""

    mentee_id = Identifier()
    reasons = fields.List(fields.Nested(ReasonSchema))


class FiguresSchema(Schema):
    """The proposal in numbers; fits are of 100."""

    pairs = Integer()
    mentees = Integer()
    mean_fit = fields.Float(allow_none=True)
    worst_off = fields.Float(allow_none=True)
    country_gap = fields.Float(allow_none=True)


class MatchRunSummarySchema(Schema):
    """A match run without its pairs."""

    id = Identifier(dump_only=True)
    programme_id = Identifier()
    number = Integer()
    objective = Choice(*OBJECTIVES)
    weights = fields.Dict(keys=Text(max=40), values=Integer())
    seed = Integer()
    state = Choice(*STATES)
    made_at = Instant()
    published_at = Instant(allow_none=True)
    figures = fields.Nested(FiguresSchema)
    version = Integer(dump_only=True)


class MatchRunSchema(MatchRunSummarySchema):
    """A match run with every pair and every mentee left out, explained."""

    proposals = fields.List(fields.Nested(ProposalSchema))
    unmatched = fields.List(fields.Nested(UnmatchedSchema))


class ComputeSchema(Schema):
    """For which programme to compute, and what is best."""

    programme_id = Identifier(required=True)
    objective = Choice(*OBJECTIVES, load_default=NOBODY_LEFT_OUT)


class MatchRunArguments(PageArguments):
    """Of which programme; without one, of all that the caller runs."""

    programme_id = Identifier(load_default=None)
