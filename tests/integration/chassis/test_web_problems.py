"""Bad input gets a 4xx that says what is wrong; a missing database gets a 503; nothing gets a traceback."""

import dataclasses
import json
import time
from io import BytesIO

import pytest

from chassis import web
from support.recorded import recorded
from support.web_sample import NOTEBOOK, Caller


@pytest.fixture
def app(settings):
    return web.create_app(NOTEBOOK, settings)


@pytest.fixture
def mona(app):
    return Caller(app)


BODIES = {
    "not JSON": (b"{", 400),
    "not UTF-8": (b'{"text": "\xff"}', 400),
    "not a number": (b'{"text": "a", "stars": NaN}', 400),
    "a number of 5,000 digits": (b'{"text": "a", "stars": ' + b"9" * 5_000 + b"}", 400),
    "a deep nest": (b"[" * 100_000, 400),
    "a number over 64 bits": (b'{"text": "a", "stars": 9223372036854775808}', 422),
    "a fraction": (b'{"text": "a", "stars": 2.7}', 422),
    "a number as text": (b'{"text": "a", "stars": "2"}', 422),
    "true as number": (b'{"text": "a", "stars": true}', 422),
    "yes as truth": (b'{"text": "a", "public": "yes"}', 422),
    "NUL": (b'{"text": "a\\u0000b"}', 422),
    "half a character": (b'{"text": "\\ud800"}', 422),
    "half a character as field": (b'{"text": "a", "\\ud800": 1}', 422),
    "a direction override": (b'{"text": "a\\u202eb"}', 422),
    "a line break": (b'{"text": "a\\nb"}', 422),
    "too long": (b'{"text": "' + b"a" * 101 + b'"}', 422),
    "an unknown field": (b'{"text": "a", "colour": "red"}', 422),
    "the id": (b'{"text": "a", "id": "x"}', 422),
    "a list": (b"[]", 422),
    "null": (b"null", 422),
    "the year 1 east of Greenwich": (b'{"text": "a", "at": "0001-01-01T00:00:00+14:00"}', 422),
    "a moment without offset": (b'{"text": "a", "at": "2026-11-26T16:30:00"}', 422),
    "nothing": (b"", 400),
}


def test_bad_bodies_are_the_senders_fault(mona):
    for name, (body, status) in BODIES.items():
        answer = mona.api("POST", "", data=body, content_type="application/json")
        assert (answer.status_code, answer.content_type) == (status, "application/problem+json"), name
        assert answer.json["status"] == status
        assert answer.json["errors"], name


def test_errors_name_the_field(mona):
    answer = mona.api("POST", "", json={"stars": "x"})
    assert set(answer.json["errors"]) == {"text", "stars"}
    assert set(answer.json) == {"type", "title", "status", "detail", "code", "errors", "correlation_id"}


def test_another_media_type_is_415(mona):
    assert mona.api("POST", "", data="text=a", content_type="text/plain").status_code == 415


def test_405_says_what_is_allowed(mona):
    answer = mona.api("DELETE", "")
    assert (answer.status_code, answer.content_type) == (405, "application/problem+json")
    assert "POST" in answer.headers["Allow"]


def test_an_unknown_address_is_a_problem_in_the_api_and_a_page_elsewhere(mona, app):
    assert mona.api("GET", "/a/b/c").content_type == "application/problem+json"
    app.extensions["error_page"] = lambda status, title, detail, params: f"<h1>{status} {title}</h1>{detail}"
    page = mona.browse("GET", "/nowhere")
    assert (page.status_code, page.mimetype) == (404, "text/html")
    assert page.text.startswith("<h1>404 Not Found</h1>")


def test_a_page_tells_errors_as_a_page(mona):
    answer = mona.browse("GET", "/broken")
    assert (answer.status_code, answer.mimetype) == (422, "text/html")


def test_a_body_over_the_limit_is_413(settings):
    small = web.create_app(NOTEBOOK, dataclasses.replace(settings, max_body_bytes=1_000))
    mona = Caller(small)
    announced = mona.write("a" * 2_000)
    chunked = mona.client.post(
        "/notebook/api/notes",
        input_stream=BytesIO(b'{"text": "' + b"a" * 2_000 + b'"}'),
        headers={"Authorization": f"Bearer {mona.token}", "Transfer-Encoding": "chunked"},
        environ_overrides={"wsgi.input_terminated": True},
        content_type="application/json",
    )
    assert (announced.status_code, chunked.status_code) == (413, 413)
    assert announced.json["detail"].startswith("This is too large.")


def test_without_a_database_it_is_503_soon(settings):
    away = dataclasses.replace(settings, mongo_url="mongodb://127.0.0.1:1/?replicaSet=rs0", mongo_timeout_ms=200)
    mona = Caller(web.create_app(NOTEBOOK, away))
    start = time.monotonic()
    for answer in (mona.write("a"), mona.api("GET", "")):
        assert (answer.status_code, answer.content_type) == (503, "application/problem+json")
        assert answer.headers["Retry-After"] == "5"
    assert mona.browse("GET", "/readyz").status_code == 503
    assert mona.browse("GET", "/healthz").status_code == 200
    assert time.monotonic() - start < 5


def test_a_database_that_goes_away_is_503_too(app, mona, monkeypatch):
    from pymongo import MongoClient

    mona.write("a")
    gone = MongoClient("mongodb://127.0.0.1:1/?replicaSet=rs0", serverSelectionTimeoutMS=200)
    monkeypatch.setattr(app, "_database", gone["any"])
    monkeypatch.setattr(app, "patience", 0.5)
    with recorded() as lines:
        answer = mona.write("b")
    assert (answer.status_code, answer.json["code"]) == (503, "unavailable")
    [told] = [line for line in map(json.loads, lines.getvalue().splitlines()) if line["event"] == "database does not answer"]
    assert told["fault"] and told["correlation_id"] == answer.json["correlation_id"]
    gone.close()
