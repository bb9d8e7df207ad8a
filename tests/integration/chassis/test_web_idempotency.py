"""The same key twice has one effect."""

import threading

import pytest

from chassis import migrations, web
from support.web_sample import NOTEBOOK, Caller


@pytest.fixture
def app(settings, database):
    migrations.migrate(NOTEBOOK, database("notebook"), settings)
    return web.create_app(NOTEBOOK, settings)


@pytest.fixture
def mona(app):
    return Caller(app)


def keyed(key):
    return {"headers": {"Idempotency-Key": key}}


def test_a_repeated_request_gets_the_first_answer(mona, database):
    first, again = mona.write("once", **keyed("k-1")), mona.write("once", **keyed("k-1"))
    assert (again.status_code, again.json, again.content_type) == (201, first.json, "application/json")
    assert (first.headers.get("Idempotent-Replayed"), again.headers["Idempotent-Replayed"]) == (None, "true")
    assert database("notebook")["notes"].count_documents({}) == 1


def test_without_a_key_or_with_another_it_is_another_request(mona):
    mona.write("once", **keyed("k-1"))
    assert mona.write("once").status_code == 409
    assert mona.write("once", **keyed("k-2")).status_code == 409


def test_the_same_key_for_another_body_is_refused(mona):
    mona.write("once", **keyed("k-1"))
    reused = mona.write("other", **keyed("k-1"))
    assert (reused.status_code, reused.json["code"]) == (422, "idempotency-key-reused")


def test_a_key_belongs_to_one_person(mona, app, database):
    mona.write("mine", **keyed("k-1"))
    assert Caller(app, "olga").write("hers", **keyed("k-1")).status_code == 201


def test_a_refused_request_may_be_repeated_after_the_reason_is_gone(mona, database):
    mona.write("taken")
    assert mona.write("taken", **keyed("k-1")).status_code == 409
    database("notebook")["notes"].delete_many({})
    assert mona.write("taken", **keyed("k-1")).status_code == 201


def test_a_key_is_visible_ascii_of_bounded_length(mona):
    for key in ("", "two words", "x" * 201, "naïve"):
        answer = mona.write("once", **keyed(key))
        assert (answer.status_code, answer.json["code"]) == (422, "idempotency-key-invalid"), key


def test_of_two_at_once_one_acts_and_both_get_its_answer(app, database):
    together, answers = threading.Barrier(6), []

    def write():
        caller = Caller(app)
        together.wait()
        answers.append(caller.write("once", **keyed("k-1")))

    threads = [threading.Thread(target=write) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json["id"] for answer in answers}) == 1
    assert sum("Idempotent-Replayed" in answer.headers for answer in answers) == 5
    assert database("notebook")["notes"].count_documents({}) == 1
    assert database("notebook")["idempotency"].index_information()["at_1"]["expireAfterSeconds"] == 7 * 24 * 3600
