"""What the API of programmes takes and gives."""

from typing import Any

from marshmallow import ValidationError, fields, post_load, validate

from chassis.web.schemas import Choice, Day, Identifier, Integer, Schema, Text
from pairing.people.cells import Wrong
from pairing.people.cells import time_zone as read_time_zone
from pairing.people.model import SPOKEN
from pairing.programmes.model import CADENCES, CRITERIA


def check_time_zone(value: str) -> None:
    """Raises ValidationError unless this is a name of the IANA time zone database."""
    try:
        read_time_zone(value)
    except Wrong:
        raise ValidationError("This is not a time zone. Write its IANA name, like Europe/Amsterdam.") from None


class ProgrammeSchema(Schema):
    """One cohort with its dates, defaults and matching weights."""

    id = Identifier(dump_only=True)
    name = Text(min=1, max=120, required=True)
    starts_on = Day(required=True)
    ends_on = Day(required=True)
    languages = fields.List(Choice(*SPOKEN), required=True, validate=validate.Length(min=1, max=len(SPOKEN)))
    time_zone = Text(max=64, required=True, validate=check_time_zone)
    cadence = Choice(*CADENCES)
    meeting_minutes = Integer(min=15, max=240)
    respond_within_days = Integer(min=1, max=60)
    weights = fields.Dict(keys=Choice(*CRITERIA), values=Integer(min=0, max=10))
    threshold = Integer(min=3, max=50)
    version = Integer(dump_only=True)

    @post_load
    def settle(self, loaded: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Each language once, in order."""
        return loaded | ({"languages": tuple(dict.fromkeys(loaded["languages"]))} if "languages" in loaded else {})


class ProgrammeChangesSchema(ProgrammeSchema):
    """Those fields of a programme that change."""
