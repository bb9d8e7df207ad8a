"""The words for what the intake calls by codes, in the reader's language: fields, models, ways to meet, states, weekly times."""

import re
from collections.abc import Iterable, Sequence

from babel import Locale
from babel.dates import format_datetime
from babel.lists import format_list

from pairing.pairings.model import Window
from pairing.people.availability import slot_of
from ui import gettext as _
from ui import reader
from ui.formats import MOMENT, clock_text, zone, zone_city
from ui.language import LOCALES, mark

FIELDS = {
    "architecture": mark("architecture"),
    "climate_science": mark("climate science"),
    "data_and_ai": mark("data and artificial intelligence"),
    "digital_design": mark("digital design"),
    "digital_fabrication": mark("digital fabrication"),
    "electronics": mark("electronics"),
    "entrepreneurship": mark("entrepreneurship"),
    "game_design": mark("game design"),
    "life_sciences": mark("life sciences"),
    "mathematics": mark("mathematics"),
    "mechanical_engineering": mark("mechanical engineering"),
    "music_technology": mark("music technology"),
    "programming": mark("programming"),
    "robotics": mark("robotics"),
    "space": mark("space"),
    "wearables": mark("wearables"),
}
MODELS = {
    "on_the_job": mark("learning on the job"),
    "structured": mark("planned sessions"),
    "ad_hoc": mark("contact when needed"),
    "collaborative": mark("learning together in a group"),
}
FORMATS = {"online": mark("online"), "in_person": mark("in person"), "either": mark("online or in person")}
STATES = {
    "proposed": (mark("waiting for answers"), "warn"),
    "accepted": (mark("all said yes"), "good"),
    "active": (mark("active"), "good"),
    "paused": (mark("paused"), "bad"),
    "closing": (mark("coming to its end"), "warn"),
    "closed": (mark("ended"), ""),
    "declined": (mark("declined"), ""),
    "lapsed": (mark("not answered in time"), "bad"),
}
"""State of a pairing: its words and the tone of its tag."""

TIMES_TOLD = 3
SOUNDS_LIKE_Y = re.compile(r"[ií]|h[ií](?![aeáé])", re.IGNORECASE)
"""Before such a word Spanish "y" becomes "e": "madera e hilo", but "madera y hierro" (Real Academia Española, Ortografía)."""


def fields(codes: Iterable[str]) -> str:
    """Fields of interest: "robotics and space"."""
    return listed([_(FIELDS[code]) if code in FIELDS else code for code in codes])


def model(code: str) -> str:
    """A model of mentoring."""
    return _(MODELS[code]) if code in MODELS else code


def models(codes: Iterable[str]) -> str:
    """Several models of mentoring: "planned sessions and contact when needed"."""
    return listed([model(code) for code in codes])


def meeting_format(code: str) -> str:
    """A way to meet."""
    return _(FORMATS[code]) if code in FORMATS else code


def state(code: str) -> tuple[str, str]:
    """Words and tone of a pairing's state."""
    words, tone = STATES[code]
    return _(words), tone


def languages(codes: Iterable[str]) -> str:
    """Languages by their names in the reader's language: "Dutch and Icelandic"."""
    known = Locale.parse(LOCALES[reader().language]).languages
    return listed([known.get(code, code) for code in codes])


def weekly(windows: Sequence[Window]) -> str:
    """Weekly times in the reader's zone, named, the first three: "Wednesday 19:00–20:30 and Saturday 10:00–12:00 Amsterdam time"."""
    if not windows:
        return ""
    who, times = reader(), listed([_weekly_time(window) for window in windows[:TIMES_TOLD]])
    return _(MOMENT, moment=times, city=zone_city(who.time_zone, who.language))


def free_times(availability: Iterable[str]) -> str:
    """The weekly times that somebody gave, on her own clock, with the reader's word for the day; what names no time stays as it is."""
    days = Locale.parse(LOCALES[reader().language]).days["format"]["wide"]
    slots = [(slot_of(text), text) for text in availability]
    return "; ".join(f"{days[slot.day]} {str(slot).partition(' ')[2].replace('-', '–')}" if slot else text for slot, text in slots)


def listed(words: Sequence[str]) -> str:
    """A list as the reader writes it: "a, b and c"; in Spanish "inglés e islandés" before the sound of an i."""
    language = reader().language
    text = format_list(list(words), locale=LOCALES[language])
    if language == "es" and len(words) > 1 and SOUNDS_LIKE_Y.match(words[-1]):
        return f"{text.removesuffix(f'y {words[-1]}')}e {words[-1]}"
    return text


def _weekly_time(window: Window) -> str:
    who = reader()
    weekday = format_datetime(window.starts_at.astimezone(zone(who.time_zone)), "EEEE", locale=LOCALES[who.language])
    ends = [clock_text(moment, who.language, who.time_zone) for moment in (window.starts_at, window.ends_at)]
    return f"{weekday} {'–'.join(ends)}"
