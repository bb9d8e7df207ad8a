"""Pages of data rights: one's own data, asking for a copy or an erasure, taking it back, a programme's requests, the certificate."""

from typing import Any

from flask import Response, jsonify, redirect, request

from chassis.web import page_blueprint, principal, sensitive, unit
from pairing.data_rights import commands, erasing, repository, routes, words
from pairing.data_rights.erasure import WAITING, WITHDRAWN, certificate_name
from pairing.data_rights.model import COLLECTING
from pairing.data_rights.schemas import certificate as certificate_data
from pairing.data_rights.schemas import listed
from pairing.people.repository import PEOPLE
from pairing.programmes.choice import chosen_programme
from pairing.programmes.repository import of_ids
from ui import gettext as _
from ui import page

pages = page_blueprint("data_rights", service="pairing")


@pages.get("/my-data")
def own() -> str:
    """The reader's own data."""
    return _person(principal().id)


@pages.get("/people/<id:person_id>/data")
def show(person_id: str) -> str:
    """The data of a ward or a participant: what was asked for and how far it is, never the data itself."""
    return _person(person_id)


def _person(person_id: str) -> str:
    person, uow = unit().get(PEOPLE, person_id), unit()
    erasure = repository.open_erasure(uow, person_id)
    exports = repository.exports_of(uow, person_id)
    return page(
        "data_rights/person.html",
        person=person,
        mine=person_id == principal().id,
        exports=[(each, each.state != COLLECTING and each.reader_id == principal().id) for each in exports],
        gathering=any(each.state == COLLECTING for each in exports),
        erasure=erasure,
        waiting=erasure is not None and erasure.state_at(uow.now) == WAITING,
        programmes=of_ids(uow, person.programme_ids),
        wards=[each for each in uow.get_many(PEOPLE, person.ward_ids).values() if person.guards(each, uow.now)],
        words=words,
        days_of_events=uow.settings.outbox_days,
    )


@pages.post("/people/<id:person_id>/data/copy")
@sensitive(routes.ASKS)
def ask_for_copy(person_id: str) -> Any:
    """Asks for a copy."""
    commands.ask_for_copy(unit(), person_id, by=principal().id)
    return redirect(_place(person_id), 303)


@pages.get("/exports/<id:export_id>/archive.zip")
def fetch(export_id: str) -> Response:
    """The copy, for its reader."""
    return routes.as_file(export_id)


@pages.get("/people/<id:person_id>/data/erase")
def confirm(person_id: str) -> str:
    """What an erasure means, and the form to ask for it."""
    return _form(person_id, {})


@pages.post("/people/<id:person_id>/data/erase")
@sensitive(routes.ASKS)
def erase(person_id: str) -> Any:
    """Asks for the erasure, when the box is ticked; one that is done at once goes on to its certificate."""
    if request.form.get("sure") != "yes":
        return _form(person_id, {"sure": _("Tick the box if you are sure. If you are not, go back: nothing has happened.")}), 422
    at_once = request.form.get("when") == "at_once"
    erasure = erasing.ask_for_erasure(unit(), person_id, by=principal().id, at_once=at_once)
    return redirect(_certificate(erasure.id) if at_once else _place(person_id), 303)


def _form(person_id: str, errors: dict[str, str]) -> str:
    person = unit().get(PEOPLE, person_id)
    typed = request.form.get("when", "later")
    return page(
        "data_rights/erase.html", person=person, mine=person_id == principal().id, when=typed, errors=errors, back=_place(person_id)
    )


@pages.post("/erasures/<id:erasure_id>/withdraw")
def withdraw(erasure_id: str) -> Any:
    """Takes an erasure back."""
    return redirect(_place(erasing.withdraw(unit(), erasure_id).person_id), 303)


@pages.get("/data-requests")
def requests() -> str:
    """The requests of one of the reader's programmes, and by when each must be answered."""
    programmes = of_ids(unit(), principal().programmes)
    programme = chosen_programme(programmes, request.args.get("programme"))
    rows = [listed(each, unit().now) for each in repository.requests_in(unit(), [programme.id])] if programme else []
    names = {id: person.name for id, person in unit().get_many(PEOPLE, [row["person_id"] for row in rows]).items()}
    choices = [(each.id, each.name) for each in programmes]
    return page("data_rights/requests.html", programme=programme, choices=choices, rows=rows, names=names, words=words)


@pages.get("/certificates/<certificate>")
def certificate(certificate: str) -> str:
    """What an erasure erased and what stays; for whoever has the address, and it names nobody."""
    erasure = repository.by_certificate(unit(), certificate)
    return page(
        "data_rights/certificate.html",
        erasure=erasure,
        state=erasure.state_at(unit().now),
        withdrawn=erasure.state == WITHDRAWN,
        progress=erasure.progress(unit().now),
        file=f"/pairing/certificates/{certificate_name(unit().settings.secret, erasure.id)}/certificate.json",
        words=words,
    )


@pages.get("/certificates/<certificate>/certificate.json")
def certificate_file(certificate: str) -> Response:
    """The same for programs, to be kept."""
    response = jsonify(certificate_data(repository.by_certificate(unit(), certificate)))
    response.headers["Content-Disposition"] = 'attachment; filename="certificate.json"'
    return response


def _place(person_id: str) -> str:
    return "/pairing/my-data" if person_id == principal().id else f"/pairing/people/{person_id}/data"


def _certificate(erasure_id: str) -> str:
    return f"/pairing/certificates/{certificate_name(unit().settings.secret, erasure_id)}"
