"""The back ends keep the promises on which all other tests stand."""

import time
import uuid

import pytest
from kafka import KafkaConsumer, KafkaProducer
from kafka.admin import KafkaAdminClient, NewTopic
from pymongo import MongoClient

from backends.backend import Backend


@pytest.fixture
def topic(backend: Backend) -> str:
    """A new compacted topic of one partition."""
    name = f"{uuid.uuid4().hex[:8]}.people"
    create(backend, name)
    return name


def create(backend: Backend, name: str) -> None:
    """Makes the topic."""
    admin = KafkaAdminClient(bootstrap_servers=backend.bootstrap)
    admin.create_topics([NewTopic(name, 1, 1, topic_configs={"cleanup.policy": "compact"})])
    admin.close()


def topic_id(backend: Backend, name: str) -> str:
    """The id that the broker gave the topic."""
    admin = KafkaAdminClient(bootstrap_servers=backend.bootstrap)
    try:
        return str(admin.describe_topics([name])[0]["topic_id"])
    finally:
        admin.close()


def publish(backend: Backend, name: str, *values: bytes) -> None:
    """Sends values as the relay does: idempotent, acknowledged by all."""
    producer = KafkaProducer(bootstrap_servers=backend.bootstrap, acks="all", enable_idempotence=True)
    for future in [producer.send(name, value, key=b"k") for value in values]:
        future.get(timeout=20)
    producer.close()


def read(backend: Backend, name: str, count: int) -> list[bytes]:
    """The first values of the topic, through a group of its own."""
    consumer = KafkaConsumer(
        name,
        bootstrap_servers=backend.bootstrap,
        group_id=uuid.uuid4().hex,
        auto_offset_reset="earliest",
        isolation_level="read_committed",
        enable_auto_commit=False,
        session_timeout_ms=6_000,
        heartbeat_interval_ms=1_000,
    )
    values: list[bytes] = []
    deadline = time.monotonic() + 20
    while len(values) < count and time.monotonic() < deadline:
        for records in consumer.poll(200).values():
            values += [record.value for record in records]
    consumer.commit()
    consumer.close()
    return values


def test_a_group_reads_what_was_published_in_order(backend: Backend, topic: str) -> None:
    sent = [f"{number}".encode() for number in range(50)]
    publish(backend, topic, *sent)
    assert read(backend, topic, 50) == sent


def test_a_broker_that_lost_its_log_gives_the_topic_another_id(backend: Backend, topic: str) -> None:
    before = topic_id(backend, topic)
    assert topic_id(backend, topic) == before
    backend.restart_broker(lose_log=True)
    create(backend, topic)
    assert topic_id(backend, topic) != before


def test_a_broker_that_keeps_its_log_still_has_it_after_a_restart(backend: Backend, topic: str) -> None:
    publish(backend, topic, b"kept")
    before = topic_id(backend, topic)
    backend.restart_broker(lose_log=False)
    assert read(backend, topic, 1) == [b"kept"]
    assert topic_id(backend, topic) == before


def test_what_a_majority_wrote_survives_a_killed_database(backend: Backend, instance: str) -> None:
    with MongoClient(backend.mongo_url, w="majority") as client:
        client[f"{instance}_pairing"].people.insert_one({"_id": "a"})
        backend.kill_mongod()
        backend.start_mongod()
        assert client[f"{instance}_pairing"].people.find_one({"_id": "a"})


def test_a_primary_that_stood_down_takes_writes_again(backend: Backend, instance: str) -> None:
    with MongoClient(backend.mongo_url) as client:
        people = client[f"{instance}_pairing"].people
        people.insert_one({"_id": "before"})
        backend.step_down()
        people.insert_one({"_id": "after"})
        assert people.count_documents({}) == 2


def test_an_aborted_transaction_leaves_nothing_in_any_collection(backend: Backend, instance: str) -> None:
    with MongoClient(backend.mongo_url) as client, client.start_session() as session:
        database = client[f"{instance}_pairing"]
        session.start_transaction()
        for collection in (database.people, database.outbox):
            collection.insert_one({"_id": "a"}, session=session)
            assert collection.count_documents({}, session=session) == 1
        session.abort_transaction()
        assert database.people.count_documents({}) == database.outbox.count_documents({}) == 0
