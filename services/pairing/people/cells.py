"""Turns the text of one cell into a value, or says by a code what is wrong with it."""

import difflib
import re
import unicodedata
import zoneinfo
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

from babel import Locale

from pairing.people.availability import merged, slot_of
from pairing.people.spreadsheet import MOST_CHARACTERS
from pairing.people.vocabulary import code_of

UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
ATOM = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+"
EMAIL = re.compile(rf"{ATOM}(\.{ATOM})*@([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")
ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
EUROPEAN_DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
NO_COUNTRIES = {"EU", "EZ", "UN", "XA", "XB", "ZZ"}
SEPARATOR = re.compile(r"[;,|]")


class Wrong(Exception):
    """The cell cannot be used; `code` names the remedy, `params` fill it."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code, self.params = code, params


class Note(Exception):
    """The cell can be used, as `value`, but somebody should know."""

    def __init__(self, value: Any, code: str, **params: object) -> None:
        super().__init__(code)
        self.value, self.code, self.params = value, code, params


def clean(text: str) -> str:
    """The text trimmed and in composed form (NFC); raises Wrong when it is too long or holds what no one can see."""
    if len(text) > MOST_CHARACTERS:
        raise Wrong("too-long", most=MOST_CHARACTERS)
    if UNPRINTABLE.search(text):
        raise Wrong("unprintable")
    return unicodedata.normalize("NFC", text.strip())


def prose(text: str) -> str:
    """Free text of several lines."""
    if text.startswith(("=", "+", "-", "@")):
        raise Note(text, "formula")
    return text


def line(text: str) -> str:
    """Text of one line, at most 200 characters."""
    if "\n" in text or "\r" in text or "\t" in text:
        raise Wrong("several-lines")
    if len(text) > 200:
        raise Wrong("too-long", most=200)
    return prose(text)


def email(text: str) -> str:
    """An address as RFC 5321 writes it, without quoted parts, case folded."""
    folded = text.casefold()
    if not EMAIL.fullmatch(folded) or len(folded) > 254 or len(folded.partition("@")[0]) > 64:
        raise Wrong("email")
    return folded


def emails(text: str) -> tuple[str, ...]:
    """Several addresses, the first most wished for."""
    return several(email)(text)


def day(text: str) -> date:
    """A day as ISO 8601 writes it; any other writing is answered with the day it may mean, if there is one."""
    if not ISO_DAY.fullmatch(text):
        raise _not_iso(text)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Wrong("day-impossible") from None


def _not_iso(text: str) -> Wrong:
    found = EUROPEAN_DAY.fullmatch(text)
    if not found:
        return Wrong("day-format")
    first, second, year = (int(part) for part in found.groups())
    readings = list(filter(None, (_existing(year, month, day) for month, day in dict.fromkeys(((second, first), (first, second))))))
    if not readings:
        return Wrong("day-impossible")
    if len(readings) == 1:
        return Wrong("day-order", day=readings[0])
    return Wrong("day-ambiguous", one=readings[0], other=readings[1])


def _existing(year: int, month: int, day: int) -> str:
    """The day as ISO 8601 writes it, "" when the calendar has none."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def whole(least: int, most: int) -> Callable[[str], int]:
    """A whole number between two bounds, both allowed."""

    def parse(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", text) or not least <= int(text) <= most:
            raise Wrong("number", least=least, most=most)
        return int(text)

    return parse


def choice(allowed: tuple[str, ...]) -> Callable[[str], str]:
    """One of the words, or what our pages call it in any language; spaces, hyphens and capitals do not matter."""

    def parse(text: str) -> str:
        word = "_".join(text.casefold().replace("-", " ").replace("_", " ").split())
        if word in allowed:
            return word
        meant = code_of(text, allowed)
        if meant:
            return meant
        near = difflib.get_close_matches(word[:100], allowed, n=1, cutoff=0.7)
        raise Wrong("choice-near", near=near[0]) if near else Wrong("choice", allowed=", ".join(allowed))

    return parse


def several(parse: Callable[[str], str]) -> Callable[[str], tuple[str, ...]]:
    """A list in one cell, separated by semicolons; doubles fall out, the order stays."""

    def parse_all(text: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(parse(part.strip()) for part in SEPARATOR.split(text) if part.strip()))

    return parse_all


def language(text: str) -> str:
    """A language code of ISO 639."""
    code = text.casefold()
    if code not in _language_codes():
        raise Wrong("language")
    return code


def country(text: str) -> str:
    """A country code of ISO 3166-1, two letters."""
    code = text.upper()
    if code not in country_codes():
        raise Wrong("country")
    return code


def time_zone(text: str) -> str:
    """A name of the IANA time zone database."""
    if text not in time_zones():
        raise Wrong("time-zone")
    return text


def availability(text: str) -> tuple[str, ...]:
    """Weekly slots like "Wed 19:00-22:30", in the order of the week; what overlaps is joined, with a note."""
    slots = []
    for part in SEPARATOR.split(text):
        slot = slot_of(part)
        if slot is None and part.strip():
            raise Wrong("availability", part=part.strip()[:40])
        slots += [slot] if slot else []
    joined, overlapped = merged(slots)
    value = tuple(str(slot) for slot in joined)
    if overlapped:
        raise Note(value, "availability-joined", slots="; ".join(value))
    return value


@cache
def _language_codes() -> frozenset[str]:
    return frozenset(code for code in map(str, Locale("en").languages) if len(code) <= 3)


@cache
def country_codes() -> frozenset[str]:
    """Every country code of ISO 3166-1 that may be written."""
    return frozenset(code for code in map(str, Locale("en").territories) if len(code) == 2 and code.isalpha()) - NO_COUNTRIES


@cache
def time_zones() -> frozenset[str]:
    """The names of the IANA time zone database."""
    return frozenset(name for name in zoneinfo.available_timezones() if "/" in name or name == "UTC")
