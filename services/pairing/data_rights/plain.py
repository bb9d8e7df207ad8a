"""Turns what the service holds into what JSON can write, for the copy of somebody's data."""

import json
from datetime import date
from typing import Any


def picked(thing: Any, *names: str) -> dict[str, Any]:
    """These fields of a thing by name."""
    return {name: plain(getattr(thing, name)) for name in names}


def plain(value: Any) -> Any:
    """The same, as JSON has it; moments and days in ISO 8601."""
    return json.loads(json.dumps(value, default=_written))


def _written(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)
