"""What the API of locks, exclusions and trials takes and gives."""

from marshmallow import fields

from chassis.web.schemas import Identifier, Instant, Integer, Schema, Text

REASON_LENGTH = 300


class PairSchema(Schema):
    """A mentor and a mentee."""

    mentor_id = Identifier(required=True)
    mentee_id = Identifier(required=True)


class ExclusionSchema(PairSchema):
    """A pair never to make, and why, for the record."""

    reason = Text(min=1, max=REASON_LENGTH, required=True)


class LockShownSchema(PairSchema):
    """A lock: who set it and when, and whether the pair was made by hand."""

    by = Identifier()
    at = Instant()
    by_hand = fields.Boolean()


class ExclusionShownSchema(ExclusionSchema):
    """An exclusion: who laid it down and when."""

    by = Identifier()
    at = Instant()


class MatchSetupSchema(Schema):
    """The locks and exclusions of a programme, under its id."""

    id = Identifier(dump_only=True)
    locks = fields.List(fields.Nested(LockShownSchema))
    exclusions = fields.List(fields.Nested(ExclusionShownSchema))


class MoveSchema(Schema):
    """A mentee for whom something changes; an empty id is no mentor."""

    mentee_id = Text(max=36)
    before = Text(max=36)
    after = Text(max=36)


class CostSchema(Schema):
    """What a pair made by hand does to the whole, with it less without it: pairs, points of the worst-off pair, points in all."""

    pairs = Integer()
    worst_off = fields.Float()
    total = fields.Float()
    moves = fields.List(fields.Nested(MoveSchema))


class PlanSchema(Schema):
    """A way to pair everybody, in figures; fits are of 100, gaps None where groups are too small to compare."""

    pairs = Integer()
    mean_fit = fields.Float(allow_none=True)
    worst_off = fields.Float(allow_none=True)
    total = fields.Float()
    gaps = fields.Dict(keys=Text(max=40), values=fields.Float(allow_none=True))


class TrialSchema(Schema):
    """A run beside what other terms would give; `by_old_weights` measures the same pairs as the run was measured."""

    now = fields.Nested(PlanSchema)
    then = fields.Nested(PlanSchema)
    by_old_weights = fields.Nested(PlanSchema)
    moves = fields.List(fields.Nested(MoveSchema))
