"""Country packs where they are kept: one YAML file per country in this folder, read and checked when the service starts."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from babel.core import get_global
from marshmallow import ValidationError

from chassis.errors import NotFound
from pairing.country_packs.model import CountryPack, valid_on
from pairing.country_packs.schemas import versions_of

FOLDER = Path(__file__).parent


class BadPack(Exception):
    """A country pack cannot be used; the service must not start."""


def read_packs(folder: Path) -> dict[str, tuple[CountryPack, ...]]:
    """Every pack of a folder by country; raises BadPack with the file, the field and what to do."""
    files = sorted(folder.glob("*.yaml"))
    if not files:
        raise BadPack(f"There are no country packs in {folder}. Put at least one file there, such as nl.yaml.")
    return {file.stem.upper(): _read(file) for file in files}


@cache
def packs() -> Mapping[str, tuple[CountryPack, ...]]:
    """The packs of this installation, read once per process."""
    return read_packs(FOLDER)


def countries() -> tuple[str, ...]:
    """The countries that have a pack, by code."""
    return tuple(packs())


def pack_of(country: str, on: date) -> CountryPack:
    """The country's rules on that day; raises NotFound when there is no pack for it, or none that early."""
    found = valid_on(packs().get(country, ()), on)
    if found is None:
        raise NotFound("country pack")
    return found


def country_of_zone(zone: str) -> str:
    """The country that a time zone (IANA name) lies in by CLDR, if it has a pack; else ""."""
    country = str(get_global("zone_territories").get(zone, ""))
    return country if country in packs() else ""


def _read(file: Path) -> tuple[CountryPack, ...]:
    try:
        return versions_of(file.stem.upper(), yaml.safe_load(file.read_text(encoding="utf-8")))
    except (yaml.YAMLError, UnicodeDecodeError) as unreadable:
        where = getattr(unreadable, "problem_mark", None)
        line = f", line {where.line + 1}" if where else ""
        raise BadPack(f"The country pack {file.name}{line} is no YAML in UTF-8. Correct it there, then start again.") from None
    except ValidationError as wrong:
        faults = "; ".join(f"{field}: {sentence}" for field, sentence in _faults(wrong.messages))
        raise BadPack(f"The country pack {file.name} is wrong. {faults} Correct these fields, then start again.") from None


def _faults(messages: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every fault as (dotted field, sentence)."""
    if isinstance(messages, dict):
        for name, inner in messages.items():
            yield from _faults(inner, f"{path}.{name}".strip("."))
    else:
        yield path.removesuffix("_schema").strip(".") or "the file", " ".join(messages)
