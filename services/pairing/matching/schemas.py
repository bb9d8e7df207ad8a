"""What the API of match runs takes and gives."""

from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from chassis.web import PageArguments
from chassis.web.schemas import Boolean, Choice, Identifier, Instant, Integer, Schema, Text
from pairing.matching.grouping import LARGEST, SMALLEST
from pairing.matching.model import NOBODY_LEFT_OUT, OBJECTIVES, ORIGINS, SLICES, STATES
from pairing.pairings.schemas import WindowSchema
from pairing.programmes.model import CRITERIA


class ReasonSchema(Schema):
    """One thing to say, by its code."""

    code = Text(max=40)
    words = fields.List(Text(max=200))
    count = Integer()
    windows = fields.List(fields.Nested(WindowSchema))


class AlternativeSchema(Schema):
    """Another mentor who would be allowed, and why it is not she; `taken` when all her places went to others."""

    mentor_id = Identifier()
    score = fields.Float()
    taken = fields.Boolean()
    why = fields.Nested(ReasonSchema)


class ProposalSchema(Schema):
    """One proposed pair; `parts` are points of 100 and add up to `score`."""

    mentor_id = Identifier()
    mentee_id = Identifier()
    score = fields.Float()
    locked = fields.Boolean()
    parts = fields.Dict(keys=Text(max=40), values=fields.Float())
    reasons = fields.List(fields.Nested(ReasonSchema))
    alternatives = fields.List(fields.Nested(AlternativeSchema))


class UnmatchedSchema(Schema):
    """A mentee without a mentor, and what stands in the way."""

    mentee_id = Identifier()
    reasons = fields.List(fields.Nested(ReasonSchema))


class IdleSchema(Schema):
    """A mentor without a mentee, and what stands in the way."""

    mentor_id = Identifier()
    reasons = fields.List(fields.Nested(ReasonSchema))


class GroupSchema(Schema):
    """One proposed group: fit and evenness of 100, and what all of it share."""

    mentor_ids = fields.List(Identifier())
    mentee_ids = fields.List(Identifier())
    score = fields.Float()
    balance = fields.Float()
    languages = fields.List(Text(max=10))
    town = Text(max=200)
    windows = fields.List(fields.Nested(WindowSchema))
    fields_ = fields.Dict(keys=Text(max=40), values=Integer(), attribute="fields", data_key="fields")
    levels = fields.Dict(keys=Text(max=40), values=Integer())


class SliceSchema(Schema):
    """How one group of mentees came off; few mentees allow no conclusion."""

    by = Choice(*SLICES)
    group = Text(max=40)
    mentees = Integer()
    paired = Integer()
    mean_fit = fields.Float(allow_none=True)


class LostPairSchema(Schema):
    """A pair that came to nothing, and the rule that forbids it: a lock that could not be kept, a proposal that could not be sent."""

    mentor_id = Identifier()
    mentee_id = Identifier()
    rule = Text(max=40)


class FiguresSchema(Schema):
    """The proposal in numbers; fits are of 100."""

    pairs = Integer()
    mentees = Integer()
    mean_fit = fields.Float(allow_none=True)
    worst_off = fields.Float(allow_none=True)
    country_gap = fields.Float(allow_none=True)
    without_time = Integer()


class MatchRunSummarySchema(Schema):
    """A match run without its pairs."""

    id = Identifier(dump_only=True)
    programme_id = Identifier()
    number = Integer()
    objective = Choice(*OBJECTIVES)
    weights = fields.Dict(keys=Text(max=40), values=Integer())
    minimum = Integer()
    seed = Integer()
    origin = Choice(*ORIGINS)
    state = Choice(*STATES)
    made_at = Instant()
    published_at = Instant(allow_none=True)
    sent = Integer()
    figures = fields.Nested(FiguresSchema)
    version = Integer(dump_only=True)


class MatchRunSchema(MatchRunSummarySchema):
    """A match run with its groups, its fairness, and the first hundred pairs (weakest fit first), mentees and mentors left out, explained.

    More of them are under `/pairs`, `/unmatched` and `/idle` of the run.
    """

    proposals = fields.List(fields.Nested(ProposalSchema))
    unmatched = fields.List(fields.Nested(UnmatchedSchema))
    idle = fields.List(fields.Nested(IdleSchema))
    groups = fields.List(fields.Nested(GroupSchema))
    finished = fields.Boolean()
    fairness = fields.List(fields.Nested(SliceSchema))
    lost_locks = fields.List(fields.Nested(LostPairSchema))
    not_sent = fields.List(fields.Nested(LostPairSchema))


class GroupsWantedSchema(Schema):
    """Mentees in a group, from and to; of those who like to learn in a group, or of everybody who waits."""

    smallest = Integer(min=SMALLEST, max=LARGEST, load_default=3)
    largest = Integer(min=SMALLEST, max=LARGEST, load_default=6)
    everybody = Boolean(load_default=False)

    @validates_schema
    def check_sizes(self, wanted: dict[str, Any], **_: Any) -> None:
        """Raises ValidationError unless the sizes are in order."""
        if wanted["smallest"] > wanted["largest"]:
            raise ValidationError({"largest": ["Give the larger number of mentees here."]})


class ComputeSchema(Schema):
    """For which programme to compute, and what is best; `minimum` is a fit of 100, the programme's own if left out. Or groups."""

    programme_id = Identifier(required=True)
    objective = Choice(*OBJECTIVES, load_default=NOBODY_LEFT_OUT)
    minimum = Integer(min=0, max=100, load_default=None)
    groups = fields.Nested(GroupsWantedSchema, load_default=None)


class ComputedLaterSchema(Schema):
    """For which programme a run is computed meanwhile."""

    programme_id = Identifier()


class WhatIfSchema(Schema):
    """Terms to try beside a run; what is left out is as in the run."""

    run_id = Identifier(required=True)
    objective = Choice(*OBJECTIVES, load_default=None)
    minimum = Integer(min=0, max=100, load_default=None)
    weights = fields.Dict(keys=Choice(*CRITERIA), values=Integer(min=0, max=10), load_default=dict)


class SubstituteSchema(Schema):
    """A mentor who could stand in, with her fit of 100."""

    mentor_id = Identifier()
    score = fields.Float()


class SubstituteWantedSchema(Schema):
    """Whom to propose."""

    mentor_id = Identifier(required=True)


class MatchRunArguments(PageArguments):
    """Of which programme; without one, of all that the caller runs."""

    programme_id = Identifier(load_default=None)
