"""Forms on the page of a person: the outcome of a background check, the day of the training, leaving a programme."""

from datetime import date
from typing import Any

from flask import redirect, request

from chassis.errors import Invalid, Refused
from chassis.web import page_blueprint, principal, unit
from pairing.people import commands, records
from pairing.people.choices import VETTING_TYPES
from pairing.people.model import VETTING_RESULTS
from pairing.people.pages import person_page
from pairing.people.repository import PEOPLE
from pairing.programmes.commands import check_runs
from ui import gettext as _
from ui.language import mark

NO_DAY = mark("Choose a day.")
NO_CHOICE = mark("Choose one from the list.")

pages = page_blueprint("checks", service="pairing")


@pages.post("/people/<id:person_id>/vetting")
def record_vetting(person_id: str) -> Any:
    """Records what the signed-in coordinator saw on the certificate."""
    sent = {name: request.form.get(name, "") for name in ("type", "issued", "expires", "result")}
    days, wrong = _days(sent, needed=("issued",), other=("expires",))
    wrong |= {name: [NO_CHOICE] for name, allowed in (("type", VETTING_TYPES), ("result", VETTING_RESULTS)) if sent[name] not in allowed}
    try:
        if wrong:
            raise Invalid(wrong)
        commands.record_vetting(unit(), person_id, type=sent["type"], result=sent["result"], **days)
    except Invalid as invalid:
        return _again(person_id, invalid.errors, sent), 422
    return redirect(f"/pairing/people/{person_id}?done=vetting", 303)


@pages.post("/people/<id:person_id>/training")
def record_training(person_id: str) -> Any:
    """Records the day of the data-protection training."""
    sent = {"day": request.form.get("day", "")}
    days, wrong = _days(sent, needed=("day",))
    try:
        if wrong:
            raise Invalid(wrong)
        commands.record_training(unit(), person_id, days["day"])
    except Invalid as invalid:
        return _again(person_id, invalid.errors, sent), 422
    return redirect(f"/pairing/people/{person_id}?done=training", 303)


@pages.post("/people/<id:person_id>/leave")
def leave(person_id: str) -> Any:
    """Takes the person out of one of the coordinator's programmes."""
    programme_id = request.form.get("programme", "")
    check_runs(principal().programmes, programme_id)
    try:
        records.leave(unit(), person_id, programme_id)
    except Refused as refused:
        return _again(person_id, {"leave": [refused.message]}, {}), 409
    return redirect(f"/pairing/people?programme={programme_id}", 303)


def _days(sent: dict[str, str], needed: tuple[str, ...], other: tuple[str, ...] = ()) -> tuple[dict[str, Any], dict[str, list[str]]]:
    """The days of the form, None for one that may be empty and is; and what is wrong with them."""
    days: dict[str, Any] = {}
    wrong: dict[str, list[str]] = {}
    for name in (*needed, *other):
        try:
            days[name] = date.fromisoformat(sent[name]) if sent[name] or name in needed else None
        except ValueError:
            wrong[name] = [NO_DAY]
    return days, wrong


def _again(person_id: str, errors: dict[str, list[str]], sent: dict[str, str]) -> str:
    said = {name: " ".join(map(_, sentences)) for name, sentences in errors.items()}
    return person_page(unit().get(PEOPLE, person_id), said, sent)
