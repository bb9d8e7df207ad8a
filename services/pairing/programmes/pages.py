"""Pages to set up, look at, change and move on a programme."""

from typing import Any

from flask import make_response, redirect, request
from marshmallow import ValidationError

from chassis.errors import Invalid, Stale
from chassis.web import page_blueprint, principal, set_sign_in_cookie, unit
from pairing.accounts import cookies
from pairing.accounts.commands import renew
from pairing.country_packs import words as rules
from pairing.country_packs.repository import countries, pack_of
from pairing.intake.repository import ENTRANCES
from pairing.pairings import words
from pairing.pairings.commands import today
from pairing.programmes import commands, repository
from pairing.programmes.forms import form, set_up_like, typed, usual_set_up
from pairing.programmes.model import Programme
from pairing.programmes.repository import PROGRAMMES
from pairing.programmes.schemas import ProgrammeSchema
from pairing.programmes.stages import BACK, STATES
from pairing.programmes.words import weighed
from ui import page

pages = page_blueprint("programmes", service="pairing")


@pages.get("/programmes")
def index() -> str:
    """The reader's programmes."""
    return page("programmes/index.html", programmes=repository.of_ids(unit(), principal().programmes))


@pages.get("/programmes/new")
def new() -> str:
    """The form for a new programme, filled with what is usual or with the set-up of one that the reader runs."""
    earlier = repository.of_ids(unit(), principal().programmes)
    like = request.args.get("like")
    if like:
        commands.check_runs(principal().programmes, like)
    model = unit().get(PROGRAMMES, like) if like else None
    return form("/pairing/programmes", set_up_like(model) if model else usual_set_up(), earlier=earlier, like=model)


@pages.post("/programmes")
def create() -> Any:
    """Sets the programme up; the reader's token names it at once. Whose sign-in has ended gets no new token, and no programme."""
    try:
        programme = commands.create(unit(), **ProgrammeSchema().load(typed()))
    except (ValidationError, Invalid) as wrong:
        return form("/pairing/programmes", typed(), wrong), 422
    response = make_response(redirect(f"/pairing/people/import?programme={programme.id}", 303))
    set_sign_in_cookie(response, renew(unit(), cookies.presented()).access_token)
    return response


@pages.get("/programmes/<id:programme_id>")
def show(programme_id: str) -> str:
    """A programme: its stage and what comes next, its set-up, and the rules of its country."""
    programme, entrance = unit().get(PROGRAMMES, programme_id), unit().find_one(ENTRANCES, {"_id": programme_id})
    return page(
        "programmes/show.html",
        programme=programme,
        states=STATES,
        back=BACK.get(programme.state, ""),
        criteria=weighed(),
        words=words,
        country=rules.country(programme.country_pack) if programme.country_pack else "",
        rules=_rules(programme),
        form_is_open=entrance is not None and entrance.lets_in(programme, unit().now.date()),
        done=request.args.get("done", ""),
    )


@pages.get("/programmes/<id:programme_id>/change")
def edit(programme_id: str) -> str:
    """The form with a programme's set-up, to change."""
    programme = unit().get(PROGRAMMES, programme_id)
    return form(f"/pairing/programmes/{programme_id}", ProgrammeSchema().dump(programme), programme=programme)


@pages.post("/programmes/<id:programme_id>")
def change(programme_id: str) -> Any:
    """Changes it, unless somebody else did since the form was made."""
    programme = unit().get(PROGRAMMES, programme_id)
    if request.form.get("version") != str(programme.version):
        raise Stale
    try:
        commands.change(unit(), programme_id, **ProgrammeSchema().load(typed()))
    except (ValidationError, Invalid) as wrong:
        return form(f"/pairing/programmes/{programme_id}", typed(), wrong, programme), 422
    return redirect(f"/pairing/programmes/{programme_id}?done=saved", 303)


@pages.post("/programmes/<id:programme_id>/state")
def advance(programme_id: str) -> Any:
    """Takes it one stage on, or back where that is open."""
    commands.advance(unit(), programme_id, request.form.get("state", ""))
    return redirect(f"/pairing/programmes/{programme_id}?done=moved", 303)


def _rules(programme: Programme) -> list[rules.Row]:
    """The rules of its country as they are today, or none when no country is chosen."""
    if programme.country_pack not in countries():
        return []
    return rules.rows(pack_of(programme.country_pack, today(programme, unit().now)))
