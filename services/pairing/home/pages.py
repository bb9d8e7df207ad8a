"""The first page of every role, which answers "what should I do next?", and the page that says who sees what."""

from flask import request

from chassis.web import page_blueprint, principal, unit
from pairing.data_rights.retention import NOTICE
from pairing.home.next_step import STEPS, Progress, next_step
from pairing.matching import repository as matching
from pairing.pairings import repository as pairings
from pairing.pairings.own import own_pairings
from pairing.people import repository as people
from pairing.people.repository import PEOPLE
from pairing.programmes.choice import chosen_programme
from pairing.programmes.model import Programme
from pairing.programmes.repository import of_ids
from ui import page

pages = page_blueprint("home", service="pairing")


@pages.get("/")
def show() -> str:
    """The reader's first page."""
    if principal().has("coordinator"):
        return _coordinator()
    if principal().has("mentor", "mentee"):
        return _participant()
    return page("home/staff.html")


@pages.get("/privacy")
def privacy() -> str:
    """Who can see what, in plain words."""
    return page("home/privacy.html")


def _coordinator() -> str:
    programmes = of_ids(unit(), principal().programmes)
    programme = chosen_programme(programmes, request.args.get("programme"))
    runs = matching.waiting(unit(), programme.id) if programme else []
    progress = _progress(programme, len(runs)) if programme else None
    return page(
        "home/coordinator.html",
        programmes=programmes,
        programme=programme,
        progress=progress,
        waiting_run=max(runs, key=lambda run: run.number, default=None),
        step=next_step(progress),
        erasing_soon=programme is not None and programme.erases_on - NOTICE <= unit().now.date(),
        steps=STEPS,
    )


def _progress(programme: Programme, waiting_runs: int) -> Progress:
    by_state = pairings.counts(unit(), programme.id)
    return Progress(
        mentors=people.count(unit(), programme.id, "mentor"),
        mentees=people.count(unit(), programme.id, "mentee"),
        waiting_runs=waiting_runs,
        proposed=by_state.get("proposed", 0),
        active=by_state.get("active", 0),
    )


def _participant() -> str:
    me = unit().get(PEOPLE, principal().id)
    return page("home/participant.html", me=me, own_pairings=own_pairings(unit(), me.id), today=unit().now.date())
