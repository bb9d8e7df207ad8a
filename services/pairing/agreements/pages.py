"""Pages of an agreement: read it, fill it in, sign it, look at an earlier version, print it."""

from pathlib import Path
from typing import Any

from flask import Response, redirect, request
from marshmallow import ValidationError

from chassis.errors import NotFound, Refused
from chassis.web import page_blueprint, principal, sensitive, unit
from pairing.agreements import commands
from pairing.agreements.reading import Reading, read_agreement
from pairing.agreements.repository import of_pairing
from pairing.agreements.schemas import LONGEST, answers_schema
from pairing.agreements.template import questions_of, sections_of
from pairing.pairings.model import Pairing
from pairing.pairings.repository import PAIRINGS
from pairing.programmes.repository import PROGRAMMES
from ui import gettext as _
from ui import page, pdf, reader
from ui.rendering import when

PRINTED = Path(__file__).parent.parent / "templates" / "agreements" / "agreement.typ"
LAST_NUMBER = 10**6
NUMBER = "<int(min=1, max=1000000):number>"

pages = page_blueprint("agreements", service="pairing")


@pages.get("/pairings/<id:pairing_id>/agreement")
def show(pairing_id: str) -> str:
    """The latest version, and what to do next."""
    return page("agreements/show.html", pairing=_pairing(pairing_id), reading=_read(pairing_id, 0), done=request.args.get("done", ""))


@pages.get(f"/pairings/<id:pairing_id>/agreement/{NUMBER}")
def version(pairing_id: str, number: int) -> str:
    """An earlier version, with the signatures under it."""
    return page("agreements/show.html", pairing=_pairing(pairing_id), reading=_read(pairing_id, number), done="")


@pages.get(f"/pairings/<id:pairing_id>/agreement/{NUMBER}.pdf")
@sensitive("120 per 60 minutes")
def printed(pairing_id: str, number: int) -> Response:
    """A version to print, in the reader's language."""
    document = pdf.render(PRINTED, _printed(_pairing(pairing_id), _read(pairing_id, number)), language=reader().language)
    name = {"Content-Disposition": f'inline; filename="agreement-{number}.pdf"'}
    return Response(document, mimetype="application/pdf", headers=name)


@pages.get("/pairings/<id:pairing_id>/agreement/edit")
def edit(pairing_id: str) -> str:
    """The form with the answers so far."""
    agreement = of_pairing(unit(), pairing_id)
    latest = agreement.latest if agreement else None
    return _form(_pairing(pairing_id), dict(latest.answers) if latest else {}, latest.number if latest else 0, {})


@pages.post("/pairings/<id:pairing_id>/agreement")
def write(pairing_id: str) -> Any:
    """Saves what was filled in, as a new version."""
    pairing, based_on = _pairing(pairing_id), _number(request.form.get("based_on", ""))
    typed = {key: request.form.get(key, "") for key in questions_of(pairing.models)}
    try:
        commands.write(unit(), pairing_id, answers_schema(pairing.models).load(typed), principal().id, based_on)
    except ValidationError as wrong:
        errors = {key: _("Choose from the list, or write at most 500 characters.") for key in typed if key in wrong.messages_dict}
        return _form(pairing, typed, based_on, errors), 422
    except Refused as refused:
        if refused.code != "agreement-newer":
            raise
        newest = of_pairing(unit(), pairing_id)
        return _form(pairing, typed, newest.number if newest else 0, {"newer": _(refused.message)}), 409
    return redirect(f"/pairing/pairings/{pairing_id}/agreement?done=saved", 303)


@pages.post("/pairings/<id:pairing_id>/agreement/sign")
def sign(pairing_id: str) -> Any:
    """Signs the version that was read."""
    commands.sign(unit(), pairing_id, _number(request.form.get("number", "")), principal().id, reader().language)
    return redirect(f"/pairing/pairings/{pairing_id}/agreement?done=signed", 303)


def _pairing(pairing_id: str) -> Pairing:
    return unit().get(PAIRINGS, pairing_id)


def _read(pairing_id: str, number: int) -> Reading:
    pairing = _pairing(pairing_id)
    staff = principal().has("coordinator") and pairing.programme_id in principal().programmes and principal().id not in pairing.members
    reading = read_agreement(unit(), pairing, principal().id, staff=staff, number=number)
    if reading is None:
        raise NotFound("agreement")
    return reading


def _number(text: str) -> int:
    return min(int(text), LAST_NUMBER) if text.isascii() and text.isdigit() and len(text) < 8 else 0


def _form(pairing: Pairing, values: dict[str, str], based_on: int, errors: dict[str, str]) -> str:
    return page(
        "agreements/edit.html",
        pairing=pairing,
        sections=sections_of(pairing.models),
        values=values,
        based_on=based_on,
        errors=errors,
        longest=LONGEST,
    )


def _printed(pairing: Pairing, reading: Reading) -> dict[str, Any]:
    return {
        "title": reading.title,
        "under": unit().get(PROGRAMMES, pairing.programme_id).name,
        "version": _("Version %(number)s, %(moment)s", number=reading.shown.number, moment=when(reading.shown.written_at))
        if reading.shown
        else "",
        "parts": [{"title": part.title, "states": part.states, "answers": part.answers} for part in reading.parts],
        "signatures": _("Signatures"),
        "signed": [[place.name, when(place.at) if place.at else _("not signed yet")] for place in reading.places],
    }
