"""Pages that show the people of a programme."""

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from flask import request

from chassis.web import page_blueprint, principal, unit
from pairing.accounts.model import STAFF
from pairing.consents.ages import packs_of
from pairing.intake.repository import remark_of
from pairing.pairings import suggestions, words
from pairing.people import repository
from pairing.people import words as people_words
from pairing.people.choices import VETTING_TYPES
from pairing.people.columns import COLUMNS
from pairing.people.model import VETTING_RESULTS, Person
from pairing.people.repository import PEOPLE
from pairing.programmes.choice import chosen_programme
from pairing.programmes.repository import of_ids
from ui import page
from ui.language import mark

DONE = {
    "added": mark("Added. A background check and a training are recorded below, once you have seen them."),
    "saved": mark("Saved."),
    "vetting": mark("The outcome is recorded. Give the certificate back; we keep no copy."),
    "training": mark("The training is recorded."),
}
PAGE_SIZE = 50
LAST_PAGE = 1_000

pages = page_blueprint("people", service="pairing")


@pages.get("/people")
def index() -> str:
    """The people of one of the reader's programmes, searched by name or address."""
    programmes = of_ids(unit(), principal().programmes)
    programme = chosen_programme(programmes, request.args.get("programme"))
    if programme is None:
        return page("people/none.html")
    text, role = request.args.get("q", "")[:100], request.args.get("role", "")
    number = _page_number(request.args.get("page", ""))
    found, total = repository.search(
        unit(), programme.id, text, role if role in COLUMNS else "", skip=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE
    )

    def address(other: int) -> str:
        return f"/pairing/people?{urlencode({'programme': programme.id, 'q': text, 'role': role, 'page': other})}"

    return page(
        "people/index.html",
        programme=programme,
        programmes=programmes,
        people=found,
        total=total,
        text=text,
        role=role,
        today=unit().now.date(),
        previous_url=address(number - 1) if number > 1 else "",
        next_url=address(number + 1) if number * PAGE_SIZE < total else "",
    )


def _page_number(text: str) -> int:
    return min(int(text), LAST_PAGE) if text.isascii() and text.isdigit() and len(text) < 6 and int(text) else 1


@pages.get("/people/<id:person_id>")
def show(person_id: str) -> str:
    """What is known of one person, and what can be recorded about her."""
    return person_page(unit().get(PEOPLE, person_id))


def person_page(person: Person, errors: dict[str, str] | None = None, values: Mapping[str, str] | None = None) -> str:
    """The page of one person; `errors` and `values` are those of a form on it that must be shown again."""
    who, checks = principal(), [check for check in (person.vetting, *person.vetting_history) if check]
    manages = who.has("coordinator") and not who.programmes.isdisjoint(person.programme_ids)
    programmes = of_ids(unit(), person.programme_ids)
    mine = [each for each in programmes if manages and each.id in who.programmes]
    return page(
        "people/show.html",
        words=words,
        said=people_words,
        person=person,
        programmes=programmes,
        suggested=[(each, suggestions.told(person, each)) for each in mine if "mentee" in person.roles],
        today=unit().now.date(),
        manages=manages,
        own=who.id == person.id and not who.has("coordinator"),
        removable=mine if STAFF.isdisjoint(person.roles) else [],
        checks=checks,
        checkers={id: each.name for id, each in unit().get_many(PEOPLE, {check.checked_by for check in checks} - {""}).items()},
        types=_check_types([each.id for each in mine or programmes]),
        results=[(code, people_words.vetting_result(code)) for code in VETTING_RESULTS],
        errors=errors or {},
        values=values or {},
        done=DONE.get(request.args.get("done", "")),
        remark="" if who.id == person.id else remark_of(unit(), person.id),
    )


def _check_types(programme_ids: Iterable[str]) -> list[tuple[str, str]]:
    """Every type of background check, first those that the countries of these programmes know."""
    usual = {code for pack in packs_of(unit(), programme_ids).values() for code in pack.vetting.value.types}
    return [(code, people_words.vetting_type(code)) for code in sorted(VETTING_TYPES, key=lambda code: code not in usual)]
