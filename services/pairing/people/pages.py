"""Pages that show the people of a programme."""

from urllib.parse import urlencode

from flask import request

from chassis.web import page_blueprint, principal, unit
from pairing.intake.repository import remark_of
from pairing.pairings import words
from pairing.people import repository
from pairing.people.columns import COLUMNS
from pairing.people.repository import PEOPLE
from pairing.programmes.choice import chosen_programme
from pairing.programmes.repository import of_ids
from ui import page

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
    """What is known of one person."""
    person = unit().get(PEOPLE, person_id)
    return page(
        "people/show.html",
        words=words,
        person=person,
        programmes=of_ids(unit(), person.programme_ids),
        today=unit().now.date(),
        remark="" if principal().id == person_id else remark_of(unit(), person_id),
    )
