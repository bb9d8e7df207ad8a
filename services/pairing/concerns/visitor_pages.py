"""Pages for people who are not signed in: raise a concern, and see by its number what became of it. No address holds a word or a number."""

import re
from typing import Any

from flask import request
from marshmallow import ValidationError

from chassis.errors import Invalid
from chassis.web import page_blueprint, sensitive, unit
from chassis.web.schemas import UUID
from pairing.concerns import commands, people, visitors
from pairing.concerns.numbers import LONGEST_TYPED
from pairing.concerns.schemas import LONGEST, LONGEST_REACH, WRONG, ConcernSchema
from ui import gettext as _
from ui import page

TOLD_PER_CALLER, ASKED_PER_CALLER = "60 per 60 minutes", "60 per 15 minutes"
"""A whole school may sit behind one network address."""
FIELDS = ("id", "words", "programme_id", "reach", "urgent")

pages = page_blueprint("visitors", service="pairing")


@pages.post("/concerns/new")
@sensitive(TOLD_PER_CALLER)
def tell() -> Any:
    """Hands a concern to the safeguarding leads; the answer alone shows its number. The same form again is the same concern."""
    typed = {name: request.form.get(name, "") for name in FIELDS}
    try:
        said = ConcernSchema().load({name: typed[name] for name in ("words", "reach")})
        content = visitors.content(unit(), words=said["words"], reach=said["reach"], programme_id=typed["programme_id"])
    except (ValidationError, Invalid) as wrong:
        messages = wrong.errors if isinstance(wrong, Invalid) else wrong.messages_dict
        return form(typed, {name: _(WRONG[name]) for name in WRONG if name in messages}), 422
    form_id = typed["id"] if re.fullmatch(UUID, typed["id"]) else unit().new_id()
    number = commands.raise_as_visitor(unit(), form_id, content, urgent=bool(typed["urgent"]))
    return page("concerns/told.html", number=number, urgent=bool(typed["urgent"]), contact=unit().settings.safeguarding_contact)


@pages.get("/concerns/number")
def ask() -> str:
    """Where to write the number."""
    return page("concerns/number.html", concern=None, errors={}, longest=LONGEST_TYPED)


@pages.post("/concerns/number")
@sensitive(ASKED_PER_CALLER)
def follow() -> Any:
    """Where the concern with this number stands, and what the safeguarding lead lets its raiser know."""
    concern = visitors.of_number(unit(), request.form.get("number", ""))
    errors = {} if concern else {"number": _("There is no concern with this number. Look at it sign by sign, and write it once more.")}
    return page("concerns/number.html", concern=concern, errors=errors, longest=LONGEST_TYPED), 200 if concern else 422


def form(typed: dict[str, str], errors: dict[str, str]) -> str:
    """The form to raise a concern, with what was typed. It names nobody: who reads it is not for everybody to know."""
    return page(
        "concerns/visitor.html",
        values={**dict.fromkeys(FIELDS, ""), **typed, "id": typed.get("id") or unit().new_id()},
        errors=errors,
        programmes=[(programme.id, programme.name) for programme in visitors.programmes(unit())],
        somebody_reads=bool(people.leads(unit())),
        contact=unit().settings.safeguarding_contact,
        longest=LONGEST,
        longest_reach=LONGEST_REACH,
    )
