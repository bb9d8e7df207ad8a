"""Turns aggregates into MongoDB documents and back; `id` is stored as `_id`, dates as ISO text."""

from dataclasses import MISSING, fields
from datetime import datetime
from functools import cache
from typing import Any

from cattrs.preconf.bson import make_converter

CONVERTER = make_converter()
CONVERTER.register_structure_hook(datetime, lambda value, _: value)


def to_document(aggregate: Any) -> dict[str, Any]:
    """The document of an aggregate."""
    document: dict[str, Any] = CONVERTER.unstructure(aggregate)
    return {"_id": document.pop("id"), **document}


def from_document(kind: Any, document: dict[str, Any]) -> Any:
    """The aggregate of a document; fields the class does not know (bookkeeping of the chassis) are left out."""
    known = {name: document[name] for name in names(kind) if name in document}
    return CONVERTER.structure({**known, "id": document["_id"]}, kind)


@cache
def names(kind: type) -> tuple[str, ...]:
    """The stored fields of an aggregate, `id` excepted."""
    return tuple(f.name for f in fields(kind) if f.name != "id")


@cache
def required(kind: type) -> list[str]:
    """The stored fields that have no default: a document without one is refused by the database."""
    lacking = [f.name for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING and f.name != "id"]
    return ["_id", *lacking]
