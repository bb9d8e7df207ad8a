"""The page on which staff choose in which time zone they read times."""

from typing import Any

from flask import make_response, redirect, request

from chassis.web import page_blueprint, principal, set_sign_in_cookie, unit
from pairing.accounts import cookies
from pairing.accounts.commands import renew
from pairing.people.cells import Wrong
from pairing.people.cells import time_zone as read_time_zone
from pairing.people.commands import change_people
from pairing.people.repository import PEOPLE
from pairing.people.where_when import zones
from ui import gettext as _
from ui import page

pages = page_blueprint("time_zone", service="pairing")


@pages.get("/time-zone")
def show() -> str:
    """The reader's zone, and others to choose."""
    return _form(principal().time_zone)


@pages.post("/time-zone")
def choose() -> Any:
    """Takes the zone over; the reader's token names it at once. Whose sign-in has ended gets no new token."""
    try:
        zone = read_time_zone(request.form.get("time_zone", ""))
    except Wrong:
        return _form(principal().time_zone, {"time_zone": _("Choose a time zone.")}), 422
    change_people(unit(), [(unit().get(PEOPLE, principal().id), {"time_zone": zone})])
    response = make_response(redirect("/pairing/time-zone?done=saved", 303))
    set_sign_in_cookie(response, renew(unit(), cookies.presented()).access_token)
    return response


def _form(chosen: str, errors: dict[str, str] | None = None) -> str:
    return page(
        "accounts/time_zone.html", chosen=chosen, zones=zones([chosen]), errors=errors or {}, done=request.args.get("done") == "saved"
    )
