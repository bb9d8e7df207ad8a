"""Pages to set up and change a programme."""

import re
import zoneinfo
from datetime import timedelta
from typing import Any

from flask import make_response, redirect, request
from marshmallow import ValidationError

from chassis.errors import Invalid, Stale
from chassis.web import page_blueprint, principal, set_sign_in_cookie, unit
from pairing.accounts.commands import access_token
from pairing.accounts.repository import ACCOUNTS
from pairing.programmes import commands, repository
from pairing.programmes.model import CADENCES, CRITERIA, USUAL_WEIGHTS, Programme
from pairing.programmes.repository import PROGRAMMES
from pairing.programmes.schemas import ProgrammeSchema
from ui import gettext as _
from ui import page
from ui.language import mark

USUAL_WEEKS = 26
NUMBERS = ("meeting_minutes", "respond_within_days")
WRONG = {
    "name": mark("Give the programme a name of at most 120 characters."),
    "starts_on": mark("Choose the first day."),
    "ends_on": mark("Choose a last day after the first, within three years."),
    "languages": mark("Choose at least one language."),
    "time_zone": mark("Choose a time zone."),
    "cadence": mark("Choose how often pairs meet."),
    "meeting_minutes": mark("Write a whole number from 15 to 240."),
    "respond_within_days": mark("Write a whole number from 1 to 60."),
    "weights": mark("Give every criterion a weight from 0 to 10."),
}

pages = page_blueprint("programmes", service="pairing")


@pages.get("/programmes")
def index() -> str:
    """The reader's programmes."""
    return page("programmes/index.html", programmes=repository.of_ids(unit(), principal().programmes))


@pages.get("/programmes/new")
def new() -> str:
    """The form for a new programme, filled with what is usual."""
    today = unit().now.date()
    usual = {
        "starts_on": today + timedelta(weeks=2),
        "ends_on": today + timedelta(weeks=2 + USUAL_WEEKS),
        "languages": [principal().language],
        "time_zone": principal().time_zone,
        "weights": USUAL_WEIGHTS,
    }
    return _form("/pairing/programmes", usual)


@pages.post("/programmes")
def create() -> Any:
    """Sets the programme up; the reader's token names it at once."""
    try:
        programme = commands.create(unit(), **ProgrammeSchema().load(_form_data()))
    except (ValidationError, Invalid) as wrong:
        return _form("/pairing/programmes", _form_data(), wrong), 422
    account = unit().get(ACCOUNTS, principal().id)
    response = make_response(redirect(f"/pairing/people/import?programme={programme.id}", 303))
    set_sign_in_cookie(response, access_token(unit(), account, principal().sid))
    return response


@pages.get("/programmes/<id:programme_id>")
def show(programme_id: str) -> str:
    """The set-up of a programme, to change."""
    programme = unit().get(PROGRAMMES, programme_id)
    return _form(f"/pairing/programmes/{programme_id}", ProgrammeSchema().dump(programme), programme=programme)


@pages.post("/programmes/<id:programme_id>")
def change(programme_id: str) -> Any:
    """Changes it, unless somebody else did since the form was made."""
    programme = unit().get(PROGRAMMES, programme_id)
    if request.form.get("version") != str(programme.version):
        raise Stale
    try:
        commands.change(unit(), programme_id, **ProgrammeSchema().load(_form_data()))
    except (ValidationError, Invalid) as wrong:
        return _form(f"/pairing/programmes/{programme_id}", _form_data(), wrong, programme), 422
    return redirect(f"/pairing/programmes/{programme_id}?done=saved", 303)


def _form_data() -> dict[str, Any]:
    texts = {name: request.form.get(name, "") for name in ("name", "starts_on", "ends_on", "time_zone", "cadence")}
    numbers = {name: _whole(request.form.get(name, "")) for name in NUMBERS}
    weights = {name: _whole(request.form.get(f"weight_{name}", "")) for name in CRITERIA}
    return {**texts, **numbers, "languages": request.form.getlist("languages"), "weights": weights}


def _whole(text: str) -> int | str:
    return int(text) if re.fullmatch("[0-9]{1,9}", text) else text


def _form(action: str, values: dict[str, Any], wrong: ValidationError | Invalid | None = None, programme: Programme | None = None) -> str:
    messages = {} if wrong is None else wrong.errors if isinstance(wrong, Invalid) else wrong.messages_dict
    return page(
        "programmes/form.html",
        action=action,
        values=values,
        errors={name: _(WRONG[name]) for name in WRONG if name in messages},
        programme=programme,
        saved=request.args.get("done") == "saved",
        cadences=CADENCES,
        criteria=CRITERIA,
        zones=_zones(str(values.get("time_zone", ""))),
    )


def _zones(chosen: str) -> list[str]:
    """The zones to choose from: Europe and the Atlantic, and the one chosen before."""
    known = {name for name in zoneinfo.available_timezones() if name.startswith(("Europe/", "Atlantic/"))} | {"UTC"}
    return sorted(known | ({chosen} & zoneinfo.available_timezones()))
