"""The first page of every role, which answers "what should I do next?", and the page that says who sees what."""

from flask import request

from chassis.web import page_blueprint, principal, unit
from pairing.agreements.waiting import to_sign
from pairing.concerns.own import has_answer
from pairing.concerns.reading import waiting_for
from pairing.data_rights.retention import NOTICE
from pairing.home.next_step import STEPS, Progress, next_step
from pairing.home.wards import wards_of
from pairing.intake.journey import Journey
from pairing.intake.waiting import journey_in, waiting_in
from pairing.matching import repository as matching
from pairing.pairings import repository as pairings
from pairing.pairings.model import OPEN
from pairing.pairings.overview import to_talk_about
from pairing.pairings.own import own_pairings
from pairing.people import repository as people
from pairing.people.model import Person
from pairing.people.repository import PEOPLE
from pairing.programmes.choice import chosen_programme
from pairing.programmes.model import Programme
from pairing.programmes.repository import of_ids
from ui import page

pages = page_blueprint("home", service="pairing")
MOST_LOOKED_AT = 1_000
"""People of a programme up to which Today says what each of them lacks; with more, the waiting list does."""


@pages.get("/")
def show() -> str:
    """The reader's first page."""
    if principal().has("coordinator"):
        return _coordinator()
    if principal().has("mentor", "mentee"):
        return _participant()
    if principal().has("guardian") and not principal().has("administrator", "safeguarding_lead"):
        return wards()
    return page("home/staff.html", waiting=waiting_for(unit(), principal()))


@pages.get("/wards")
def wards() -> str:
    """The people whom a guardian answers for."""
    me = unit().get(PEOPLE, principal().id)
    return page("home/guardian.html", me=me, wards=wards_of(unit(), me), to_sign=to_sign(unit(), me))


@pages.get("/privacy")
def privacy() -> str:
    """Who can see what, in plain words."""
    return page("home/privacy.html")


def _coordinator() -> str:
    programmes = of_ids(unit(), principal().programmes)
    programme = chosen_programme(programmes, request.args.get("programme"))
    runs = [run for run in matching.waiting(unit(), programme.id) if run.placed] if programme else []
    progress = _progress(programme, len(runs)) if programme else None
    return page(
        "home/coordinator.html",
        programmes=programmes,
        programme=programme,
        progress=progress,
        waiting_run=max(runs, key=lambda run: run.number, default=None),
        talks=to_talk_about(unit(), programme.id) if programme else [],
        step=next_step(progress),
        erasing_soon=programme is not None and programme.erases_on - NOTICE <= unit().now.date(),
        steps=STEPS,
        today=unit().now.date(),
        waiting=waiting_for(unit(), principal()),
    )


def _progress(programme: Programme, waiting_runs: int) -> Progress:
    by_state = pairings.counts(unit(), programme.id)
    mentors, mentees = (people.count(unit(), programme.id, role) for role in ("mentor", "mentee"))
    waiting = waiting_in(unit(), programme) if mentors + mentees <= MOST_LOOKED_AT else {"mentor": [], "mentee": []}
    return Progress(
        mentors=mentors,
        mentees=mentees,
        waiting_runs=waiting_runs,
        proposed=by_state.get("proposed", 0),
        active=sum(by_state.get(state, 0) for state in pairings.AGREED),
        placed=pairings.placed_in(unit(), programme.id),
        unasked=sum("guardian_not_asked" in way.lacks for way in waiting["mentee"]),
        unready=sum(not {"vetting", "training"}.isdisjoint(way.lacks) for way in waiting["mentor"]),
        stage=programme.state,
    )


def _participant() -> str:
    me = unit().get(PEOPLE, principal().id)
    own = own_pairings(unit(), me.id)
    return page(
        "home/participant.html",
        me=me,
        own_pairings=own,
        to_sign=to_sign(unit(), me),
        journeys=_journeys(me),
        coordinators=[(each, people.of_role(unit(), each.id, "coordinator")) for each in of_ids(unit(), me.programme_ids)],
        has_answer=has_answer(unit(), me.id),
        waiting=waiting_for(unit(), principal()),
    )


def _journeys(me: Person) -> list[Journey]:
    """Where the reader is in each programme that still lasts and in which she has neither match nor proposal."""
    placed = {pairing.programme_id for pairing in pairings.of_person(unit(), me.id) if pairing.state in OPEN}
    running = [each for each in of_ids(unit(), me.programme_ids) if each.ends_on >= unit().now.date() and each.id not in placed]
    return [journey_in(unit(), me, programme) for programme in running]
