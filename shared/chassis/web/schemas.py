"""Marshmallow schemas and fields that take in only what can be stored, shown and indexed safely."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import marshmallow
from marshmallow import ValidationError, fields, validate

LARGEST = 2**63 - 1
EARLIEST_YEAR, LATEST_YEAR = 1900, 2199
HIDDEN = "\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u202a-\\u202e\\u2066-\\u2069"
LINE_BREAKS = "\\t\\n\\r"
UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"


class Schema(marshmallow.Schema):
    """A schema that refuses fields it does not know."""

    class Meta:
        """Settings that marshmallow reads."""

        unknown = marshmallow.RAISE


class Text(fields.String):
    """Text of at most `max` characters without hidden ones: no NUL, control or direction-override characters, no half characters.

    It is composed (Unicode NFC) and stripped of space at both ends; `lines` allows line breaks and tabs.
    """

    def __init__(self, *, max: int, min: int = 0, lines: bool = False, **options: Any) -> None:
        validators = [validate.Length(min=min or None, max=max), *_listed(options.pop("validate", []))]
        metadata = {"pattern": f"^[^{HIDDEN}{'' if lines else LINE_BREAKS}]*$", **options.pop("metadata", {})}
        super().__init__(validate=validators, metadata=metadata, **options)
        self._allowed = re.compile(f"[^{HIDDEN}{'' if lines else LINE_BREAKS}\\ud800-\\udfff]*")

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if not self._allowed.fullmatch(text):
            raise ValidationError("This holds characters that cannot be seen. Type it again instead of pasting it.")
        return unicodedata.normalize("NFC", text).strip()


class Identifier(fields.String):
    """An id as `uow.new_id()` makes it: a UUID (RFC 9562) in lower case, kept as text."""

    def __init__(self, **options: Any) -> None:
        validators = [validate.Regexp(re.compile(f"{UUID}\\Z"), error="This is not an id."), *_listed(options.pop("validate", []))]
        super().__init__(validate=validators, metadata={"format": "uuid", **options.pop("metadata", {})}, **options)


class Choice(fields.String):
    """One of a few words."""

    def __init__(self, *choices: str, **options: Any) -> None:
        super().__init__(validate=[validate.OneOf(choices), *_listed(options.pop("validate", []))], **options)


class Integer(fields.Integer):
    """A whole number that fits 64 bits; 2.7, "2" and true are none."""

    def __init__(self, *, min: int = -LARGEST - 1, max: int = LARGEST, **options: Any) -> None:
        super().__init__(strict=True, validate=[validate.Range(min=min, max=max), *_listed(options.pop("validate", []))], **options)

    def _validated(self, value: Any) -> int:
        if isinstance(value, bool | str | bytes):
            raise self.make_error("invalid", input=value)
        return int(super()._validated(value))


class QueryInteger(fields.Integer):
    """A whole number that fits 64 bits, written in decimal digits in a query string."""

    def __init__(self, *, min: int = -LARGEST - 1, max: int = LARGEST, **options: Any) -> None:
        super().__init__(validate=[validate.Range(min=min, max=max), *_listed(options.pop("validate", []))], **options)

    def _validated(self, value: Any) -> int:
        if not re.fullmatch("-?[0-9]{1,19}", str(value)):
            raise self.make_error("invalid", input=value)
        return int(super()._validated(value))


class Boolean(fields.Boolean):
    """True or false; no words, no numbers."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value


class QueryBoolean(fields.Boolean):
    """`true` or `false` in a query string."""

    def __init__(self, **options: Any) -> None:
        super().__init__(truthy={"true"}, falsy={"false"}, **options)


class Instant(fields.DateTime):
    """A moment with its offset (RFC 3339), kept in UTC to the millisecond."""

    def __init__(self, **options: Any) -> None:
        super().__init__(format="iso", **options)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> datetime:
        moment = super()._deserialize(value, attr, data, **kwargs)
        if moment.tzinfo is None:
            raise ValidationError("Say the offset too, for example 2026-11-26T16:30:00+01:00.")
        _in_range(moment)
        return moment.astimezone(UTC).replace(microsecond=moment.microsecond // 1000 * 1000)


class Day(fields.Date):
    """A calendar day, written 2026-11-26."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> date:
        day: date = super()._deserialize(value, attr, data, **kwargs)
        _in_range(day)
        return day


def _in_range(day: date) -> None:
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise ValidationError(f"Choose a year from {EARLIEST_YEAR} to {LATEST_YEAR}.")


def _listed(validators: Any) -> list[Any]:
    return list(validators) if isinstance(validators, list | tuple) else [validators]
