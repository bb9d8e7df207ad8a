"""What the API of programmes takes and gives."""

from typing import Any

from marshmallow import ValidationError, fields, post_load, validate

from chassis.web.schemas import Choice, Day, Identifier, Integer, Schema, Text
from pairing.country_packs.repository import countries
from pairing.people.cells import Wrong
from pairing.people.cells import time_zone as read_time_zone
from pairing.people.choices import MODELS
from pairing.people.model import SPOKEN
from pairing.programmes.model import CADENCES, CRITERIA
from pairing.programmes.stages import STATES


def check_time_zone(value: str) -> None:
    """Raises ValidationError unless this is a name of the IANA time zone database."""
    try:
        read_time_zone(value)
    except Wrong:
        raise ValidationError("This is not a time zone. Write its IANA name, like Europe/Amsterdam.") from None


def check_country(value: str) -> None:
    """Raises ValidationError unless there is a country pack of this country."""
    if value not in countries():
        raise ValidationError(f"Choose a country whose rules are on record: {', '.join(countries())}.")


class NewDatesSchema(Schema):
    """What a programme that is set up like an earlier one needs of its own."""

    name = Text(min=1, max=120, required=True)
    starts_on = Day(required=True)
    ends_on = Day(required=True)


class ProgrammeSchema(NewDatesSchema):
    """One cohort with its dates, rules and matching weights."""

    id = Identifier(dump_only=True)
    languages = fields.List(Choice(*SPOKEN), required=True, validate=validate.Length(min=1, max=len(SPOKEN)))
    time_zone = Text(max=64, required=True, validate=check_time_zone)
    country_pack = Text(max=2, validate=check_country)
    cadence = Choice(*CADENCES)
    meeting_minutes = Integer(min=15, max=240)
    respond_within_days = Integer(min=1, max=60)
    models = fields.List(Choice(*MODELS), validate=validate.Length(max=len(MODELS)))
    weights = fields.Dict(keys=Choice(*CRITERIA), values=Integer(min=0, max=10))
    minimum_fit = Integer(min=0, max=100)
    threshold = Integer(min=3, max=50)
    threshold_reason = Text(max=500, lines=True)
    keep_months = Integer(min=1, max=120)
    state = Choice(*STATES, dump_only=True)
    version = Integer(dump_only=True)

    @post_load
    def settle(self, loaded: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Each language and each model once, in order."""
        return loaded | {name: tuple(dict.fromkeys(loaded[name])) for name in ("languages", "models") if name in loaded}


class ProgrammeChangesSchema(ProgrammeSchema):
    """Those fields of a programme that change."""


class StepSchema(Schema):
    """The stage that a programme is to reach."""

    state = Choice(*STATES, required=True)
