"""What a form or the API may fill into an agreement, and what they show of it."""

from collections.abc import Iterable
from typing import Any

from marshmallow import fields

from chassis.web.schemas import Boolean, Choice, Identifier, Instant, Integer, Schema, Text
from pairing.agreements.template import questions_of

LONGEST = 500


class SignatureSchema(Schema):
    """A signature: of which member, or as whose guardian, when, and in which language it was read."""

    place_of = Identifier()
    as_guardian = Boolean()
    at = Instant()
    language = Text(max=10)


class AgreementSchema(Schema):
    """The latest version; `answers` by the keys of the questions, choices as codes; `unsigned` is how many still have to sign."""

    pairing_id = Identifier()
    number = Integer()
    written_at = Instant()
    answers = fields.Dict(keys=Text(max=40), values=Text(max=LONGEST))
    signatures = fields.List(fields.Nested(SignatureSchema))
    unsigned = Integer()


class NewVersionSchema(Schema):
    """A new wording, for who read version `based_on` (0: none); what is left out stays open."""

    based_on = Integer(min=0, required=True)
    answers = fields.Dict(keys=Text(max=40), values=fields.String(), required=True)


class SigningSchema(Schema):
    """Which version is signed."""

    number = Integer(min=1, required=True)


def answers_schema(models: Iterable[str]) -> Schema:
    """The schema of the answers for these models: codes of choices, or own words; each may be left open."""
    made: dict[str, Any] = {}
    for key, question in questions_of(models).items():
        made[key] = Choice("", *question.choices, load_default="") if question.choices else Text(max=LONGEST, lines=True, load_default="")
    return Schema.from_dict(made, name="AnswersSchema")()  # type: ignore[return-value]
