"""Pages for everybody: raise a concern, and see what became of one's own."""

import re
from typing import Any

from flask import redirect, request
from marshmallow import ValidationError

from chassis.errors import Invalid
from chassis.web import page_blueprint, principal, principal_or_none, sensitive, sign_in_lapsed, unit
from chassis.web.schemas import UUID
from pairing.concerns import commands, people, visitor_pages
from pairing.concerns.own import own_concerns
from pairing.concerns.schemas import LONGEST, LONGEST_REACH, WRONG, ConcernSchema
from ui import gettext as _
from ui import page

MOST_OFTEN = "30 per 60 minutes"

pages = page_blueprint("concerns", service="pairing")


@pages.get("/concerns")
def index() -> str:
    """The reader's own concerns, and where each of them stands."""
    return page("concerns/index.html", concerns=own_concerns(unit(), principal().id), done=request.args.get("done", ""))


@pages.get("/concerns/new")
def new() -> str:
    """The form to raise a concern; who is not signed in gets one that shows nobody."""
    if principal_or_none() is None and not sign_in_lapsed():
        return visitor_pages.form({}, {})
    return _form({"id": unit().new_id()}, {})


@pages.post("/concerns")
@sensitive(MOST_OFTEN)
def raise_concern() -> Any:
    """Hands a concern to the safeguarding leads."""
    me, typed = principal().id, {name: request.form.get(name, "") for name in ("id", "words", "about_id", "reach", "urgent")}
    try:
        said = ConcernSchema().load({name: typed[name] for name in ("words", "reach")})
        content = people.content(unit(), me, words=said["words"], reach=said["reach"], about_id=typed["about_id"])
    except (ValidationError, Invalid) as wrong:
        messages = wrong.errors if isinstance(wrong, Invalid) else wrong.messages_dict
        return _form(typed, {name: _(WRONG[name]) for name in WRONG if name in messages}), 422
    id = typed["id"] if re.fullmatch(UUID, typed["id"]) else unit().new_id()
    commands.raise_concern(unit(), id, me, content, urgent=bool(typed["urgent"]))
    return redirect(f"/pairing/concerns?done={'urgent' if typed['urgent'] else 'sent'}", 303)


def _form(values: dict[str, str], errors: dict[str, str]) -> str:
    return page(
        "concerns/new.html",
        values={"words": "", "about_id": "", "reach": "", "urgent": "", **values},
        errors=errors,
        choices=[(choice.id, choice.name) for choice in people.choices(unit(), principal().id)],
        leads=people.leads(unit()),
        contact=unit().settings.safeguarding_contact,
        longest=LONGEST,
        longest_reach=LONGEST_REACH,
    )
