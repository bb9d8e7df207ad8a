"""Pages for safeguarding leads: the concerns that were raised, and one of them with what was done about it."""

from typing import Any

from flask import redirect, request
from marshmallow import ValidationError

from chassis.web import audit, page_blueprint, principal, unit
from pairing.concerns import commands, finding, people, repository
from pairing.concerns.model import MESSAGE, NOTE
from pairing.concerns.reading import case_of, numbers, readable
from pairing.concerns.schemas import LONGEST, LONGEST_NAME, NameSchema, WordsSchema
from pairing.pairings import words
from ui import gettext as _
from ui import page

pages = page_blueprint("cases", service="pairing")


@pages.get("/cases")
def index() -> str:
    """All concerns that the reader may look after: the open ones first, the oldest before the newer."""
    me = principal().id
    opened, closed = (readable(unit(), found, me) for found in (repository.open_ones(unit()), repository.closed_ones(unit())))
    takers = {concern.taken_by for concern in (*opened, *closed)}
    quoted = numbers(unit(), (*opened, *closed))
    return page("concerns/cases.html", opened=opened, closed=closed, names=people.names(unit(), takers), numbers=quoted)


@pages.get("/cases/<id:concern_id>")
def show(concern_id: str) -> str:
    """One concern, unsealed."""
    concern = unit().get(repository.CONCERNS, concern_id)
    case = case_of(unit(), concern)
    shown = {"case": case, "concern": concern, "me": principal().id, "states": _states(case.pairings)}
    return page("concerns/case.html", **shown, longest=LONGEST, longest_name=LONGEST_NAME)


@pages.post("/cases/<id:concern_id>/take")
def take(concern_id: str) -> Any:
    """The reader looks into it."""
    commands.take(unit(), concern_id, by=principal().id)
    return _back(concern_id)


@pages.post("/cases/<id:concern_id>/notes")
def note(concern_id: str) -> Any:
    """Adds a note that only safeguarding leads read."""
    return _written(concern_id, NOTE)


@pages.post("/cases/<id:concern_id>/messages")
def message(concern_id: str) -> Any:
    """Lets the raiser know something."""
    return _written(concern_id, MESSAGE)


@pages.post("/cases/<id:concern_id>/close")
def close(concern_id: str) -> Any:
    """Closes it with what came of it."""
    return _written(concern_id, "outcome")


@pages.post("/cases/<id:concern_id>/pairings")
def find_pairing(concern_id: str) -> Any:
    """The pairings that have not ended of people of this name; a form that is sent, so that no name stands in an address."""
    typed = request.form.get("name", "")
    try:
        name = NameSchema().load({"name": typed})["name"]
    except ValidationError:
        return _found(concern_id, typed, [], {"name": _("Write a name or a part of it, at most 200 characters.")}), 422
    audit.note(unit())
    return _found(concern_id, typed, finding.pairings_of(unit(), name), {})


def _found(concern_id: str, typed: str, found: list[finding.Found], errors: dict[str, str]) -> str:
    return page(
        "concerns/pairings.html",
        id=concern_id,
        typed=typed,
        found=found[: finding.MOST],
        more=len(found) > finding.MOST,
        states=_states(found),
        errors=errors,
        longest_name=LONGEST_NAME,
    )


def _states(found: list[finding.Found]) -> dict[str, tuple[str, str]]:
    """In words, with the tone of their tag."""
    return {each.state: words.state(each.state) for each in found}


def _written(concern_id: str, field: str) -> Any:
    typed = request.form.get(field, "")
    try:
        text = WordsSchema().load({"words": typed})["words"]
    except ValidationError:
        errors = {field: _("Write a few words, at most 5,000 characters.")}
        return page("concerns/write.html", id=concern_id, field=field, typed=typed, errors=errors, longest=LONGEST), 422
    if field == "outcome":
        commands.close(unit(), concern_id, text, by=principal().id)
    else:
        commands.write(unit(), concern_id, field, text, by=principal().id)
    return _back(concern_id)


def _back(concern_id: str) -> Any:
    return redirect(f"/pairing/cases/{concern_id}", 303)
