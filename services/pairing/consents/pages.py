"""The page of somebody's permissions: the texts, what was agreed to, taking it back; for herself, her guardian and the coordinator."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import redirect, request

from chassis.errors import Invalid
from chassis.web import page_blueprint, principal, unit
from pairing.consents import commands, guardians, repository
from pairing.consents.ages import consents_herself, packs_of
from pairing.consents.model import KINDS
from pairing.consents.repository import CONSENTS
from pairing.consents.standing import standing
from pairing.consents.texts import current
from pairing.country_packs import words as rules
from pairing.people.cells import Wrong
from pairing.people.cells import day as read_day
from pairing.people.findings import REMEDIES
from pairing.people.repository import PEOPLE, guardians_of
from ui import gettext as _
from ui import page
from ui.language import mark
from ui.reader import reader

DONE = {
    "agreed": mark("Noted. Thank you."),
    "withdrawn": mark("It is taken back. No match is looked for from now on."),
    "asked": mark("The guardian is asked by e-mail. The link there works for 14 days."),
    "recorded": mark("Recorded."),
}

pages = page_blueprint("consents", service="pairing")


@pages.get("/people/<id:person_id>/permissions")
def show(person_id: str) -> str:
    """What was agreed to, and what is lacking."""
    return _render(person_id)


@pages.get("/consents/<id:consent_id>")
def record(consent_id: str) -> Any:
    """Where a message about one record leads."""
    return redirect(f"/pairing/people/{unit().get(CONSENTS, consent_id).person_id}/permissions", 303)


@pages.post("/people/<id:person_id>/permissions/agree")
def agree(person_id: str) -> Any:
    """Agrees to the text that is shown, for oneself or one's ward."""
    return _do(person_id, "agreed", lambda kind: commands.agree(unit(), person_id, kind, reader().language))


@pages.post("/people/<id:person_id>/permissions/withdraw")
def withdraw(person_id: str) -> Any:
    """Takes it back; staff do so when asked to."""
    return _do(person_id, "withdrawn", lambda kind: commands.withdraw(unit(), person_id, kind))


@pages.post("/people/<id:person_id>/permissions/paper")
def paper(person_id: str) -> Any:
    """Staff record what was signed on paper, with its day."""
    return _do(person_id, "recorded", lambda kind: commands.record_paper(unit(), person_id, kind, _day(), by=principal().id))


@pages.post("/people/<id:person_id>/permissions/ask")
def ask(person_id: str) -> Any:
    """Has the guardian asked by e-mail, once more if need be."""
    guardians.ask(unit(), person_id, unit().get(PEOPLE, person_id).language)
    return redirect(f"/pairing/people/{person_id}/permissions?done=asked", 303)


def _do(person_id: str, done: str, deed: Callable[[str], object]) -> Any:
    kind = request.form.get("kind", "")
    try:
        if kind not in KINDS:
            raise Invalid({"kind": [mark("Choose what this is about.")]})
        deed(kind)
    except Invalid as wrong:
        return _render(person_id, {name: " ".join(_(sentence) for sentence in said) for name, said in wrong.errors.items()}), 422
    return redirect(f"/pairing/people/{person_id}/permissions?done={done}", 303)


def _day() -> date:
    try:
        return read_day(request.form.get("on", "").strip())
    except Wrong:
        raise Invalid({"on": [REMEDIES["day-format"]]}) from None


def _render(person_id: str, errors: dict[str, str] | None = None) -> str:
    uow, person = unit(), unit().get(PEOPLE, person_id)
    records = repository.of_person(uow, person_id)
    today = uow.now.date()
    return page(
        "consents/show.html",
        person=person,
        role=commands.role_of_actor(uow, person_id),
        herself=consents_herself(uow, person),
        rules=[(rules.country(code), rules.of_consent(pack)) for code, pack in packs_of(uow, person.programme_ids).items()],
        minor=person.is_minor(today),
        standings=[(standing(person, records, kind), current(kind)) for kind in KINDS],
        asked=repository.latest_request(uow, person_id),
        guardians=guardians_of(uow, person_id),
        records=records,
        now=uow.now,
        today=today,
        typed=request.form,
        errors=errors or {},
        done=DONE.get(request.args.get("done", "")),
    )
