"""What the API of pairings takes and gives."""

from typing import Any

from marshmallow import fields

from chassis.web import PageArguments
from chassis.web.schemas import Choice, Identifier, Instant, Integer, Schema, Text
from pairing.pairings.model import ENDINGS, SAFEGUARDING, STATES, Pairing


class WindowSchema(Schema):
    """A stretch of time in which both are free, in the programme's first whole week."""

    starts_at = Instant()
    ends_at = Instant()


class PairingSchema(Schema):
    """A pairing of two people or of a group. A participant sees of the answers only her own, and no figures."""

    id = Identifier(dump_only=True)
    programme_id = Identifier()
    run_id = Identifier(allow_none=True)
    mentor_ids = fields.List(Identifier())
    mentee_ids = fields.List(Identifier())
    is_group = fields.Boolean()
    state = Choice(*STATES)
    models = fields.List(Text(max=40))
    format = Text(max=40)
    interests = fields.List(Text(max=40))
    languages = fields.List(Text(max=10))
    free_together = fields.List(fields.Nested(WindowSchema))
    proposed_at = Instant()
    respond_by = Instant()
    accepted_by = fields.List(Identifier())
    declined_by = fields.List(Identifier())
    paused_for = fields.List(Text(max=40))
    ending = Choice("", *ENDINGS)
    closes_at = Instant(allow_none=True)
    ended_at = Instant(allow_none=True)
    fit = fields.Float(allow_none=True)
    version = Integer(dump_only=True)


class PairingArguments(PageArguments):
    """Which pairings to list."""

    programme_id = Identifier(load_default=None)
    state = Choice(*STATES, load_default="")


KEPT = (
    "id", "programme_id", "mentor_ids", "mentee_ids", "is_group", "state", "models", "format", "interests", "languages", "free_together",
    "proposed_at", "respond_by", "fit", "run_id", "paused_for", "ending", "closes_at", "ended_at", "version",
)  # fmt: skip
OF_COORDINATORS = {"fit": None, "run_id": None, "paused_for": ()}


def shown(pairing: Pairing, reader_id: str) -> dict[str, Any]:
    """The pairing as one of its people may see it, or as anybody else with access: a coordinator."""
    own = reader_id in pairing.members
    hidden = OF_COORDINATORS | ({"ending": ""} if pairing.ending == SAFEGUARDING else {}) if own else {}
    said = {
        name: [id for id in getattr(pairing, field) if not own or id == reader_id]
        for name, field in (("accepted_by", "accepted"), ("declined_by", "declined"))
    }
    return {name: getattr(pairing, name) for name in KEPT} | hidden | said
