"""Relay and consumer against bare kafka-python on the same messages, and against one transaction for each event."""

import json
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from kafka import KafkaConsumer, KafkaProducer

from benchmarks.measure import Measured, alternating, rates
from chassis.config import Settings
from chassis.consumer import Consumer
from chassis.delivery import receive
from chassis.relay import HEADERS
from chassis.worker import spare_the_collector
from contracts.topics import events_topic
from support.stage import LISTENER, Stage

EVENTS = 20_000
ALONE = 1_500
ROUNDS = 3


def measure(settings: Settings) -> list[Measured]:
    """All figures about events; `settings` names a fresh instance with one partition for each topic."""
    spare_the_collector()
    stage = Stage(settings)
    try:
        for _ in range(EVENTS // 1_000):
            stage.accept(*(str(uuid.uuid4()) for _ in range(1_000)))
        relay, by_relay, by_producer = alternating(lambda: _relay(stage), lambda: _produce(stage), ROUNDS)
        consumer, by_consumer, by_bare = alternating(lambda: _consume(stage), lambda: _consume_bare(settings), ROUNDS)
        alone = _consume_alone(stage)
    finally:
        stage.close()
    together = sorted(by_consumer)[len(by_consumer) // 2]
    return [
        Measured("relay / bare producer", relay, 0.7, "×", True, f"{rates('relay', by_relay)}; {rates('bare', by_producer)}"),
        Measured("consumer / bare consumer", consumer, 0.4, "×", True, f"{rates('consumer', by_consumer)}; {rates('bare', by_bare)}"),
        Measured("consumer / one transaction each", together / alone, 8, "×", True, rates("one each", [alone])),
    ]


def _relay(stage: Stage) -> float:
    """Entries per second from the outbox to acknowledged and marked."""
    stage.speaker["outbox"].update_many({}, {"$set": {"published_at": None}})
    stage.relay.verify_topics(now=True)
    began = time.perf_counter()
    stage.relay_all()
    return EVENTS / (time.perf_counter() - began)


def _produce(stage: Stage) -> float:
    """The same messages by a bare producer: hand over, then look at every future."""
    entries = list(stage.speaker["outbox"].find())
    messages = [(entry["topic"], entry["key"].encode(), bytes(entry["value"])) for entry in entries]
    producer = KafkaProducer(bootstrap_servers=stage.settings.kafka_bootstrap, acks="all", enable_idempotence=True)
    producer.partitions_for(messages[0][0])
    began = time.perf_counter()
    futures = [producer.send(topic, key=key, value=value, headers=HEADERS) for topic, key, value in messages]
    for future in futures:
        future.get(30)
    spent = time.perf_counter() - began
    producer.close()
    return EVENTS / spent


def _consume(stage: Stage) -> float:
    """Events per second that leave an inbox entry and a document each, in batches."""
    for name in ("inbox", "effects"):
        stage.listener[name].delete_many({})
    consumer = Consumer(LISTENER, stage.listener, stage.settings)
    consumer.source.group = f"g{uuid.uuid4().hex}"
    first = 0
    while not first:
        first = consumer.step(stage.stop)
    began, count = time.perf_counter(), first
    while count < EVENTS:
        count += consumer.step(stage.stop)
    consumer.settle()
    spent = time.perf_counter() - began
    consumer.close()
    assert stage.listener["inbox"].count_documents({}) == stage.listener["effects"].count_documents({}) == EVENTS
    return (EVENTS - first) / spent


def _consume_bare(settings: Settings) -> float:
    """A bare kafka-python loop that reads the JSON of each message and commits every thousand."""
    with _bare_consumer(settings) as consumer:
        began = time.perf_counter()
        for number, message in enumerate(consumer, start=1):
            json.loads(message.value)
            if number == 1:
                began = time.perf_counter()
            if number % 1_000 == 0:
                consumer.commit()
            if number == EVENTS:
                return EVENTS / (time.perf_counter() - began)
    raise AssertionError("the topic ended early")


@contextmanager
def _bare_consumer(settings: Settings) -> Iterator[Any]:
    consumer = KafkaConsumer(
        events_topic(settings.instance, "pairing"),
        bootstrap_servers=settings.kafka_bootstrap,
        group_id=f"g{uuid.uuid4().hex}",
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        session_timeout_ms=6_000,
        heartbeat_interval_ms=1_000,
        fetch_max_wait_ms=settings.kafka_fetch_max_wait_ms,
    )
    yield consumer
    consumer.close()


def _consume_alone(stage: Stage) -> float:
    """Events per second with one transaction for each event."""
    for name in ("inbox", "effects"):
        stage.listener[name].delete_many({})
    with _bare_consumer(stage.settings) as records:
        taken = [next(records) for _ in range(ALONE)]
    deliveries = [receive(record, stage.settings.instance, stage.settings.max_event_bytes) for record in taken]
    consumer = Consumer(LISTENER, stage.listener, stage.settings)
    began = time.perf_counter()
    for delivery in deliveries:
        consumer.apply([delivery], stage.stop)
    return ALONE / (time.perf_counter() - began)
