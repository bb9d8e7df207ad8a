"""Dates, times and numbers as people of each language write them, with the time zone named."""

from datetime import UTC, date, datetime
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.dates import format_date, format_datetime, get_timezone_location
from babel.numbers import format_decimal, format_percent

from ui.language import LOCALES, mark, translator

MINUS = "\u2212"

DAY_AND_MONTH = {
    "en": "EEEE d MMMM",
    "nl": "EEEE d MMMM",
    "es": "EEEE d 'de' MMMM",
    "pt": "EEEE, d 'de' MMMM",
    "is": "EEEE d. MMMM",
}
"""Weekday, day and month in words; CLDR has it for one of our locales only."""

WITH_YEAR = {
    "en": "EEEE d MMMM y",
    "nl": "EEEE d MMMM y",
    "es": "EEEE d 'de' MMMM 'de' y",
    "pt": "EEEE, d 'de' MMMM 'de' y",
    "is": "EEEE d. MMMM y",
}

MOMENT = mark("%(moment)s %(city)s time")


@cache
def zone(name: str) -> ZoneInfo:
    """The zone of an IANA name; UTC when nobody knows the name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def zone_city(zone_name: str, language: str) -> str:
    """The city that names a zone, in this language: "Lissabon" for Europe/Lisbon in Dutch."""
    known = zone(zone_name)
    if "/" not in known.key:
        return known.key
    return get_timezone_location(known, locale=LOCALES[language], return_city=True)


def moment_text(moment: datetime, language: str, zone_name: str, today: date | None = None) -> str:
    """A moment in the reader's zone, the zone named: "Thursday 26 November, 16:30 Amsterdam time".

    `moment` is an aware datetime. The year is said when it is not the year of `today` (default: now).
    """
    local = _local(moment, zone_name)
    year = (today or datetime.now(zone(zone_name))).year
    pattern = (DAY_AND_MONTH if local.year == year else WITH_YEAR)[language]
    written = format_datetime(local, f"{pattern}, HH:mm", tzinfo=local.tzinfo, locale=LOCALES[language])
    return translator(language).say(MOMENT, moment=written, city=zone_city(zone_name, language))


def day_text(day: date, language: str, zone_name: str = "UTC") -> str:
    """A day with its year: "Thursday 26 November 2026". A datetime counts as the day it falls on in the zone."""
    shown = _local(day, zone_name).date() if isinstance(day, datetime) else day
    return format_date(shown, WITH_YEAR[language], locale=LOCALES[language])


def clock_text(moment: datetime, language: str, zone_name: str) -> str:
    """The time of day of an aware datetime in the zone, in 24 hours: "16:30"."""
    return format_datetime(_local(moment, zone_name), "HH:mm", locale=LOCALES[language], tzinfo=zone(zone_name))


def number_text(value: float, language: str, decimals: int | None = None) -> str:
    """A number with the separators of the language; `decimals` fixes how many places are written."""
    pattern = None if decimals is None else "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(value, format=pattern, locale=LOCALES[language]).replace("-", MINUS)


def signed_text(value: float, language: str, decimals: int = 1) -> str:
    """A difference with its sign: "+0.8"; what rounds to nothing has none."""
    if round(value, decimals) == 0:
        return number_text(0, language, decimals)
    return ("+" if value > 0 else "") + number_text(value, language, decimals)


def percent_text(share: float, language: str, decimals: int = 0) -> str:
    """A share between 0 and 1 in per cent: 0.76 → "76%", and "76 %" in Spanish."""
    pattern = {"es": "#,##0{}\u00a0%"}.get(language, "#,##0{}%").format("." + "0" * decimals if decimals else "")
    return format_percent(share, format=pattern, locale=LOCALES[language]).replace("-", MINUS)


def _local(moment: datetime, zone_name: str) -> datetime:
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.astimezone(zone(zone_name))
