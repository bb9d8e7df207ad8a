"""A request is one transaction: kept whole, repeated whole, or without any trace; and errors say what to do."""

from io import BytesIO

import pytest

from chassis import migrations, web
from support.web_sample import ATTEMPTS, NOTEBOOK, Caller


@pytest.fixture
def app(settings, database):
    migrations.migrate(NOTEBOOK, database("notebook"), settings)
    ATTEMPTS.clear()
    return web.create_app(NOTEBOOK, settings)


@pytest.fixture
def mona(app):
    return Caller(app)


def texts(database):
    return sorted(note["text"] for note in database("notebook")["notes"].find())


def test_a_command_is_kept_and_shown_with_its_version(mona, database):
    answer = mona.write("hello")
    assert (answer.status_code, answer.json["text"], answer.json["version"]) == (201, "hello", 1)
    assert texts(database) == ["hello"]


def test_a_transient_fault_repeats_the_whole_command_once(mona, database):
    assert mona.write("flaky").status_code == 201
    assert len(ATTEMPTS) == 2
    assert texts(database) == ["flaky"]


def test_an_upload_is_read_from_its_start_again(mona):
    answer = mona.api("POST", "/upload", data={"file": (BytesIO(b"12345"), "a.csv")})
    assert (len(ATTEMPTS), answer.json) == (2, {"size": 5})


def test_a_refusal_leaves_no_trace_and_says_what_to_do(mona, database):
    answer = mona.write("refused")
    assert (answer.status_code, answer.content_type) == (409, "application/problem+json")
    assert answer.json["code"] == "too-many-notes"
    assert answer.json["detail"].endswith("Delete a note first.")
    assert answer.json["correlation_id"] == answer.headers["X-Correlation-Id"]
    assert texts(database) == []


def test_a_page_that_answers_with_an_error_status_is_not_kept(mona, database):
    answer = mona.browse("POST", "/form", data={"text": "", "csrf_token": mona.csrf()})
    assert (answer.status_code, answer.text) == (422, "The form again, with what is wrong.")
    assert texts(database) == []


def test_a_duplicate_is_a_conflict(mona):
    mona.write("once")
    assert mona.write("once").status_code == 409


def test_the_unforeseen_is_told_without_detail_and_logged(mona, caplog):
    answer = mona.write("crash")
    assert (answer.status_code, answer.json["code"]) == (500, "unexpected")
    assert "anna" not in answer.text
    assert "unexpected error" in caplog.text


def test_policies_run_in_the_unit_of_work_of_the_view(mona, app):
    id = mona.write("mine").json["id"]
    assert mona.api("GET", f"/{id}").status_code == 200
    stranger = Caller(app, "olga")
    assert stranger.api("GET", f"/{id}").status_code == 403
    assert mona.api("GET", "/00000000-0000-4000-8000-000000000000").status_code == 404
    assert mona.api("GET", "/not-an-id").status_code == 404


def test_staff_reads_are_audited_and_own_reads_are_not(mona, app, database):
    id = mona.write("mine").json["id"]
    mona.api("GET", f"/{id}")
    answer = Caller(app, "cora", ("coordinator",)).api("GET", f"/{id}")
    entries = list(database("notebook")["audit"].find())
    assert [(entry["who"], entry["endpoint"], entry["view_args"]) for entry in entries] == [("cora", "notes.show", {"note_id": id})]
    assert entries[0]["correlation_id"] == answer.headers["X-Correlation-Id"]


def test_etag_guards_changes(mona):
    created = mona.write("first").json
    path = f"/{created['id']}"
    shown = mona.api("GET", path)
    assert shown.headers["ETag"] == '"1"'
    unchanged = mona.api("GET", path, headers={"If-None-Match": '"1"'})
    assert (unchanged.status_code, unchanged.data, unchanged.headers["ETag"]) == (304, b"", '"1"')
    assert mona.api("PATCH", path, json={"text": "second"}).status_code == 428
    changed = mona.api("PATCH", path, json={"text": "second"}, headers={"If-Match": '"1"'})
    assert (changed.status_code, changed.headers["ETag"], changed.json["version"]) == (200, '"2"', 2)
    late = mona.api("PATCH", path, json={"text": "third"}, headers={"If-Match": '"1"'})
    assert (late.status_code, late.content_type) == (412, "application/problem+json")
    assert mona.api("GET", path).json["text"] == "second"


def test_a_long_list_comes_in_pages(mona):
    written = {mona.write(f"note {number}").json["id"] for number in range(5)}
    first = mona.api("GET", "?limit=3").json
    second = mona.api("GET", f"?limit=3&cursor={first['next']}").json
    assert (len(first["items"]), len(second["items"]), second["next"]) == (3, 2, None)
    assert {note["id"] for note in first["items"] + second["items"]} == written
    for wrong in ("cursor=x", "cursor=bm8", "limit=0", "limit=201", "limit=1.5", "limit=true", "surprise=1"):
        assert mona.api("GET", f"?{wrong}").status_code == 422, wrong
