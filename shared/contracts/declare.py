"""Declares an event as a small frozen dataclass and derives its marshmallow schema from the annotations."""

import types
import typing
from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from cattrs import Converter
from marshmallow import RAISE, Schema
from marshmallow import fields as field

E = typing.TypeVar("E")

EVENTS: dict[tuple[str, int], type] = {}
"""Every declared event by (type, version)."""

PLAIN: dict[type, Callable[..., field.Field]] = {
    str: field.String,
    int: lambda **k: field.Integer(strict=True, **k),
    float: field.Float,
    bool: lambda **k: field.Boolean(truthy={True}, falsy={False}, **k),
    date: field.Date,
    datetime: lambda **k: field.AwareDateTime(format="iso", **k),
}


@typing.dataclass_transform(kw_only_default=True, frozen_default=True)
def event(name: str, *, version: int = 1, key: str) -> Callable[[type[E]], type[E]]:
    """Registers a class as event `name`, `version`; `key` names the field with the aggregate's id, which is also the Kafka key."""
    return lambda cls: _declare(cls, name, version, key)


def _declare(cls: Any, name: str, version: int, key: str) -> Any:
    made: Any = dataclass(frozen=True, kw_only=True)(cls)
    if (name, version) in EVENTS:
        raise ValueError(f"{name} version {version} is declared twice")
    if key not in {f.name for f in fields(made)}:
        raise ValueError(f"{name}: key field {key!r} is not a field")
    made.EVENT_TYPE, made.EVENT_VERSION, made.KEY_FIELD = name, version, key
    EVENTS[name, version] = made
    return made


@cache
def schema_of(cls: type) -> Schema:
    """The marshmallow schema of an event or of a dataclass inside one; unknown fields are refused."""
    hints = typing.get_type_hints(cls)
    made = {f.name: _field(hints[f.name], required=f.default is MISSING) for f in fields(cls)}
    return Schema.from_dict(made, name=cls.__name__)(unknown=RAISE)


def _field(hint: Any, required: bool = True) -> field.Field:
    none_too, hint = _optional(hint)
    options: dict[str, Any] = {"required": required, "allow_none": none_too}
    if typing.get_origin(hint) is tuple:
        return field.List(_field(typing.get_args(hint)[0]), **options)
    if is_dataclass(hint):
        return field.Nested(schema_of(typing.cast(type, hint)), **options)
    return PLAIN[hint](**options)


def _optional(hint: Any) -> tuple[bool, Any]:
    if typing.get_origin(hint) not in (types.UnionType, typing.Union):
        return False, hint
    (inner,) = (a for a in typing.get_args(hint) if a is not type(None))
    return True, inner


def to_payload(happened: Any) -> dict[str, Any]:
    """The event as JSON-ready data."""
    return typing.cast(dict[str, Any], schema_of(happened.__class__).dump(happened))


def from_payload(cls: Any, payload: Any) -> Any:
    """The event of this class; raises marshmallow.ValidationError naming every wrong field.

    Compiled readers take what is right, many times faster than the schema; only what they refuse goes to the schema, whose word counts.
    """
    try:
        return READERS.structure(payload, cls)
    except Exception:
        return READERS.structure(schema_of(cls).dump(schema_of(cls).load(payload)), cls)


def _strict_readers() -> Converter:
    """Readers for the plain types that, like the schema, convert nothing silently."""
    readers = Converter(forbid_extra_keys=True, detailed_validation=False)
    readers.register_structure_hook(str, lambda value, _: _exactly(value, str))
    readers.register_structure_hook(int, lambda value, _: _exactly(value, int))
    readers.register_structure_hook(bool, lambda value, _: _exactly(value, bool))
    readers.register_structure_hook(float, lambda value, _: float(value) if type(value) is int else _exactly(value, float))
    readers.register_structure_hook(date, lambda value, _: date.fromisoformat(_exactly(value, str)))
    readers.register_structure_hook(datetime, lambda value, _: _aware(datetime.fromisoformat(_exactly(value, str))))
    readers.register_structure_hook_func(lambda hint: getattr(hint, "__origin__", None) is tuple, _tuple_of(readers))
    return readers


def _tuple_of(readers: Converter) -> Callable[[Any, Any], tuple[Any, ...]]:
    """A reader of JSON arrays; another iterable, such as an object or a text, is refused."""
    return lambda value, hint: tuple(readers.structure(item, typing.get_args(hint)[0]) for item in _exactly(value, list))


def _exactly(value: Any, kind: type) -> Any:
    if type(value) is not kind:
        raise TypeError(kind.__name__)
    return value


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment needs its offset from UTC")
    return moment


READERS = _strict_readers()
