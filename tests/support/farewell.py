"""A programme of one mentor and one mentee whose name, address and words can be found anywhere, and who does all that leaves data."""

import csv
import io
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from pairing.people.commands import add_staff
from support.cohort import MENTEE, MENTOR
from support.pairs import of_two
from support.world import Visitor, World
from support.world_story import CHECKED

GIVEN, FAMILY, EMAIL = "Zwaantje", "Quíspelstein", "zwaantje.quispelstein@example.org"
WORDS = "kaleidoscopische zeewierlantaarns"
NEEDLES = (GIVEN, FAMILY, EMAIL, WORDS, "quispelstein", "zeewier")
"""What must be found nowhere once she is erased."""
MENTOR_WORDS = "thistledown binoculars"


@dataclass
class Farewell:
    """Who takes part, and what was made."""

    world: World
    coordinator: Visitor
    programme_id: str
    mentor: Visitor
    mentee: Visitor
    pairing_id: str
    meeting_id: str


def live(world: World) -> Farewell:
    """From import to feedback: every place in which a person's data comes to lie, requests that are kept to be repeated among them."""
    staff = {"email": "marit@example.org", "given_name": "Marit", "family_name": "de Boer", "language": "en", "time_zone": "UTC"}
    coordinator = world.sign_in(world.houses["pairing"].do(lambda uow: add_staff(uow, roles=("coordinator",), **staff).id))
    today = datetime.now(UTC).date()
    body = {
        "name": "Autumn",
        "starts_on": (today - timedelta(days=20)).isoformat(),
        "ends_on": (today + timedelta(days=120)).isoformat(),
        "languages": ["en", "nl"],
        "time_zone": "Europe/Amsterdam",
    }
    programme_id = ok(coordinator.api("POST", "/pairing/api/programmes", json=body), 201)["id"]
    coordinator = world.sign_in(coordinator.id)
    mentor = {**MENTOR, "email": "femke@example.org", "wishes": EMAIL}
    her = {"email": EMAIL, "given_name": GIVEN, "family_name": FAMILY, "motivation": f"I like {WORDS}"}
    _import(coordinator, programme_id, "mentor", mentor)
    _import(coordinator, programme_id, "mentee", MENTEE | her)
    world.settle()
    made = ok(coordinator.api("POST", "/pairing/api/match-runs", json={"programme_id": programme_id}), 201)
    ok(coordinator.api("POST", f"/pairing/api/match-runs/{made['id']}/publish"))
    [pairing] = map(of_two, ok(coordinator.api("GET", "/pairing/api/pairings", query_string={"programme_id": programme_id}))["items"])
    sides = [world.sign_in(pairing[side]) for side in ("mentor_id", "mentee_id")]
    for each in sides:
        ok(each.api("POST", f"/pairing/api/pairings/{pairing['id']}/accept"))
    world.settle()
    meeting_id = _meet(world, *sides)
    _ask_for_change(world, coordinator, pairing["id"], sides[1])
    _sign_in_again(world)
    return Farewell(world, coordinator, programme_id, *sides, pairing["id"], meeting_id)


def _import(coordinator: Visitor, programme_id: str, role: str, person: dict[str, Any]) -> None:
    """By the API, with a key that would keep the answer with what was wrong in it, and as a draft on the page."""
    faulty = {**person, "email": f"two.{person['email']}", "country": person["family_name"]}
    query = {"programme_id": programme_id, "role": role, "confirm": "true"}
    key = {"Idempotency-Key": f"import-{role}"}
    file = {"file": (io.BytesIO(table(person, faulty)), "people.csv")}
    done = ok(coordinator.api("POST", "/pairing/api/imports", query_string=query, data=file, headers=key))
    assert (done["created"], len(done["errors"])) == (1, 1)
    upload = {"programme": programme_id, "role": role, "file": (io.BytesIO(table(person)), "people.csv")}
    assert coordinator.submit("/pairing/people/import", upload).status_code == 303


def table(*people: dict[str, Any]) -> bytes:
    """A CSV file with these people."""
    text = io.StringIO()
    writer = csv.DictWriter(text, [*people[0]])
    writer.writeheader()
    writer.writerows(people)
    return text.getvalue().encode()


def _meet(world: World, mentor: Visitor, mentee: Visitor) -> str:
    """Their session is moved to yesterday, held, and looked back on by both; their answers are kept."""
    [meeting] = ok(mentee.api("GET", "/sessions/api/meetings"))["items"]
    path, begin = f"/sessions/api/meetings/{meeting['id']}", datetime.now(UTC) - timedelta(days=1)
    time = {"starts_at": begin.isoformat(), "ends_at": (begin + timedelta(hours=1)).isoformat()}
    ok(mentor.api("POST", f"{path}/move", json=time))
    ok(mentor.api("POST", f"{path}/checklist", json={"version": 1, "items": CHECKED}))
    ok(mentee.api("POST", f"{path}/held", json={}))
    for who, words in ((mentee, WORDS), (mentor, MENTOR_WORDS)):
        body = {"important": words, "challenge": "", "tackled": ""}
        ok(who.api("POST", f"{path}/debrief", json=body, headers={"Idempotency-Key": "debrief"}))
    world.settle()
    return str(meeting["id"])


def _ask_for_change(world: World, coordinator: Visitor, pairing_id: str, mentee: Visitor) -> None:
    """She asks her coordinator for somebody else, who talks with her and has it go on."""
    ok(mentee.api("POST", f"/pairing/api/pairings/{pairing_id}/ask-for-change", json={"words": WORDS}), 204)
    ok(coordinator.api("POST", f"/pairing/api/pairings/{pairing_id}/go-on"))
    world.settle()


def _sign_in_again(world: World) -> None:
    """A link by mail, and an address typed in capitals."""
    assert world.nobody().api("POST", "/pairing/api/sign-in-links", json={"email": EMAIL.upper()}).status_code == 202
    world.settle()


def ok(answer: Any, status: int = 200) -> Any:
    """The answer's JSON, when it has this status."""
    assert answer.status_code == status, f"{answer.request.path}: {answer.status_code} {answer.text}"
    return json.loads(answer.text) if answer.text else None


def letters_to(world: World, address: str) -> list[str]:
    """The texts of the mails to an address, the oldest first."""
    return [mail.get_body(("plain",)).get_content() for mail in world.mails if mail["To"] == address]
