"""The form of a programme's set-up: what it shows, what it sends, and what it says about wrong fields."""

import re
import zoneinfo
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask import request
from marshmallow import ValidationError

from chassis.errors import Invalid
from chassis.web import principal, unit
from pairing.country_packs import words as rules
from pairing.country_packs.repository import countries, country_of_zone
from pairing.pairings import words
from pairing.people.choices import MODELS
from pairing.programmes.model import CADENCES, CRITERIA, USUAL_WEIGHTS, Programme
from pairing.programmes.schemas import ProgrammeSchema
from pairing.programmes.words import weighed
from ui import gettext as _
from ui import page
from ui.language import mark

WEEKS_AHEAD, USUAL_WEEKS = 2, 26
TEXTS = ("name", "starts_on", "ends_on", "time_zone", "cadence")
LATER_TEXTS = ("country_pack", "threshold_reason")
NUMBERS = ("meeting_minutes", "respond_within_days")
LATER_NUMBERS = ("minimum_fit", "threshold", "keep_months")
WRONG = {
    "name": mark("Give the programme a name of at most 120 characters."),
    "starts_on": mark("Choose the first day."),
    "ends_on": mark("Choose a last day after the first, within three years."),
    "languages": mark("Choose at least one language."),
    "time_zone": mark("Choose a time zone."),
    "country_pack": mark("Choose the country whose rules hold."),
    "models": mark("Choose among the four ways of mentoring, or none for all."),
    "cadence": mark("Choose how often pairs meet."),
    "meeting_minutes": mark("Write a whole number from 15 to 240."),
    "respond_within_days": mark("Write a whole number from 1 to 60."),
    "minimum_fit": mark("Write a whole number from 0 to 100."),
    "weights": mark("Give every criterion a weight from 0 to 10."),
    "threshold": mark("Write a whole number from 3 to 50."),
    "threshold_reason": mark("Write down who decided to show figures about so few people, and why; or choose 5 or more."),
    "keep_months": mark("Write a whole number from 1 to 120."),
}


def usual_set_up() -> dict[str, Any]:
    """What a new programme is filled with: what is usual where its coordinator is."""
    starts_on = unit().now.date() + timedelta(weeks=WEEKS_AHEAD)
    return {
        "starts_on": starts_on,
        "ends_on": starts_on + timedelta(weeks=USUAL_WEEKS),
        "languages": [principal().language],
        "time_zone": principal().time_zone,
        "country_pack": country_of_zone(principal().time_zone),
        "weights": USUAL_WEIGHTS,
    }


def set_up_like(programme: Programme) -> dict[str, Any]:
    """What a programme like an earlier one is filled with: its set-up and length, from two weeks ahead, with a name still to give."""
    starts_on = unit().now.date() + timedelta(weeks=WEEKS_AHEAD)
    ends_on = starts_on + (programme.ends_on - programme.starts_on)
    return {**ProgrammeSchema().dump(programme), "name": "", "starts_on": starts_on, "ends_on": ends_on}


def typed() -> dict[str, Any]:
    """What the form sent, in the shape of ProgrammeSchema; what it does not ask for is left out."""
    texts = {name: request.form.get(name, "") for name in TEXTS} | {n: request.form[n] for n in LATER_TEXTS if n in request.form}
    numbers = {name: _whole(request.form.get(name, "")) for name in NUMBERS}
    numbers |= {name: _whole(request.form[name]) for name in LATER_NUMBERS if name in request.form}
    weights = {name: _whole(request.form[f"weight_{name}"]) for name in CRITERIA if f"weight_{name}" in request.form}
    several = {name: request.form.getlist(name) for name in ("languages", "models")}
    return {**texts, **numbers, **several, "weights": weights}


def form(
    action: str,
    values: dict[str, Any],
    wrong: ValidationError | Invalid | None = None,
    programme: Programme | None = None,
    earlier: Sequence[Programme] = (),
    like: Programme | None = None,
) -> str:
    """The page with the form, filled with `values`; `wrong` is what was found in what was sent.

    `programme` is the one to change; a new one may be set up like one of the `earlier` ones, and is like `like`.
    """
    messages = {} if wrong is None else wrong.errors if isinstance(wrong, Invalid) else wrong.messages_dict
    return page(
        "programmes/form.html",
        action=action,
        values=values,
        errors={name: _(WRONG[name]) for name in WRONG if name in messages},
        programme=programme,
        cadences=CADENCES,
        criteria=weighed(),
        models=MODELS,
        words=words,
        countries=[(code, rules.country(code)) for code in countries()],
        zones=_zones(str(values.get("time_zone", ""))),
        earlier=earlier,
        like=like,
    )


def _whole(text: str) -> int | str:
    return int(text) if re.fullmatch("[0-9]{1,9}", text) else text


def _zones(chosen: str) -> list[str]:
    """The zones to choose from: Europe and the Atlantic, and the one chosen before."""
    known = {name for name in zoneinfo.available_timezones() if name.startswith(("Europe/", "Atlantic/"))} | {"UTC"}
    return sorted(known | ({chosen} & zoneinfo.available_timezones()))
