"""The page behind a guardian's link: what it is about, the texts, yes or no; it works without an account."""

from typing import Any

from flask import redirect, request

from chassis.errors import Forbidden, Invalid, Refused
from chassis.web import page_blueprint, sensitive, unit
from pairing.consents import guardians
from pairing.consents.model import KINDS
from pairing.consents.texts import TEXTS, current_version
from pairing.programmes.repository import PROGRAMMES
from ui import gettext as _
from ui import page
from ui.reader import reader

ANSWERS_PER_CALLER = "100 per 15 minutes"

pages = page_blueprint("guardians", service="pairing")


@pages.get("/guardian/thanks")
def thanks() -> str:
    """What happens after the answer."""
    return page("consents/thanks.html", agreed=request.args.get("answer") != "no")


@pages.get("/guardian/<asked>")
def show(asked: str) -> Any:
    """Who asks for what; fetching the page answers nothing, because mail scanners fetch links."""
    try:
        return _form(asked)
    except Forbidden as refused:
        return page("consents/refused.html", reason=_(refused.message, **refused.params)), 403


@pages.post("/guardian/<asked>")
@sensitive(ANSWERS_PER_CALLER)
def accept(asked: str) -> Any:
    """The guardian allows it; her account is made, and a link to sign in goes to her by mail."""
    try:
        guardians.accept(unit(), asked, {kind for kind in KINDS if request.form.get(kind) == "yes"}, reader().language)
    except Invalid as wrong:
        return _form(asked, {kind: " ".join(_(sentence) for sentence in said) for kind, said in wrong.errors.items()}), 422
    except (Forbidden, Refused) as refused:
        return page("consents/refused.html", reason=_(refused.message, **refused.params)), 403
    return redirect("/pairing/guardian/thanks", 303)


@pages.post("/guardian/<asked>/decline")
@sensitive(ANSWERS_PER_CALLER)
def decline(asked: str) -> Any:
    """The guardian says no."""
    try:
        guardians.decline(unit(), asked)
    except Forbidden as refused:
        return page("consents/refused.html", reason=_(refused.message, **refused.params)), 403
    return redirect("/pairing/guardian/thanks?answer=no", 303)


def _form(key: str, errors: dict[str, str] | None = None) -> str:
    asked, ward = guardians.find(unit(), key)
    wanted = guardians.asked_for(unit(), ward)
    return page(
        "consents/guardian.html",
        link=key,
        ward=ward,
        programme=unit().find_one(PROGRAMMES, {"_id": asked.programme_id}),
        wanted=wanted,
        texts={kind: TEXTS[kind, current_version(kind)] for kind in KINDS},
        ticked=[kind for kind in KINDS if request.form.get(kind) == "yes"],
        errors=errors or {},
    )
