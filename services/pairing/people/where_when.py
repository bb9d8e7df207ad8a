"""What can be chosen of where somebody is, what she speaks and when she is free, in the reader's language."""

import zoneinfo
from collections.abc import Iterable, Iterator

from babel import Locale
from babel.core import get_global

from pairing.country_packs.repository import packs
from pairing.people import cells
from pairing.people.availability import DAYS, Slot, slot_of
from ui import alphabet, reader
from ui.language import DEFAULT, LANGUAGES, LOCALES

Choices = list[tuple[str, str]]
"""Codes with their words."""
PARTS = ((9, 12), (12, 15), (15, 17), (17, 19), (19, 21))
"""Parts of a day that can be ticked, in hours."""
MORE_LANGUAGES = ("ar", "de", "fa", "fr", "fy", "it", "pl", "ro", "ru", "tr", "uk", "zh")


def countries(held: str = "") -> Choices:
    """Those that have a pack, then all others, by name; one without a name in this language only where it is kept already."""
    language, near = reader().language, packs()
    names, english = (Locale.parse(LOCALES[each]).territories for each in (language, DEFAULT))
    found = ((code, names.get(code, english[code])) for code in cells.country_codes() if code in names or code == held)
    return sorted(found, key=lambda choice: (choice[0] not in near, alphabet.place(choice[1], language)))


def languages(chosen: Iterable[str] = ()) -> Choices:
    """Those chosen before in their order, then those of our pages and others that are much spoken."""
    names = Locale.parse(LOCALES[reader().language]).languages
    return [(code, names.get(code, code).capitalize()) for code in dict.fromkeys((*chosen, *LANGUAGES, *MORE_LANGUAGES))]


def zones(chosen: Iterable[str]) -> Choices:
    """The zones of Europe and the Atlantic, and those chosen before."""
    known = {name for name in zoneinfo.available_timezones() if name.startswith(("Europe/", "Atlantic/"))}
    return [(name, name.replace("_", " ")) for name in sorted(known | (set(chosen) & zoneinfo.available_timezones()))]


def usual_zone(country: str, otherwise: str) -> str:
    """The zone of most people in a country: the only one it has by CLDR, or that of its pack; `otherwise` where neither says."""
    its_own = get_global("territory_zones").get(country, ())
    if len(its_own) == 1:
        return str(its_own[0])
    pack = packs().get(country)
    return pack[-1].time_zone.value if pack else otherwise


def days(free: Iterable[str] = ()) -> list[tuple[str, Choices]]:
    """Each day of the week with the times that can be ticked on it: the slot that is kept, and the hours that are shown.

    Time that was given before and is no such part of a day has boxes of its own, so that saving loses none of it.
    """
    names = Locale.parse(LOCALES[reader().language]).days["format"]["wide"]
    odd = [slot_of(text) for text in ticked(free)]
    found = []
    for day in range(len(DAYS)):
        slots = {Slot(day, start * 60, end * 60) for start, end in PARTS} | {slot for slot in odd if slot and slot.day == day}
        found.append((names[day].capitalize(), [(str(slot), f"{_hour(slot.start)}–{_hour(slot.end)}") for slot in sorted(slots)]))
    return found


def ticked(free: Iterable[str]) -> list[str]:
    """The boxes of `days` that free time ticks: every part of a day that lies in it, and what is left before, between and after."""
    slots = [slot for slot in map(slot_of, free) if slot]
    return [str(piece) for slot in slots for piece in _pieces(slot)]


def _pieces(slot: Slot) -> Iterator[Slot]:
    start = slot.start
    for first, last in ((hour * 60 for hour in part) for part in PARTS):
        if start <= first and last <= slot.end:
            if start < first:
                yield Slot(slot.day, start, first)
            yield Slot(slot.day, first, last)
            start = last
    if start < slot.end:
        yield Slot(slot.day, start, slot.end)


def _hour(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}" if minutes % 60 else str(minutes // 60)
