"""Broker away for a minute: the API goes on and all arrives after. Database away: 503 with what to do, and no half effects."""

import time

import pytest

from embedded.run import Instance
from support.running import Running, eventually

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(240)]
AWAY_SECONDS = 60


@pytest.fixture(scope="module")
def running(backend, tmp_path_factory):
    """A whole instance on the back end of this run, so that the test can take broker and database away."""
    given = {
        "MONGO_URL": backend.mongo_url,
        "KAFKA_BOOTSTRAP": backend.bootstrap,
        "INSTANCE": f"outage{int(time.time())}",
        "RATE_LIMITS": "false",
    }
    with Instance(tmp_path_factory.mktemp("outage"), environment=given) as instance:
        made = Running(instance)
        yield made
        for name in ("pairing", "sessions", "feedback", "notifications"):
            made.mongo.drop_database(made.settings.database_name(name))
        made.close()


def test_without_the_database_503_says_when_to_come_back_and_nothing_is_half_done(running, backend):
    programme_id, headers = running.programme()
    eventually(lambda: running.database("sessions")["programmes"].find_one({"_id": programme_id}), 60)
    before = count(running)
    body = {"name": "Lost", "starts_on": "2026-11-01", "ends_on": "2027-01-01", "languages": ["en"], "time_zone": "Europe/Amsterdam"}
    backend.kill_mongod()
    try:
        answers = [running.http.post("/pairing/api/programmes", headers=headers, json=body) for _ in range(2)]
        answers.append(running.http.get(f"/pairing/api/programmes/{programme_id}", headers=headers))
        ready = running.http.get("/pairing/readyz")
        alive = running.http.get("/pairing/healthz")
    finally:
        backend.start_mongod()
    for answer in answers:
        assert answer.status_code == 503, answer.text
        assert answer.headers["content-type"].startswith("application/problem+json")
        assert int(answer.headers["Retry-After"]) > 0
    assert (ready.status_code, alive.status_code) == (503, 200)
    eventually(lambda: running.http.get("/pairing/readyz").status_code == 200, 60)
    assert count(running) == before


def count(running):
    pairing = running.database("pairing")
    return pairing["programmes"].count_documents({}), pairing["outbox"].count_documents({})


def test_without_the_broker_the_api_goes_on_and_everything_arrives_after(running, backend):
    first, _ = running.programme()
    eventually(lambda: running.database("sessions")["programmes"].find_one({"_id": first}), 60)
    backend.stop_broker()
    made, until = [], time.monotonic() + AWAY_SECONDS
    try:
        while time.monotonic() < until:
            began = time.monotonic()
            made.append(running.programme()[0])
            assert time.monotonic() - began < 5, "the API waits for the broker"
            time.sleep(1)
        assert running.database("pairing")["outbox"].count_documents({"published_at": None}) >= len(made)
        assert running.database("sessions")["programmes"].count_documents({"_id": {"$in": made}}) == 0
    finally:
        backend.start_broker()
    for service in ("sessions", "feedback", "notifications"):
        eventually(lambda name=service: running.database(name)["programmes"].count_documents({"_id": {"$in": made}}) == len(made), 60)
    assert running.database("pairing")["outbox"].count_documents({"published_at": None}) == 0
