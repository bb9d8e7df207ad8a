"""Names, addresses and words of people stay where they belong: not in logs, addresses of pages, events, audit entries or problems."""

import json
from itertools import product

import pytest
from pymongo import InsertOne
from pymongo.errors import BulkWriteError

from contracts.topics import people_topic
from support.recorded import recorded
from support.seen import Seen
from support.spiked import MARK, spiked
from support.world_requests import ABSENT, OWN, PLAIN, A, B, ask, endpoints

HOLD_PEOPLE = {
    "pairing.people", "pairing.accounts", "pairing.import_drafts", "pairing.agreements",
    "pairing.applications", "pairing.guardian_requests", "pairing.match_setups",
    "sessions.people", "sessions.meetings",
    "feedback.answers", "feedback.rounds",
    "notifications.people",
}  # fmt: skip
"""Collections with names, addresses or words: people where they are needed, debriefs, answers and agreements where they were written."""


def test_the_mark_is_in_all_that_is_personal(story):
    people = list(story.world.houses["pairing"].database["people"].find())
    assert len(people) > 20
    assert all(MARK in person[name] for person in people for name in ("given_name", "family_name", "email"))


def test_no_log_line_of_all_that_happened_names_anybody(telling):
    lines = telling[1].splitlines()
    assert sum(json.loads(line)["event"] == "request" for line in lines) >= 50
    assert [line for line in lines if MARK in line.lower() or "example.org" in line] == []


def test_no_log_line_of_a_refusal_or_fault_names_anybody(story):
    with recorded() as lines:
        for endpoint, name in product(endpoints(story), ("coordinator_a", "mentee", "nobody")):
            with story.world.rehearsal():
                ask(story, endpoint, story.who[name], A if endpoint.rule.arguments else PLAIN)
                ask(story, endpoint, story.who[name], ABSENT if endpoint.rule.arguments else PLAIN)
        nobody = story.world.nobody()
        nobody.page("/pairing/people", query_string={"q": spiked("Femke")})
        nobody.page(f"/pairing/{MARK}@example.org")
        nobody.api("POST", "/pairing/api/sign-in-links", json={"email": f"{MARK}@example.org"})
        nobody.api("POST", "/pairing/api/sign-in-links", json={"email": MARK, MARK: MARK})
    text = lines.getvalue()
    assert text.count('"event": "request"') > 400
    assert MARK not in text.lower() and "example.org" not in text


def test_an_unforeseen_fault_is_logged_without_what_it_was_about(story, monkeypatch):
    def broken(*arguments, **more):
        raise RuntimeError(f"duplicate key {{email: femke.{MARK}@example.org}}")

    monkeypatch.setattr("pairing.people.repository.page", broken)
    with recorded() as lines:
        answer = story.who["coordinator_a"].api("GET", f"/pairing/api/programmes/{story.a.id}/people")
    assert (answer.status_code, MARK in answer.text) == (500, False)
    assert "RuntimeError" in lines.getvalue() and MARK not in lines.getvalue()


def test_a_write_that_the_database_refuses_is_told_without_what_was_to_be_written(story):
    house = story.world.houses["pairing"]
    with pytest.raises(BulkWriteError) as failed:
        house.do(lambda uow: uow.write("people", InsertOne({"_id": "x", "given_name": MARK})))
    assert "writing to people failed: [(121, 'Document failed validation')]" in str(failed.value)
    assert MARK not in str(failed.value) + str(failed.value.details)


def test_events_name_nobody_but_on_the_topic_of_people(story):
    topic, seen = people_topic(story.world.settings.instance), 0
    for house in story.world.houses.values():
        for entry in house.database["outbox"].find():
            personal = MARK in bytes(entry["value"]).decode().lower()
            assert personal == (entry["topic"] == topic), entry["type"]
            seen += not personal
    assert seen > 80


def test_only_these_collections_hold_what_is_personal(story):
    holding = set()
    for service, house in story.world.houses.items():
        for name in house.database.list_collection_names():
            if name != "outbox" and any(MARK in str(document).lower() for document in house.database[name].find()):
                holding.add(f"{service}.{name}")
    assert holding == HOLD_PEOPLE


def test_the_audit_log_says_who_read_what_and_nothing_of_it(story):
    for endpoint in (each for each in endpoints(story) if each.method == "GET"):
        ask(story, endpoint, story.who["coordinator_a"], A if endpoint.rule.arguments else PLAIN)
    for service in ("pairing", "sessions"):
        entries = list(story.world.houses[service].database["audit"].find())
        assert entries
        for entry in entries:
            assert set(entry) == {"_id", "who", "endpoint", "view_args", "at", "correlation_id"}
            assert MARK not in str(entry).lower()


def test_no_address_in_a_page_names_anybody(story):
    addresses = set()
    for endpoint, (name, who) in product((each for each in endpoints(story) if each.method == "GET" and not each.api), story.who.items()):
        answer = ask(story, endpoint, who, A if endpoint.rule.arguments else PLAIN)
        shown = Seen(answer.text).addresses if answer.mimetype == "text/html" else []
        addresses |= {*shown, answer.headers.get("Location", "")}
        assert MARK not in " ".join(addresses).lower(), f"{endpoint.key} as {name} sees it"
    assert len(addresses) > 100


def test_problems_say_nothing_of_anybody(story):
    seen = 0
    for endpoint, (name, who) in product((each for each in endpoints(story) if each.api), story.who.items()):
        for target in (A, B, OWN, ABSENT) if endpoint.rule.arguments else (A, B, PLAIN):
            with story.world.rehearsal():
                answer = ask(story, endpoint, who, target)
            if answer.status_code >= 400:
                assert answer.mimetype == "application/problem+json"
                assert MARK not in answer.text.lower(), f"{endpoint.key} about {target!r} as {name}"
                seen += 1
    assert seen > 400


BODIES = {
    "/pairing/api/sign-in-links": {"email": MARK, "next": MARK},
    "/pairing/api/tokens": {"token": MARK},
    "/pairing/api/tokens/renew": {"renewal_token": MARK},
    "/pairing/api/programmes": {
        "name": 5,
        "starts_on": MARK,
        "ends_on": MARK,
        "languages": [MARK],
        "time_zone": MARK,
        "weights": {"place": MARK},
    },
    "/pairing/api/match-runs": {"programme_id": MARK, "objective": MARK},
    "/feedback/api/rounds": {"programme_id": MARK, "questionnaire": MARK, "closes_at": MARK},
}


@pytest.mark.parametrize("path", BODIES)
def test_a_problem_does_not_repeat_what_was_sent(story, path):
    answer = story.who["coordinator_a"].api("POST", path, json=BODIES[path])
    assert 400 <= answer.status_code < 500
    assert MARK not in answer.text
