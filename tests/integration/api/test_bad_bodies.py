"""Bodies, ids and queries that nobody sends by mistake, at every route of the API: each is the sender's fault and writes nothing."""

from itertools import product

import pytest

from chassis.web.pagination import encoded
from support.world_requests import A, endpoints, of, path_of

DEEP = 100_000
JSON_BODIES = {
    "nothing": b"",
    "deep list": b"[" * DEEP,
    "deep list, closed": b"[" * DEEP + b"]" * DEEP,
    "deep object": b'{"a":' * DEEP,
    "very long number": b'{"version": ' + b"9" * 5_000 + b"}",
    "not a number": b'{"version": NaN}',
    "infinite": b'{"version": 1e999}',
    "raw NUL": b'{"name": "a\x00b"}',
    "NUL": b'{"name": "a\\u0000b", "email": "a\\u0000@example.org", "token": "\\u0000"}',
    "half character": b'{"name": "\\ud800", "email": "\\ud800@example.org", "token": "\\ud800", "\\ud800": 1}',
    "overridden direction": b'{"name": "\\u202etxt.exe", "email": "a\\u202e@example.org", "comment": "\\u2066x"}',
    "not UTF-8": b'{"name": "\xff\xfe"}',
    "list": b"[]",
    "text": b'"x"',
    "null": b"null",
    "operators": b'{"email": {"$ne": ""}, "token": {"$gt": ""}, "programme_id": {"$ne": null}, "renewal_token": {"$regex": "."}}',
    "prototype": b'{"__proto__": {"roles": ["administrator"]}, "constructor": 1}',
    "ten megabytes": b'{"name": "' + b"a" * 10_000_000 + b'"}',
    "packed": b"\x1f\x8b\x08\x00" + b"\x00" * 50,
}
SMUGGLED = {"id": "x", "_id": "x", "version": 99, "roles": ["administrator"], "state": "active", "owner_id": "x", "$set": {"a": 1}}
"""Fields that no body may set, added to good ones."""


@pytest.fixture(scope="module")
def writing(story):
    return [each for each in endpoints(story) if each.api and each.method in ("POST", "PATCH")]


def callers(story):
    return [story.who[name] for name in ("coordinator_a", "mentor", "mentee")]


@pytest.mark.parametrize("kind", JSON_BODIES)
def test_a_misshapen_body_is_the_senders_fault(story, writing, kind):
    content = JSON_BODIES[kind]
    for endpoint, who in product(writing, callers(story)):
        with story.world.rehearsal():
            path = path_of(story, endpoint, who, A)
            answer = who.api(endpoint.method, path, data=content, content_type="application/json", headers={"If-Match": "*"})
        assert answer.status_code < 500, endpoint.key
        assert answer.status_code < 400 or answer.json["status"] == answer.status_code, endpoint.key
        if kind == "ten megabytes":
            assert answer.status_code == 413, endpoint.key
        elif reads_body(story, endpoint) and kind != "nothing":
            assert answer.status_code in (400, 403, 404, 415, 422), (endpoint.key, answer.status_code)


def reads_body(story, endpoint):
    """Whether the route takes JSON at all."""
    document = story.world.nobody().page(f"/{endpoint.service}/api/openapi.json").json
    path = next(path for path in document["paths"] if endpoint.rule.rule.replace("<id:", "{").replace(">", "}") == path)
    return "application/json" in document["paths"][path][endpoint.method.lower()].get("requestBody", {}).get("content", {})


def test_a_body_sets_only_the_fields_that_it_may(story, writing):
    good = {
        "pairing/sign_in_links.ask": {"email": "nobody@example.org"},
        "pairing/programmes.create": {
            "name": "A", "starts_on": "2026-12-01", "ends_on": "2027-02-01", "languages": ["en"], "time_zone": "UTC",
        },
        "pairing/programmes.change": {"name": "A"},
        "pairing/match_runs.create": {"programme_id": story.a.id},
        "feedback/rounds.open_round": {"programme_id": story.a.id},
    }  # fmt: skip
    who = story.who["coordinator_a"]
    for endpoint in (each for each in writing if each.key in good):
        path = path_of(story, endpoint, who, A)
        for name, value in ({} | SMUGGLED).items():
            with story.world.rehearsal():
                plain, more = (
                    who.api(endpoint.method, path, json=body, headers={"If-Match": "*"})
                    for body in (good[endpoint.key], good[endpoint.key] | {name: value})
                )
            assert plain.status_code in (200, 201, 202), (endpoint.key, plain.text)
            assert (more.status_code, list(more.json["errors"])) == (422, [name]), endpoint.key


def test_ids_of_other_kinds_open_nothing(story):
    programme = of(story, A)
    ids = {
        "programme_id": programme.id, "person_id": programme.pairing["mentee_id"], "run_id": programme.run_id,
        "pairing_id": programme.pairing["id"], "meeting_id": programme.meeting_id, "round_id": programme.round_id,
        "draft_id": programme.draft_id,
    }  # fmt: skip
    before = story.world.digest()
    for endpoint in endpoints(story):
        for kind, id in product(endpoint.rule.arguments & ids.keys(), ids):
            if kind != id:
                for who in callers(story):
                    path = path_of(story, endpoint, who, A, **{kind: ids[id]})
                    assert send(endpoint, who, path).status_code in (403, 404), (endpoint.key, id)
    assert story.world.digest() == before


def send(endpoint, who, path):
    if endpoint.api:
        return who.api(endpoint.method, path)
    return who.again().submit(path) if endpoint.method == "POST" else who.again().page(path)


CURSORS = (10**30, -(10**30), 2**63, "\ud800", ["\ud800"], {"$gt": ""}, None, 1.5, [[1]], "x" * 2_000)
WRITTEN = ("", "x", "====", "é", "%00", "bnVsbA", "W10", "e30", "[" * 900)


def test_a_cursor_that_is_none_of_ours_is_told_so(story):
    for endpoint in (each for each in endpoints(story) if each.api and each.method == "GET" and each.name.endswith(".index")):
        path = path_of(story, endpoint, story.who["coordinator_a"], A)
        for cursor in [*(encoded(key) for key in CURSORS), *WRITTEN]:
            answer = story.who["coordinator_a"].api("GET", path, query_string={"cursor": cursor})
            assert (answer.status_code, "cursor" in answer.text) == (422, True) or cursor == "W10", (endpoint.key, cursor)


QUERIES = (
    "limit=0", "limit=201", "limit=-1", "limit=1e3", "limit=%00", "limit=" + "9" * 5_000, "limit=1&limit=2&x=3", "state=%24ne", "unknown=1",
    "programme_id=%ff", "programme_id[]=x", "programme_id[$ne]=x",
)  # fmt: skip


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_that_cannot_be_meant_is_refused(story, query):
    for path in ("/pairing/api/pairings", "/pairing/api/match-runs"):
        answer = story.who["coordinator_a"].api("GET", path, query_string=query)
        assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")


def test_the_same_key_twice_does_not_open_another_programme(story):
    both = f"programme_id={story.a.id}&programme_id={story.b.id}"
    for query in (both, "&".join(reversed(both.split("&")))):
        for path in ("/pairing/api/pairings", "/pairing/api/match-runs", "/sessions/api/meetings"):
            answer = story.who["coordinator_a"].api("GET", path, query_string=query)
            assert answer.status_code in (200, 403, 422)
            assert story.b.pairing["mentor_id"] not in answer.text and story.b.id not in answer.text
    for ids in ((story.a.id, story.b.id), (story.b.id, story.a.id)):
        answer = story.who["coordinator_a"].again().page("/pairing/pairings", query_string=[("programme", id) for id in ids])
        assert answer.status_code in (200, 404) and story.b.pairing["id"] not in answer.text
