"""Pages for coordinators: the public form of a programme, opened, closed and given another address; and the waiting list."""

from typing import Any

from flask import redirect, request

from chassis.web import page_blueprint, principal, unit
from pairing.intake import commands
from pairing.intake.leaves import leaves
from pairing.intake.repository import ENTRANCES
from pairing.intake.waiting import waiting_in
from pairing.programmes.choice import chosen_programme
from pairing.programmes.repository import PROGRAMMES, of_ids
from ui import page

pages = page_blueprint("entrances", service="pairing")


@pages.get("/programmes/<id:programme_id>/form")
def show(programme_id: str) -> str:
    """Whether the form takes people in, and the link to give to them."""
    entrance = unit().find_one(ENTRANCES, {"_id": programme_id})
    address = f"{unit().settings.public_url.rstrip('/')}/pairing/join/{entrance.token}" if entrance else ""
    return page("intake/entrance.html", programme=unit().get(PROGRAMMES, programme_id), entrance=entrance, address=address)


@pages.post("/programmes/<id:programme_id>/form/open")
def open_form(programme_id: str) -> Any:
    """Lets people in."""
    commands.open_entrance(unit(), programme_id, open=True)
    return redirect(f"/pairing/programmes/{programme_id}/form", 303)


@pages.post("/programmes/<id:programme_id>/form/close")
def close_form(programme_id: str) -> Any:
    """Lets nobody in any more; the link works again once the form is opened."""
    commands.open_entrance(unit(), programme_id, open=False)
    return redirect(f"/pairing/programmes/{programme_id}/form", 303)


@pages.post("/programmes/<id:programme_id>/form/renew")
def renew(programme_id: str) -> Any:
    """Another link; the one before leads nowhere."""
    commands.renew_address(unit(), programme_id)
    return redirect(f"/pairing/programmes/{programme_id}/form", 303)


@pages.post("/programmes/<id:programme_id>/ask-guardians")
def ask_guardians(programme_id: str) -> Any:
    """Has all guardians asked who were not asked yet."""
    commands.ask_guardians(unit(), unit().get(PROGRAMMES, programme_id))
    return redirect(f"/pairing/waiting?programme={programme_id}&done=asked", 303)


@pages.get("/waiting")
def waiting() -> str:
    """Who waits in one of the reader's programmes, since when, and what is lacking, fifty of each side at a time."""
    programmes = of_ids(unit(), principal().programmes)
    programme = chosen_programme(programmes, request.args.get("programme"))
    found = waiting_in(unit(), programme) if programme else {}
    unasked = sum("guardian_not_asked" in way.lacks for way in found.get("mentee", ()))
    shown = leaves(found, programme.id, request.args) if programme else {}
    done = request.args.get("done") == "asked"
    return page("intake/waiting.html", programme=programme, programmes=programmes, waiting=shown, unasked=unasked, done=done)
