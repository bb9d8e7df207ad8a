"""Nothing lost, nothing twice: 500 commands through the API while every process in turn is killed with SIGKILL."""

import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from pymongo.errors import PyMongoError

from chassis import broker
from chassis.dead_letters import read_whole
from contracts.topics import events_topic, people_topic
from embedded.run import Instance
from support.running import Running, eventually

PAIRS = 250
VICTIMS = ("web", "sessions", "broker", "pairing", "notifications", "mongod", "primary", "feedback", "broker")
SERVICES = ("pairing", "sessions", "feedback", "notifications")
HEARD = {"sessions": ["pairing.accepted"], "notifications": ["pairing.proposed", "pairing.accepted", "match.published"]}

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(400)]


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    with Instance(tmp_path_factory.mktemp("chaos"), environment={"RATE_LIMITS": "false"}) as instance:
        made = Running(instance)
        yield made
        made.close()


@pytest.fixture(scope="module")
def after_the_storm(running):
    """The proposed pairs, each accepted by both sides while one process after the other is killed; and what the API answered."""
    programme_id, headers, pairs = running.proposed(PAIRS)
    commands = [(pair, side) for pair in pairs for side in ("mentor", "mentee")]
    random.Random(7).shuffle(commands)
    answers, share = [], len(commands) // len(VICTIMS) + 1
    with ThreadPoolExecutor(4) as hands:
        for number, victim in enumerate(VICTIMS):
            under_way = [hands.submit(accept, running, *command) for command in commands[number * share : (number + 1) * share]]
            hurt(running, victim)
            answers += [answer.result() for answer in under_way]
            running.instance.wait_ready(60)
    refused = [decline(running, pair) for pair in pairs[:25]]
    eventually(lambda: not unsettled(running), 180, lambda: unsettled(running))
    return programme_id, headers, pairs, answers, refused


def accept(running, pair, side):
    return running.stubborn(f"/pairing/api/pairings/{pair['_id']}/accept", running.headers(pair[f"{side}_id"], side)).status_code


def decline(running, pair):
    return running.stubborn(f"/pairing/api/pairings/{pair['_id']}/decline", running.headers(pair["mentor_id"], "mentor")).status_code


def hurt(running, victim):
    """Kills this process in the middle of the load; the primary is not killed only, it steps down too."""
    time.sleep(0.3)
    if victim == "primary":
        with suppress(PyMongoError):
            running.mongo.admin.command("replSetStepDown", 1, force=True)
    else:
        running.instance.kill(victim)


def unsettled(running):
    """What is still on its way, by service; empty when everything has arrived."""
    found = {}
    for name in SERVICES:
        database = running.database(name)
        found[name, "outbox"] = database["outbox"].count_documents({"published_at": None})
        found[name, "jobs"] = database["jobs"].count_documents({"parked": None, "due": {"$lt": datetime.now(UTC) + timedelta(minutes=10)}})
    for name, kinds in HEARD.items():
        said = {entry["event_id"] for entry in running.database("pairing")["outbox"].find({"type": {"$in": kinds}}, {"event_id": 1})}
        found[name, "not heard"] = len(said - {entry["_id"] for entry in running.database(name)["inbox"].find({}, {"_id": 1})})
    return {what: count for what, count in found.items() if count}


def test_every_accepted_command_has_one_effect_everywhere(running, after_the_storm):
    programme_id, _, pairs, answers, _ = after_the_storm
    ids = {pair["_id"] for pair in pairs}
    assert Counter(answers) == {200: 2 * PAIRS}
    states = Counter(pair["state"] for pair in running.database("pairing")["pairings"].find({"programme_id": programme_id}))
    assert states == {"accepted": PAIRS}
    said = Counter(entry["key"] for entry in running.database("pairing")["outbox"].find({"type": "pairing.accepted"}))
    assert said == dict.fromkeys(ids, 1)
    met = Counter(meeting["pairing_id"] for meeting in running.database("sessions")["meetings"].find())
    assert met == dict.fromkeys(ids, 1)
    told = Counter(message["recipient_id"] for message in running.database("notifications")["messages"].find({"kind": "pairing-accepted"}))
    assert told == {pair[f"{side}_id"]: 1 for pair in pairs for side in ("mentor", "mentee")}


def test_every_refused_command_has_none(running, after_the_storm):
    *_, refused = after_the_storm
    assert Counter(refused) == {409: 25}
    assert running.database("pairing")["outbox"].count_documents({"type": "pairing.declined"}) == 0


def test_every_outbox_entry_is_in_every_inbox_that_wants_it_once(running, after_the_storm):
    people = running.database("pairing")["people"].count_documents({})
    for service in ("sessions", "notifications"):
        assert running.database(service)["people"].count_documents({}) >= people
    said = {entry["event_id"] for entry in running.database("pairing")["outbox"].find({"type": "pairing.accepted"})}
    for service in ("sessions", "notifications"):
        heard = {entry["_id"] for entry in running.database(service)["inbox"].find()}
        assert said <= heard


def test_no_dead_letters(running, after_the_storm):
    for service in SERVICES:
        assert list(read_whole(running.settings, f"{running.settings.instance}.{service}.dead-letter")) == []


def test_the_whole_log_again_shuffled_and_doubled_changes_nothing(running, after_the_storm):
    before = everything(running)
    producer = broker.make_producer(running.settings)
    instance = running.settings.instance
    for topic in (people_topic(instance), *(events_topic(instance, name) for name in SERVICES)):
        again = [record for record in read_whole(running.settings, topic) for _ in range(2)]
        random.Random(3).shuffle(again)
        for record in again:
            producer.send(topic, key=record.key, value=record.value)
    producer.flush(30)
    producer.close()
    eventually(lambda: lag(running) == 0, 60)
    time.sleep(3)
    assert everything(running) == before


def lag(running):
    found = [running.database(name)["heartbeats"].find_one({"_id": "worker"}) for name in SERVICES]
    return sum(state["lag"] for state in found)


def everything(running):
    """All that the consumers wrote, bookkeeping excepted."""
    kept = {
        "sessions": ("meetings", "people", "programmes"),
        "notifications": ("messages", "people", "programmes"),
        "feedback": ("people",),
    }
    return {
        (service, name): sorted(map(repr, running.database(service)[name].find()))
        for service, names in kept.items()
        for name in names
    }  # fmt: skip


def test_killed_all_at_once_it_starts_again_with_nothing_lost(running, after_the_storm):
    before = everything(running)
    running.instance.kill("everything")
    running.instance.start()
    eventually(lambda: not unsettled(running), 60)
    assert everything(running) == before
    programme_id, _ = running.programme()
    eventually(lambda: running.database("sessions")["programmes"].find_one({"_id": programme_id}), 30)
