"""An event on its way: outbox, relay, broker, consumer, inbox; each fault on the way leaves exactly one effect."""

import json
import threading
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from kafka.coordinator.base import MemberState
from kafka.errors import KafkaConnectionError, KafkaTimeoutError

from chassis import broker
from chassis.consumer import Consumer
from chassis.errors import Refused
from chassis.relay import Relay
from chassis.subscription import Subscription
from chassis.transaction import transact
from contracts.pairing import PairingAccepted
from contracts.topics import events_topic
from support.stage import LISTENER, PAIRS, Pair, plan, said


def test_state_and_event_are_one_write(stage):
    with pytest.raises(ZeroDivisionError):
        transact(stage.speaker, stage.settings, "pairing", lambda uow: (uow.add(PAIRS, Pair("a")), uow.emit(Pair("a"), said("a")), 1 / 0))
    assert stage.speaker["pairs"].count_documents({}) == stage.speaker["outbox"].count_documents({}) == 0

    stage.accept("a")
    entry = stage.speaker["outbox"].find_one()
    assert (entry["type"], entry["key"], entry["published_at"]) == ("pairing.accepted", "a", None)
    assert stage.speaker["pairs"].find_one()["state"] == "active"
    assert json.loads(entry["value"])["data"]["pairing_id"] == "a"


def test_each_event_has_one_effect(stage):
    stage.accept(*(str(n) for n in range(50)))
    stage.relay_all()
    assert stage.waiting() == 0
    stage.consume_until(lambda: len(stage.effects()) == 50)
    assert stage.listener["inbox"].count_documents({}) == 50


def test_published_twice_acts_once(stage):
    stage.accept("a", "b")
    stage.relay_all()
    stage.speaker["outbox"].update_many({}, {"$set": {"published_at": None}})
    stage.relay_all()
    stage.accept("last")
    stage.relay_all()
    stage.consume_until(lambda: "last" in stage.effects())
    assert stage.effects() == ["a", "b", "last"]


def test_a_batch_that_takes_too_long_for_one_transaction_goes_in_parts(stage):
    def slow(uow, event):
        time.sleep(0.03)
        plan(uow, event)

    stage.listen_with(handlers={PairingAccepted: slow})
    stage.consumer.patience = 0.4
    names = [f"{number:02}" for number in range(24)]
    stage.accept(*names)
    stage.relay_all()
    stage.consume_until(lambda: stage.effects() == names, seconds=30)
    assert stage.listener["inbox"].count_documents({}) == len(names)


def test_a_relay_that_cannot_work_tells_since_when_events_wait(stage, moment):
    def no_broker():
        stop.set()
        raise KafkaConnectionError

    stop = threading.Event()
    stage.accept("a", now=moment)
    stage.relay.verify_topics = no_broker
    stage.relay.run(stop)
    assert stage.relay.oldest_at == moment


def test_killed_between_commit_and_offset_acts_once(stage):
    stage.accept("a")
    stage.relay_all()
    stage.consumer._commit = lambda: None
    stage.consume_until(lambda: stage.effects() == ["a"])
    stage.consumer.close()
    stage.consumer = Consumer(LISTENER, stage.listener, stage.settings)
    stage.accept("b")
    stage.relay_all()
    stage.consume_until(lambda: stage.effects() == ["a", "b"])


def test_events_of_one_aggregate_keep_their_order_when_host_clocks_differ(stage, moment):
    stage.accept("a", now=moment)

    def again(uow):
        pair = uow.get(PAIRS, "a")
        uow.emit(pair, said("a"))

    for minutes in (-5, -9, 3):
        transact(stage.speaker, stage.settings, "pairing", again, now=moment + timedelta(minutes=minutes))
    entries = list(stage.speaker["outbox"].find().sort([("at", 1)]))
    assert [entry["version"] for entry in entries] == [1, 2, 3, 4]
    assert [entry["at"] for entry in entries] == sorted({entry["at"] for entry in entries})


def test_an_oversized_event_refuses_the_command(stage):
    with pytest.raises(Refused, match="Split it"):
        stage.accept("x" * stage.settings.max_event_bytes)
    assert stage.speaker["pairs"].count_documents({}) == 0


def test_broker_that_lost_its_log_gets_everything_again(stage, backend):
    stage.accept("a", "b")
    stage.relay_all()
    stage.consume_until(lambda: stage.effects() == ["a", "b"])
    stage.accept("c")
    stage.relay_all()
    backend.restart_broker(lose_log=True)
    stop = threading.Event()
    threads = [threading.Thread(target=part.run, args=(stop,)) for part in (stage.relay, stage.consumer)]
    for thread in threads:
        thread.start()
    try:
        stage.accept("d")
        deadline = time.monotonic() + 40
        while stage.effects() != ["a", "b", "c", "d"] and time.monotonic() < deadline:
            time.sleep(0.1)
    finally:
        stop.set()
        for thread in threads:
            thread.join(20)
    assert stage.effects() == ["a", "b", "c", "d"]
    assert records(stage) == 4


def records(stage):
    from chassis.dead_letters import read_whole

    return len(list(read_whole(stage.settings, events_topic(stage.settings.instance, "pairing"))))


def test_one_relay_at_a_time(stage):
    other = Relay("pairing", stage.speaker, stage.settings)
    assert stage.relay.lease.hold()
    assert not other.lease.hold()
    stage.relay.lease.release()
    assert other.lease.hold()


def test_a_relay_wakes_at_once(stage):
    stop = threading.Event()
    thread = threading.Thread(target=stage.relay.run, args=(stop,))
    thread.start()
    try:
        stage.accept("warm")
        wait_until(lambda: stage.waiting() == 0)
        time.sleep(1.2)
        took = []
        for name in ("a", "b", "c", "d"):
            began = time.monotonic()
            stage.accept(name)
            wait_until(lambda: stage.waiting() == 0)
            took.append(time.monotonic() - began)
        assert min(took) < 0.2, took
    finally:
        stop.set()
        thread.join(10)


def wait_until(done, seconds=10):
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def test_topics_have_their_settings(stage):
    topics = broker.Topics(stage.settings)
    assert len(topics.ensure()) == 9
    assert topics.ensure() == topics.ids()
    topics.close()


def test_a_topic_that_was_made_anew_is_read_from_its_start_whatever_offset_was_committed(stage):
    stage.accept("a", "b")
    stage.relay_all()
    stage.consume_until(lambda: stage.effects() == ["a", "b"])
    stage.consumer.close()
    for name in ("effects", "inbox"):
        stage.listener[name].delete_many({})
    stage.listener["topics"].update_many({}, {"$set": {"topic_id": "of a topic long gone"}})
    stage.consumer = Consumer(LISTENER, stage.listener, stage.settings)
    stage.consume_until(lambda: stage.effects() == ["a", "b"])


def test_an_offset_committed_for_the_topic_before_is_not_believed_after_the_place_in_the_group_was_lost(stage):
    stage.accept("a", "b")
    stage.relay_all()
    stage.consume_until(lambda: stage.effects() == ["a", "b"])
    made_anew(stage)
    stage.relay.verify_topics(now=True)
    stage.relay_all()
    for name in ("effects", "inbox"):
        stage.listener[name].delete_many({})
    late = Subscription(stage.listener, stage.settings, stage.consumer.source.group, stage.consumer.source.topics)
    stage.consumer.source.commit()
    with pytest.raises(broker.TopicMadeAnew):
        stage.consumer.source._watch_topics(now=True)
    stage.consumer.close()
    stage.consumer.source = late
    stage.consume_until(lambda: stage.effects() == ["a", "b"])


def test_a_topic_that_was_made_anew_with_other_partitions_is_read_whole_and_soon(stage):
    names = [f"{number:02}" for number in range(20)]
    listening = threading.Thread(target=stage.consumer.run, args=(stage.stop,))
    listening.start()
    stage.accept(*names)
    stage.relay_all()
    wait_until(lambda: stage.effects() == names, 20)
    made_anew(stage, partitions=5)
    for name in ("effects", "inbox"):
        stage.listener[name].delete_many({})
    stage.relay.close()
    stage.relay_all()
    wait_until(lambda: stage.effects() == names, 20)
    stage.stop.set()
    listening.join(20)


def test_who_leaves_while_joining_keeps_nobody_out(stage, backend):
    leaving = Subscription(stage.listener, stage.settings, stage.consumer.source.group, stage.consumer.source.topics)
    leaving.poll(stage.stop)
    assert backend.name != "embedded" or not leaving.joined
    leaving.close()
    stage.accept("a")
    stage.relay_all()
    stage.consume_until(lambda: stage.effects() == ["a"], seconds=25)


def test_who_began_to_join_again_goes_on_until_in(stage):
    stage.accept("a")
    stage.relay_all()
    stage.consume_until(lambda: stage.effects() == ["a"])
    coordinator = stage.consumer.source._consumer._coordinator
    coordinator.state = MemberState.REBALANCING
    assert not coordinator.need_rejoin()
    stage.consume_until(lambda: coordinator.state is MemberState.STABLE)


def test_no_client_makes_a_topic_that_it_asks_for(stage):
    producer, consumer = broker.make_producer(stage.settings), broker.make_consumer(stage.settings, "nobody", ["not-made-one"])
    with pytest.raises(KafkaTimeoutError):
        producer.send("not-made-two", b"")
    consumer.poll(2_000)
    topics = broker.Topics(stage.settings)
    assert {found["error_code"] for found in topics._admin.describe_topics(["not-made-one", "not-made-two"])} == {3}
    for client in (producer, consumer, topics):
        client.close()


def made_anew(stage, partitions=3):
    """The topic is deleted and made again, as by a broker that lost its log."""
    topics = broker.Topics(stage.settings)
    before, topic = topics.ids(), events_topic(stage.settings.instance, "pairing")
    topics.settings = replace(stage.settings, kafka_partitions=partitions)
    topics._admin.delete_topics([topic])
    wait_until(lambda: topic not in topics.ids() or topics.ids()[topic] != before[topic])
    wait_until(lambda: topics.ensure().get(topic) not in (None, before[topic]))
    assert len(topics._admin.describe_topics([topic])[0]["partitions"]) == partitions
    topics.close()
