"""What the API of pairings takes and gives."""

from typing import Any

from marshmallow import fields, validate

from chassis.web import PageArguments
from chassis.web.schemas import Choice, Identifier, Instant, Integer, Schema, Text
from contracts.pairing import ABSENCES
from pairing.pairings.life import CONCERN
from pairing.pairings.model import EARLY, ENDINGS, NO_FAULT, PLANNED, SAFEGUARDING, STATES, Pairing
from pairing.people.choices import MODELS


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
    sessions_held = Integer()
    ending_proposed_at = Instant(allow_none=True)
    fit = fields.Float(allow_none=True)
    version = Integer(dump_only=True)


class PauseSchema(Schema):
    """Why it pauses; "concern" is a matter of safeguarding."""

    reason = Choice(*ABSENCES, CONCERN, required=True)


class ModelsSchema(Schema):
    """The ways of working, the main one first."""

    models = fields.List(Choice(*MODELS), required=True, validate=validate.Length(min=1, max=len(MODELS)))


class EndSchema(Schema):
    """How it ends; for safeguarding there is a way of its own."""

    ending = Choice(PLANNED, EARLY, NO_FAULT, required=True)


class AskSchema(Schema):
    """What she wants to say to her coordinator, if anything."""

    words = Text(max=2000, lines=True, load_default="")


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
    course = {"sessions_held": pairing.course.sessions_held, "ending_proposed_at": None if own else pairing.course.ending_proposed_at}
    return {name: getattr(pairing, name) for name in KEPT} | course | hidden | said
