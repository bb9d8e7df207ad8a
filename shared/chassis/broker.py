"""Kafka clients with this system's settings, and the topics of an instance: their creation and their identity."""

import warnings
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer, OffsetAndMetadata, TopicPartition
    from kafka.admin import NewTopic
    from kafka.cluster import ClusterMetadata
    from kafka.coordinator.assignors.cooperative_sticky import CooperativeStickyAssignor
    from kafka.coordinator.base import MemberState
    from kafka.errors import CommitFailedError, KafkaTimeoutError, RebalanceInProgressError, StaleMetadata, TopicAlreadyExistsError

from chassis.config import Settings
from contracts.topics import SERVICES, dead_letter_topic, events_topic, people_topic

COMPACTED = {
    "cleanup.policy": "compact",
    "min.compaction.lag.ms": "0",
    "max.compaction.lag.ms": "3600000",
    "delete.retention.ms": "86400000",
}
KEPT_A_WEEK = {"retention.ms": "604800000"}
PATIENCE_MS = 5_000
"""How long one request to the broker may take; some of kafka-python's calls wait for ever unless told otherwise."""
ClusterMetadata.DEFAULT_CONFIG["allow_auto_create_topics"] = False
"""Of consumers and producers kafka-python 3.0 forgets this setting, and a broker then makes the topics they ask for, as it likes them."""


class TopicMadeAnew(StaleMetadata):
    """A topic is not the one that was read; nothing a client knows of that one, such as how many partitions it had, holds any more."""


def _common(settings: Settings) -> dict[str, Any]:
    """Where the broker is and how to sign in there."""
    found: dict[str, Any] = {
        "bootstrap_servers": settings.kafka_bootstrap.split(","),
        "security_protocol": settings.kafka_security_protocol,
        "reconnect_backoff_max_ms": 1_000,
        "bootstrap_timeout_ms": PATIENCE_MS,
    }
    if settings.kafka_ssl_cafile:
        found["ssl_cafile"] = settings.kafka_ssl_cafile
    if settings.kafka_sasl_mechanism:
        found |= {
            "sasl_mechanism": settings.kafka_sasl_mechanism,
            "sasl_plain_username": settings.kafka_sasl_username,
            "sasl_plain_password": settings.kafka_sasl_password,
        }
    return found


def make_producer(settings: Settings) -> KafkaProducer:
    """An idempotent producer whose sends are acknowledged by all in-sync replicas, or fail within ten seconds."""
    return KafkaProducer(
        **_common(settings),
        acks="all",
        enable_idempotence=True,
        delivery_timeout_ms=10_000,
        request_timeout_ms=PATIENCE_MS,
        max_block_ms=PATIENCE_MS,
        batch_size=131_072,
        metrics_enabled=False,
    )


def close_producer(producer: KafkaProducer) -> None:
    """Ends a producer whose every future was awaited.

    After a fatal fault, such as a broker that forgot its producers, kafka-python neither sends nor gives up what it holds, and its own
    `close` waits for that.
    """
    try:
        producer.close(timeout=1)
    except KafkaTimeoutError:
        producer._sender.force_close()
        with suppress(KafkaTimeoutError):
            producer.close(timeout=1)


def make_consumer(settings: Settings, group: str | None, topics: Iterable[str] = ()) -> KafkaConsumer:
    """A consumer that commits only when told to; without a group it is for reading a topic by hand."""
    return KafkaConsumer(
        *topics,
        **_common(settings),
        group_id=group,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        isolation_level="read_committed",
        partition_assignment_strategy=(CooperativeStickyAssignor,),
        max_poll_records=settings.consumer_batch,
        fetch_max_wait_ms=settings.kafka_fetch_max_wait_ms,
        session_timeout_ms=settings.kafka_session_timeout_ms,
        heartbeat_interval_ms=settings.kafka_heartbeat_ms,
        metrics_enabled=False,
    )


def close_consumer(consumer: KafkaConsumer) -> None:
    """Ends a consumer, without waiting long for a broker that is away.

    One that is joining its group goes silently: who says so in the middle of a join may stay on as the head of the group, and nobody
    else gets in (Tansu 0.6).
    """
    if joining(consumer):
        consumer._coordinator.reset_generation()
    consumer.close(autocommit=False, timeout_ms=PATIENCE_MS)


class Topics:
    """The topics of one instance: makes those that lack, and tells when one is not the topic it was."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._admin = KafkaAdminClient(**_common(settings), request_timeout_ms=PATIENCE_MS)

    def close(self) -> None:
        """Ends the connection."""
        self._admin.close()

    def ensure(self) -> dict[str, str]:
        """Creates the topics that lack; gives every topic's id, which changes when the broker lost it and it was made again."""
        ids = self.ids()
        lacking = [topic for topic in self._wanted() if topic.name not in ids]
        for topic in lacking:
            try:
                self._admin.create_topics([topic])
            except TopicAlreadyExistsError:
                continue
        return self.ids() if lacking else ids

    def ids(self) -> dict[str, str]:
        """Topic ids by name of the topics that exist."""
        described = self._admin.describe_topics([topic.name for topic in self._wanted()])
        return {found["name"]: str(found["topic_id"]) for found in described if not found["error_code"]}

    def _wanted(self) -> list[NewTopic]:
        instance, count, copies = self.settings.instance, self.settings.kafka_partitions, self.settings.kafka_replication
        people = NewTopic(people_topic(instance), count, copies, topic_configs=COMPACTED)
        events = [NewTopic(events_topic(instance, name), count, copies, topic_configs=KEPT_A_WEEK) for name in SERVICES]
        dead = [NewTopic(dead_letter_topic(instance, name), 1, copies, topic_configs={"retention.ms": "-1"}) for name in SERVICES]
        return [people, *events, *dead]


def partitions_of(consumer: KafkaConsumer, topic: str) -> list[TopicPartition]:
    """The partitions of a topic."""
    return [TopicPartition(topic, number) for number in sorted(consumer.partitions_for_topic(topic) or ())]


def joining(consumer: KafkaConsumer) -> bool:
    """Whether the group has still to give this consumer its partitions, or to give them anew."""
    return consumer._coordinator.state is not MemberState.STABLE or bool(consumer._coordinator.need_rejoin())


def go_on_joining(consumer: KafkaConsumer) -> None:
    """Has the next poll finish what was begun.

    kafka-python 3.0 forgets that it joins when the topic that made it join again is back meanwhile, and would stay outside for ever.
    """
    if consumer._coordinator.state is not MemberState.STABLE:
        consumer._coordinator.request_rejoin()


def read_from_start(consumer: KafkaConsumer, places: Iterable[TopicPartition]) -> bool:
    """Goes back to the start of assigned partitions and has the group remember it; False when the group rebalances."""
    consumer.seek_to_beginning(*places)
    try:
        consumer.commit({place: OffsetAndMetadata(0) for place in places}, timeout_ms=PATIENCE_MS)
    except (CommitFailedError, RebalanceInProgressError):
        return False
    return True
