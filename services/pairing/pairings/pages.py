"""Pages of pairings: a coordinator's list, one pairing, a participant's answer."""

from typing import Any

from flask import redirect, request

from chassis.web import page_blueprint, principal, unit
from pairing.pairings import commands, overview, own, repository, words
from pairing.pairings.model import STATES, Pairing
from pairing.pairings.repository import PAIRINGS
from pairing.people.repository import PEOPLE
from pairing.programmes.choice import chosen_programme
from pairing.programmes.repository import of_ids
from ui import gettext as _
from ui import page

Named = tuple[str, str]

pages = page_blueprint("pairings", service="pairing")


@pages.get("/pairings")
def index() -> str:
    """For a coordinator the pairings of one programme, for everybody else her own."""
    if not principal().has("coordinator"):
        return page("pairings/own.html", own_pairings=own.own_pairings(unit(), principal().id))
    programmes = of_ids(unit(), principal().programmes)
    chosen = chosen_programme(programmes, request.args.get("programme"))
    state = request.args.get("state", "")
    found = repository.of_programme(unit(), chosen.id, state if state in STATES else "") if chosen else []
    return page(
        "pairings/index.html",
        choices=[(each.id, each.name) for each in programmes],
        programme=chosen,
        state=state,
        states={code: words.state(code) for code in STATES},
        state_choices=[(code, words.state(code)[0]) for code in STATES],
        counts=repository.counts(unit(), chosen.id) if chosen else {},
        rows=_with_names(found),
        done=request.args.get("done", ""),
    )


@pages.get("/pairings/<id:pairing_id>")
def show(pairing_id: str) -> str:
    """One pairing, as its sides or as a coordinator may see it."""
    pairing = unit().get(PAIRINGS, pairing_id)
    if principal().id in pairing.members:
        mine = [view for view in own.own_pairings(unit(), principal().id) if view.id == pairing_id]
        return page("pairings/own.html", own_pairings=mine)
    return page("pairings/show.html", **overview.of(unit(), principal(), pairing), facts=_facts(pairing))


@pages.post("/pairings/<id:pairing_id>/accept")
def accept(pairing_id: str) -> Any:
    """A participant says yes."""
    commands.accept(unit(), pairing_id, by=principal().id)
    return redirect(f"/pairing/pairings/{pairing_id}", 303)


@pages.post("/pairings/<id:pairing_id>/decline")
def decline(pairing_id: str) -> Any:
    """A participant says no."""
    commands.decline(unit(), pairing_id, by=principal().id)
    return redirect(f"/pairing/pairings/{pairing_id}", 303)


def _with_names(pairings: list[Pairing]) -> list[tuple[Pairing, list[Named], list[Named]]]:
    """Each pairing with its mentors and its mentees, as (id, name)."""
    people = unit().get_many(PEOPLE, {id for pairing in pairings for id in pairing.members})

    def named(ids: tuple[str, ...]) -> list[Named]:
        return [(id, own.called(people.get(id), whole=True)) for id in ids]

    return [(pairing, named(pairing.mentor_ids), named(pairing.mentee_ids)) for pairing in pairings]


def _facts(pairing: Pairing) -> list[tuple[str, str]]:
    said = [
        (_("Model"), words.models(pairing.models)),
        (_("Way to meet"), words.meeting_format(pairing.format)),
        (_("Shared fields"), words.fields(pairing.interests)),
        (_("Shared languages"), words.languages(pairing.languages)),
        (_("Free together"), words.weekly(pairing.free_together)),
    ]
    return [(term, description or "–") for term, description in said]
