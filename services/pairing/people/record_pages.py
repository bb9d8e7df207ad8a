"""Forms about one person: staff add somebody or correct what is stored; participants change where they are and when they are free."""

from collections.abc import Mapping
from typing import Any

from flask import redirect, request

from chassis.errors import NotFound, Refused, Stale
from chassis.web import page_blueprint, principal, unit
from pairing.people import fields, records
from pairing.people.columns import COLUMNS
from pairing.people.model import Person
from pairing.people.repository import PEOPLE
from pairing.programmes.choice import chosen_programme
from pairing.programmes.model import Programme
from pairing.programmes.repository import of_ids
from ui import gettext as _
from ui import page

ADDRESS = frozenset({"address-taken", "address-elsewhere", "email-other-role", "email-elsewhere"})

pages = page_blueprint("records", service="pairing")


@pages.get("/people/new")
def new() -> str:
    """The form for one more mentor or mentee."""
    programme, role = _programme(request.args.get("programme")), _role(request.args.get("role"))
    return _form(role, {"time_zone": programme.time_zone, "format": "either", "capacity": 1}, programme=programme)


@pages.post("/people/new")
def create() -> Any:
    """Adds the person to the programme."""
    programme, role = _programme(request.form.get("programme")), _role(request.form.get("role"))
    sent = _sent(role)
    given, errors = _read(role, sent)
    try:
        if errors:
            return _form(role, _shown(sent), errors, programme=programme), 422
        person = records.enrol(unit(), programme, role, given, principal().programmes)
    except Refused as refused:
        return _form(role, _shown(sent), _told(refused), programme=programme), 422
    return redirect(f"/pairing/people/{person.id}?done=added", 303)


@pages.get("/people/<id:person_id>/edit")
def edit(person_id: str) -> str:
    """What is stored of a participant, to correct."""
    person = unit().get(PEOPLE, person_id)
    return _form(_role_of(person), fields.texts_of(person), person=person)


@pages.post("/people/<id:person_id>/edit")
def correct(person_id: str) -> Any:
    """Takes over the corrections, unless somebody else changed the person since the form was made."""
    return _save(unit().get(PEOPLE, person_id), own=False)


@pages.get("/people/<id:person_id>/own")
def own(person_id: str) -> str:
    """What a participant changes herself."""
    person = unit().get(PEOPLE, person_id)
    return _form(_role_of(person), fields.texts_of(person), person=person, own=True)


@pages.post("/people/<id:person_id>/own")
def change_own(person_id: str) -> Any:
    """Takes over where she is and when she is free."""
    return _save(unit().get(PEOPLE, person_id), own=True)


def _save(person: Person, own: bool) -> Any:
    role = _role_of(person)
    sent = _sent(role, own)
    if request.form.get("version") != str(person.version):
        raise Stale
    given, errors = _read(role, sent)
    try:
        if errors:
            return _form(role, _shown(sent, own), errors, person=person, own=own), 422
        records.correct(unit(), person.id, given, principal().programmes)
    except Refused as refused:
        return _form(role, _shown(sent, own), _told(refused), person=person, own=own), 422
    return redirect(f"/pairing/people/{person.id}?done=saved", 303)


def _programme(asked: str | None) -> Programme:
    chosen = chosen_programme(of_ids(unit(), principal().programmes), asked)
    if chosen is None:
        raise NotFound("programme")
    return chosen


def _role(asked: str | None) -> str:
    return asked if asked in COLUMNS else "mentee"


def _role_of(person: Person) -> str:
    """Mentor or mentee; raises NotFound for those who are neither."""
    role = next((role for role in COLUMNS if role in person.roles), None)
    if role is None:
        raise NotFound("participant")
    return role


def _sent(role: str, own: bool = False) -> dict[str, str]:
    """What the form holds: a text for each field, ticked codes joined."""
    return {name: "; ".join(request.form.getlist(name)) for name in fields.names(role, own)}


def _shown(sent: Mapping[str, str], own: bool = False) -> dict[str, Any]:
    ticked = fields.SOME_OF.keys() | (fields.TO_TICK.keys() if own else set())
    return {name: request.form.getlist(name) if name in ticked else text for name, text in sent.items()}


def _read(role: str, sent: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    given, found = fields.read(role, sent, unit().now.date())
    errors: dict[str, str] = {}
    for finding in found:
        errors.setdefault(finding.column, _(finding.message, **finding.params))
    return given, errors


def _told(refused: Refused) -> dict[str, str]:
    return {"email" if refused.code in ADDRESS else "form": _(refused.message, **refused.params)}


def _form(
    role: str,
    values: Mapping[str, Any],
    errors: Mapping[str, str] | None = None,
    *,
    programme: Programme | None = None,
    person: Person | None = None,
    own: bool = False,
) -> str:
    return page(
        "people/form.html",
        role=role,
        fields=fields.fields(role, values, errors or {}, own),
        errors=errors or {},
        programme=programme,
        person=person,
        own=own,
    )
