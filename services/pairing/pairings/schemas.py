"""What the API of pairings takes and gives."""

from typing import Any

from marshmallow import fields

from chassis.web import PageArguments
from chassis.web.schemas import Choice, Identifier, Instant, Integer, Schema, Text
from pairing.pairings.model import SIDES, STATES, Pairing


class WindowSchema(Schema):
    """A stretch of time in which both are free, in the programme's first whole week."""

    starts_at = Instant()
    ends_at = Instant()


class PairingSchema(Schema):
    """A pairing. A participant sees of the answers only her own, and no figures."""

    id = Identifier(dump_only=True)
    programme_id = Identifier()
    run_id = Identifier(allow_none=True)
    mentor_id = Identifier()
    mentee_id = Identifier()
    state = Choice(*STATES)
    model = Text(max=40)
    format = Text(max=40)
    interests = fields.List(Text(max=40))
    languages = fields.List(Text(max=10))
    free_together = fields.List(fields.Nested(WindowSchema))
    proposed_at = Instant()
    respond_by = Instant()
    accepted_by = fields.List(Choice(*SIDES))
    declined_by = Choice(*SIDES, allow_none=True)
    fit = fields.Float(allow_none=True)
    version = Integer(dump_only=True)


class PairingArguments(PageArguments):
    """Which pairings to list."""

    programme_id = Identifier(load_default=None)
    state = Choice(*STATES, load_default="")


def shown(pairing: Pairing, reader_id: str) -> dict[str, Any]:
    """The pairing as one of its sides may see it, or as anybody else with access: a coordinator."""
    sides = SIDES if reader_id not in (pairing.mentor_id, pairing.mentee_id) else (pairing.side_of(reader_id),)
    hidden = {"fit": None, "run_id": None} if len(sides) == 1 else {}
    kept = ("id", "programme_id", "mentor_id", "mentee_id", "state", "model", "format", "interests", "languages", "free_together")
    return {
        **{name: getattr(pairing, name) for name in (*kept, "proposed_at", "respond_by", "fit", "run_id", "version")},
        **hidden,
        "accepted_by": [side for side in sides if pairing.accepted_at(side)],
        "declined_by": pairing.declined_by if pairing.declined_by in sides else None,
    }
