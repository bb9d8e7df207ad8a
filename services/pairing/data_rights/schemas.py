"""What the API of data rights takes and gives."""

from typing import Any

from marshmallow import fields

from chassis.web.schemas import Boolean, Choice, Identifier, Instant, Integer, Schema, Text
from contracts.topics import SERVICES
from pairing.data_rights import erasure, model
from pairing.data_rights.erasure import Erasure
from pairing.data_rights.model import ANSWERED, LATE, WAITED_FOR, Export

PROGRESS = {"type": "object", "properties": {service: {"enum": [ANSWERED, WAITED_FOR, LATE]} for service in SERVICES}}


class ExportSchema(Schema):
    """A copy that was asked for, and how far it is; the copy itself is for its reader alone."""

    id = Identifier(dump_only=True)
    person_id = Identifier()
    state = Choice(*model.STATES)
    asked_at = Instant()
    answer_by = Instant()
    expires_at = Instant()
    lawful_until = Instant()
    progress = fields.Function(lambda export: export.progress(), metadata=PROGRESS)


class ErasureArguments(Schema):
    """Whether to erase at once (only the person herself), instead of in three days."""

    at_once = Boolean(load_default=False)


class CountSchema(Schema):
    """A kind of thing that was erased, and how many."""

    kind = Text(max=60)
    number = Integer()


class KeptSchema(Schema):
    """A kind of thing that stays, and the code of the reason."""

    kind = Text(max=60)
    why = Text(max=60)


class ErasureAnswerSchema(Schema):
    """What one service erased and what it keeps."""

    erased = fields.List(fields.Nested(CountSchema))
    kept = fields.List(fields.Nested(KeptSchema))
    at = Instant()


class ErasureSchema(Schema):
    """An erasure, and what each service answered; it names nobody."""

    id = Identifier(dump_only=True)
    state = Choice(*erasure.STATES)
    because = Choice(*erasure.BECAUSE)
    asked_at = Instant()
    due_at = Instant()
    lawful_until = Instant()
    erased_at = Instant(allow_none=True)
    ended_at = Instant(allow_none=True)
    answers = fields.Dict(keys=Choice(*SERVICES), values=fields.Nested(ErasureAnswerSchema))


class DataRequestSchema(Schema):
    """A request about a participant, by when the law wants it answered, and which services have not answered."""

    id = Identifier()
    kind = Choice("copy", "erasure")
    person_id = Identifier()
    state = Text(max=20)
    asked_at = Instant()
    lawful_until = Instant()
    late = fields.List(Choice(*SERVICES))


class DataRequestsSchema(Schema):
    """The requests of a programme, the newest first."""

    items = fields.List(fields.Nested(DataRequestSchema))


def listed(request: Export | Erasure, now: Any) -> dict[str, Any]:
    """One row of the list."""
    progress = request.progress() if isinstance(request, Export) else request.progress(now)
    kept = {name: getattr(request, name) for name in ("id", "person_id", "asked_at", "lawful_until")}
    kind, state = ("copy", request.state) if isinstance(request, Export) else ("erasure", request.state_at(now))
    return {**kept, "kind": kind, "state": state, "late": [service for service, state in progress.items() if state == LATE]}


def certificate(found: Erasure) -> dict[str, Any]:
    """The certificate as data: what each service erased and keeps, when; no person."""
    shown: dict[str, Any] = ErasureSchema().dump(found)
    return shown
