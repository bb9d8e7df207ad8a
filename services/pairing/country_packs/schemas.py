"""What a country pack must look like: every field there, every fact with its source, no value that contradicts another."""

from typing import Any

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from chassis.web.schemas import Boolean, Choice, Day, Integer, Schema, Text
from pairing.country_packs.model import HOUSE_DEFAULT, NOTES, CountryPack, Fact, VettingRule
from pairing.people.cells import Wrong, time_zone
from pairing.people.choices import VETTING_TYPES
from pairing.people.model import SPOKEN


class FactSchema(Schema):
    """A value, whether it is confirmed, and where it comes from; each kind of fact adds its `value`."""

    confirmed = Boolean(required=True)
    source = Text(min=1, max=300, required=True)

    @validates_schema
    def known_source(self, loaded: dict[str, Any], **_: Any) -> None:
        """What the house chose itself is confirmed by nobody."""
        if loaded["confirmed"] and loaded["source"] == HOUSE_DEFAULT:
            raise ValidationError("Our own default cannot be confirmed. Name the law or guidance, or write confirmed: false.", "confirmed")

    @post_load
    def made(self, loaded: dict[str, Any], **_: Any) -> Fact[Any]:
        """The fact."""
        return Fact(**loaded)


class YearsSchema(FactSchema):
    """An age in completed years."""

    value = Integer(min=1, max=120, required=True)


class PeopleSchema(FactSchema):
    """A number of people."""

    value = Integer(min=1, max=20, required=True)


class LanguageSchema(FactSchema):
    """One of the languages that the pages are written in."""

    value = Choice(*SPOKEN, required=True)


def check_zone(value: str) -> None:
    """Raises ValidationError unless this is a name of the IANA time zone database."""
    try:
        time_zone(value)
    except Wrong:
        raise ValidationError("Write the IANA name of a time zone, like Europe/Amsterdam.") from None


class ZoneSchema(FactSchema):
    """A time zone."""

    value = Text(max=64, required=True, validate=check_zone)


class VettingRuleSchema(Schema):
    """Which checks count, and for how long."""

    types = fields.List(Choice(*VETTING_TYPES), required=True, validate=validate.Length(min=1))
    renewal_months = Integer(min=1, max=120, required=True, allow_none=True)
    note = Choice(*NOTES, required=True)

    @post_load
    def made(self, loaded: dict[str, Any], **_: Any) -> VettingRule:
        """The rule."""
        return VettingRule(**loaded | {"types": tuple(loaded["types"])})


class VettingSchema(FactSchema):
    """The rule about background checks."""

    value = fields.Nested(VettingRuleSchema, required=True)


class VersionSchema(Schema):
    """One version of a country's pack."""

    valid_from = Day(required=True)
    digital_consent_age = fields.Nested(YearsSchema, required=True)
    majority_age = fields.Nested(YearsSchema, required=True)
    vetting = fields.Nested(VettingSchema, required=True)
    mentor_minimum_age = fields.Nested(YearsSchema, required=True)
    mentee_minimum_age = fields.Nested(YearsSchema, required=True)
    mentee_maximum_age = fields.Nested(YearsSchema, required=True)
    adults_per_group = fields.Nested(PeopleSchema, required=True)
    language = fields.Nested(LanguageSchema, required=True)
    time_zone = fields.Nested(ZoneSchema, required=True)

    @validates_schema
    def ages_in_order(self, loaded: dict[str, Any], **_: Any) -> None:
        """Nobody is too old before she is old enough."""
        if loaded["mentee_maximum_age"].value < loaded["mentee_minimum_age"].value:
            raise ValidationError("Mentees would be too old before they are old enough. Correct one of the two ages.", "mentee_maximum_age")
        if loaded["digital_consent_age"].value > loaded["majority_age"].value:
            raise ValidationError("Nobody consents later than she comes of age. Correct one of the two ages.", "digital_consent_age")


class PackSchema(Schema):
    """A country's file: its versions."""

    versions = fields.List(fields.Nested(VersionSchema), required=True, validate=validate.Length(min=1))

    @validates_schema
    def each_day_once(self, loaded: dict[str, Any], **_: Any) -> None:
        """Two versions never begin on the same day."""
        days = [version["valid_from"] for version in loaded["versions"]]
        if len(set(days)) < len(days):
            raise ValidationError("Two versions begin on the same day. Give each its own day.", "versions")


def versions_of(country: str, content: Any) -> tuple[CountryPack, ...]:
    """The versions of a pack, the earliest first; raises ValidationError naming every wrong field."""
    loaded: dict[str, Any] = PackSchema().load(content)
    return tuple(CountryPack(country=country, **version) for version in sorted(loaded["versions"], key=lambda each: each["valid_from"]))
