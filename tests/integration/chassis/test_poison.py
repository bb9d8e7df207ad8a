"""What cannot be applied: none of it blocks the topic, each lies in the dead letters with its reason, replay brings it back after a fix."""

import json

import pytest
from pymongo.errors import AutoReconnect

from chassis import broker, dead_letters
from chassis.consumer import Consumer, Halted
from chassis.replay import replay
from chassis.service import Service
from chassis.transaction import transact
from contracts.pairing import PairingAccepted
from contracts.people import PersonChanged
from contracts.topics import events_topic, people_topic
from support.stage import LISTENER, PAIRS, Pair, lapsed, plan, said


@pytest.fixture
def produce(stage):
    topics = broker.Topics(stage.settings)
    topics.ensure()
    topics.close()
    producer = broker.make_producer(stage.settings)
    pairing_events = events_topic(stage.settings.instance, "pairing")
    yield lambda value, key=b"k", topic=pairing_events: producer.send(topic, key=key, value=value).get(10)
    producer.close()


def envelope(**changes):
    attributes = {
        "specversion": "1.0", "id": "e1", "source": "/x", "type": "pairing.accepted", "eventversion": 1, "aggregateversion": 1,
        "time": "2026-11-21T12:00:00Z", "partitionkey": "k", "subject": "k", "datacontenttype": "application/json",
        "data": {"pairing_id": "a", "programme_id": "p", "mentor_id": "m", "mentee_id": "e", "model": "structured", "format": "online"},
    }  # fmt: skip
    return json.dumps(attributes | changes).encode()


def letters(stage):
    return list(dead_letters.listed(stage.settings, "sessions", stage.listener))


POISON = {
    "no JSON": (b"\xff\xfe\x00", "not JSON"),
    "no envelope": (b"[1, 2]", "not a CloudEvents"),
    "no value": (None, "without a value"),
    "unknown type": (envelope(type="pairing.dreamt"), "unknown type 'pairing.dreamt'"),
    "unknown version": (envelope(eventversion=9), "unknown version 9 of pairing.accepted; known: [1]"),
    "version no number": (envelope(eventversion="1"), "eventversion is not an integer"),
    "wrong field": (envelope(data={"pairing_id": 7}), "wrong fields"),
    "no time": (envelope(time=None), "TypeError"),
    "oversized": (envelope(data={"pairing_id": "x" * 950_000}), "bytes; 900000 are allowed"),
}


def test_poison_is_buried_with_its_reason_and_the_rest_goes_on(stage, produce):
    for value, _ in POISON.values():
        produce(value)
    stage.accept("good")
    stage.relay_all()
    stage.consume_until(lambda: stage.effects() == ["good"] and len(letters(stage)) == len(POISON))
    reasons = [letter.reason for letter in letters(stage)]
    for name, (_, reason) in POISON.items():
        assert any(reason in found for found in reasons), (name, reasons)
    assert all(letter.origin.startswith(events_topic(stage.settings.instance, "pairing")) for letter in letters(stage))


def test_a_failing_handler_buries_its_event_only_and_replay_brings_it_back(stage):
    broken = {"a": True}

    def fragile(uow, event):
        if broken.get(event.pairing_id):
            raise ValueError("a bug")
        plan(uow, event)

    service = stage.listen_with(handlers={PairingAccepted: fragile})
    stage.accept("a", "b", "c")
    stage.relay_all()
    stage.consume_until(lambda: stage.effects() == ["b", "c"] and letters(stage))
    (letter,) = letters(stage)
    assert "could not be applied: ValueError: a bug" in letter.reason
    assert "fragile" in letter.stack
    assert "still fails: ValueError" in replay(service, stage.settings, stage.listener, letter)
    broken.clear()
    assert "applied" in replay(service, stage.settings, stage.listener, letter)
    assert stage.effects() == ["a", "b", "c"]
    assert letters(stage) == []


def test_half_of_a_failed_handler_is_not_written(stage):
    def half(uow, event):
        plan(uow, event)
        raise ValueError("after the write")

    stage.listen_with(handlers={PairingAccepted: half})
    stage.accept("a")
    stage.relay_all()
    stage.consume_until(lambda: letters(stage))
    assert stage.effects() == []
    assert stage.listener["inbox"].count_documents({}) == 0


def test_a_transient_fault_is_waited_out_and_never_buried(stage):
    faults = [AutoReconnect("gone"), AutoReconnect("gone"), AutoReconnect("gone"), AutoReconnect("gone"), AutoReconnect("gone")]

    def unlucky(uow, event):
        if faults:
            raise faults.pop()
        plan(uow, event)

    stage.listen_with(handlers={PairingAccepted: unlucky})
    stage.accept("a")
    stage.relay_all()
    stage.consume_until(lambda: stage.effects() == ["a"])
    assert letters(stage) == []


def test_a_dead_letter_about_a_person_has_no_payload(stage, produce):
    def broken(uow, event):
        raise ValueError(f"cannot keep {event.email}")

    stage.listen_with(handlers={PersonChanged: broken})
    data = {
        "person_id": "p1", "roles": ["mentee"], "given_name": "Yara", "family_name": "B", "email": "yara@example.org",
        "language": "nl", "time_zone": "Europe/Amsterdam",
    }  # fmt: skip
    produce(envelope(type="person.changed", data=data), b"p1", people_topic(stage.settings.instance))
    stage.consume_until(lambda: letters(stage))
    (letter,) = letters(stage)
    assert (letter.key, letter.value) == ("p1", None)
    assert "ValueError" in letter.reason
    assert "yara" not in f"{letter.reason}{letter.stack}".casefold()
    kept = []
    service = Service(name="sessions", handlers={PersonChanged: lambda uow, event: kept.append(event.given_name)})
    assert "applied" in replay(service, stage.settings, stage.listener, letter)
    assert kept == ["Yara"]


def test_many_dead_letters_in_a_row_stop_the_consumer_until_it_is_resumed(stage, make_settings, produce):
    careful = make_settings(consumer_dead_letters_in_a_row=3)
    for _ in range(5):
        produce(b"poison")
    consumer = Consumer(LISTENER, stage.listener, careful)
    with pytest.raises(Halted):
        while True:
            consumer.step(stage.stop)
    assert consumer.halted()
    assert len(letters(stage)) == 3
    consumer.close()
    assert Consumer(LISTENER, stage.listener, careful).halted()


def test_an_event_nobody_here_handles_is_passed_over(stage):
    def speak(uow):
        pair = uow.add(PAIRS, Pair("a"))
        uow.emit(pair, lapsed("a"), said("a"))

    transact(stage.speaker, stage.settings, "pairing", speak)
    stage.relay_all()
    stage.consume_until(lambda: stage.effects() == ["a"])
    assert letters(stage) == []
    assert stage.listener["inbox"].count_documents({}) == 1


def test_what_the_broker_refuses_for_good_does_not_block_the_relay(stage):
    stage.accept("a")
    stage.speaker["outbox"].update_one({"key": "a"}, {"$set": {"value": b"x" * 1_200_000}})
    stage.accept("b")
    stage.relay_all()
    stage.consume_until(lambda: stage.effects() == ["b"])
    (letter,) = dead_letters.listed(stage.settings, "pairing", stage.speaker)
    assert letter.origin.startswith("outbox:")
    assert "refuses" in letter.reason
    stage.speaker["outbox"].update_one({"key": "a"}, {"$set": {"value": envelope()}})
    replay(Service(name="pairing"), stage.settings, stage.speaker, letter)
    stage.relay_all()
    stage.consume_until(lambda: stage.effects() == ["a", "b"])
