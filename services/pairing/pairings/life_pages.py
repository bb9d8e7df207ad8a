"""Pages that do something with a running pairing: pause, go on, end, close; and the quiet request for somebody else."""

from typing import Any

from flask import flash, redirect, request
from marshmallow import ValidationError

from chassis.errors import Invalid
from chassis.web import page_blueprint, principal, unit
from pairing.change_requests import commands as change_requests
from pairing.change_requests import repository as requests_kept
from pairing.pairings import commands, life, own
from pairing.pairings.repository import PAIRINGS
from pairing.pairings.schemas import AskSchema, EndSchema, PauseSchema
from pairing.people.choices import MODELS
from pairing.people.repository import PEOPLE
from ui import gettext as _
from ui import page

pages = page_blueprint("pairing_life", service="pairing")


@pages.post("/pairings/<id:pairing_id>/models")
def choose_models(pairing_id: str) -> Any:
    """Its coordinator decides how they work."""
    commands.choose_models(unit(), pairing_id, [model for model in request.form.getlist("models") if model in MODELS])
    return _done(pairing_id, _("Noted. Both sides see it with the proposal."))


@pages.post("/pairings/<id:pairing_id>/pause")
def pause(pairing_id: str) -> Any:
    """Staff pauses it."""
    life.pause(unit(), pairing_id, _form(PauseSchema(), "reason")["reason"], principal().id)
    return _done(pairing_id, _("It is paused. Its people get a message that they do not meet for now."))


@pages.post("/pairings/<id:pairing_id>/resume")
def resume(pairing_id: str) -> Any:
    """Staff lets it go on."""
    life.resume(unit(), pairing_id, principal().id, as_lead=principal().has("safeguarding_lead"))
    return _done(pairing_id, _("It goes on. Its people get a message."))


@pages.post("/pairings/<id:pairing_id>/end")
def end(pairing_id: str) -> Any:
    """Its coordinator ends it."""
    life.end(unit(), pairing_id, _form(EndSchema(), "ending")["ending"], principal().id)
    return _done(pairing_id, _("It comes to its end. Both sides are asked to look back."))


@pages.post("/pairings/<id:pairing_id>/close")
def close(pairing_id: str) -> Any:
    """Its coordinator does not wait until all have looked back."""
    life.close_now(unit(), pairing_id, principal().id)
    return _done(pairing_id, _("It is closed. Both can still look back."))


@pages.post("/pairings/<id:pairing_id>/stop")
def stop(pairing_id: str) -> Any:
    """Staff closes it at once."""
    life.stop(unit(), pairing_id, principal().id)
    return _done(pairing_id, _("It is closed. Its people get a message that they do not meet any more."))


@pages.post("/pairings/<id:pairing_id>/go-on")
def go_on(pairing_id: str) -> Any:
    """Its coordinator talked with them."""
    life.go_on(unit(), pairing_id, principal().id)
    return _done(pairing_id, _("Noted: you talked with them and they go on."))


@pages.get("/pairings/<id:pairing_id>/change")
def change(pairing_id: str) -> str:
    """A participant can ask for somebody else."""
    return _change(pairing_id, {})


@pages.post("/pairings/<id:pairing_id>/change")
def ask_for_change(pairing_id: str) -> Any:
    """A participant asks for somebody else."""
    try:
        change_requests.ask(unit(), pairing_id, principal().id, _form(AskSchema(), "words")["words"])
    except Invalid as wrong:
        return _change(pairing_id, {name: [_(sentence) for sentence in said] for name, said in wrong.errors.items()}), 422
    return _done(pairing_id, _("Your coordinator knows and gets in touch with you. Nobody else was told."))


def _change(pairing_id: str, errors: dict[str, list[str]]) -> str:
    pairing, me = unit().get(PAIRINGS, pairing_id), principal().id
    asked = requests_kept.of(unit(), pairing_id, me)
    view = own.own_view(pairing, me, unit().get_many(PEOPLE, pairing.members))
    open_request = asked if asked and asked.settled_at is None else None
    typed = request.form.get("words", open_request.words if open_request else "")
    return page("pairings/change.html", own=view, asked=open_request, words=typed, errors=errors)


def _form(schema: Any, *names: str) -> Any:
    """The fields of the form; raises Invalid."""
    try:
        return schema.load({name: request.form.get(name, "") for name in names})
    except ValidationError as wrong:
        raise Invalid(wrong.normalized_messages()) from wrong


def _done(pairing_id: str, sentence: str) -> Any:
    flash(sentence, "good")
    return redirect(f"/pairing/pairings/{pairing_id}", 303)
