"""The consumer: applies events in batches, each one transaction with its inbox entries; what cannot be applied becomes a dead letter."""

import threading
import time
from collections.abc import Callable
from typing import Any

import structlog
from kafka.errors import CommitFailedError, KafkaError, RebalanceInProgressError
from pymongo.database import Database
from pymongo.errors import ConnectionFailure, ExecutionTimeout, PyMongoError, WTimeoutError

from chassis import dead_letters, inbox
from chassis.broker import Topics, make_consumer, make_producer
from chassis.config import Settings
from chassis.delivery import Delivery, receive
from chassis.service import Service
from chassis.transaction import transact
from chassis.unit_of_work import UnitOfWork
from contracts.topics import subscribed

LOG = structlog.get_logger(__name__)
CHECK_SECONDS = 1.0
TRANSIENT = (ConnectionFailure, ExecutionTimeout, WTimeoutError)


class Halted(Exception):
    """Too many dead letters in a row: this may be a bad deployment, not bad events."""


class Consumer:
    """Feeds one service with the events it handles."""

    def __init__(self, service: Service, database: Database[dict[str, Any]], settings: Settings) -> None:
        self.service, self.database, self.settings = service, database, settings
        self.group = f"{settings.instance}.{service.name}"
        self.topics = subscribed(settings.instance, set(service.handlers))
        self.lag = 0
        self.in_a_row = 0
        self._consumer: Any = None
        self._producer: Any = None
        self._topics: Topics | None = None
        self._known: dict[str, str] = {}
        self._checked = 0.0
        self._assigned = False

    def run(self, stop: threading.Event) -> None:
        """Consumes until told to stop; faults of broker or database are waited out; without handlers there is nothing to do."""
        while self.topics and not stop.is_set():
            try:
                if self.halted():
                    stop.wait(CHECK_SECONDS)
                else:
                    self.step(stop)
            except (KafkaError, PyMongoError, OSError, Halted) as fault:
                LOG.warning("consumer waits", service=self.service.name, fault=type(fault).__name__)
                self.close()
                stop.wait(0.5)
        self.close()

    def step(self, stop: threading.Event) -> int:
        """Polls once and applies what came; gives how many records that were."""
        self._connect()
        self._rewind_new_topics()
        polled = self._consumer.poll(timeout_ms=500, max_records=self.settings.consumer_batch)
        self._assigned = self._assigned or bool(self._consumer.assignment())
        records = [record for of_partition in polled.values() for record in of_partition]
        if records:
            self.apply([receive(record, self.settings.instance, self.settings.max_event_bytes) for record in records], stop)
            self._commit()
        return len(records)

    def apply(self, deliveries: list[Delivery], stop: threading.Event) -> None:
        """Applies all of them or puts each that cannot be applied into the dead letters; returns when nothing is left to do."""
        for delivery in deliveries:
            if delivery.problem:
                self._bury(delivery, delivery.problem, None)
        wanted = [delivery for delivery in deliveries if type(delivery.event) in self.service.handlers]
        try:
            self._patiently(stop, lambda: self._together(wanted))
            self.in_a_row = 0 if wanted else self.in_a_row
        except Exception as fault:
            if is_transient(fault):
                raise
            LOG.info("batch failed, one by one", service=self.service.name, events=len(wanted), fault=type(fault).__name__)
            for delivery in wanted:
                self._alone(delivery, stop)

    def _alone(self, delivery: Delivery, stop: threading.Event) -> None:
        """Applies one event, in a few attempts, or buries it."""
        for attempt in range(1, self.settings.consumer_attempts + 1):
            try:
                self._patiently(stop, lambda: self._together([delivery]))
                self.in_a_row = 0
                return
            except Exception as fault:
                if is_transient(fault):
                    raise
                if attempt == self.settings.consumer_attempts:
                    self._bury(delivery, f"{type(delivery.event).__name__} could not be applied", fault)
                stop.wait(0.05 * attempt)

    def _patiently(self, stop: threading.Event, work: Callable[[], None]) -> None:
        """Repeats work over transient faults until it passes; they never make a dead letter."""
        while True:
            try:
                return work()
            except PyMongoError as fault:
                if not is_transient(fault) or stop.is_set():
                    raise
                LOG.warning("consumer waits for the database", service=self.service.name, fault=type(fault).__name__)
                stop.wait(0.3)

    def _together(self, deliveries: list[Delivery]) -> None:
        """One transaction: inbox entries and effects of all."""
        if deliveries:
            transact(self.database, self.settings, self.service.name, lambda uow: handle(self.service, uow, deliveries))

    def _bury(self, delivery: Delivery, reason: str, fault: BaseException | None) -> None:
        """Puts a record into the dead letters; raises when that fails, so that nothing is committed."""
        self._producer = self._producer or make_producer(self.settings)
        dead_letters.publish(self._producer, self.settings, self.service.name, delivery.record, reason, fault)
        LOG.error("dead letter", service=self.service.name, topic=delivery.record.topic, offset=delivery.record.offset)
        self.in_a_row += 1
        if self.in_a_row >= self.settings.consumer_dead_letters_in_a_row:
            self.halt(f"{self.in_a_row} dead letters in a row")
            raise Halted

    def halted(self) -> bool:
        """Whether too many dead letters in a row stopped this service's consumer; `consumer resume` lets it go on."""
        return self.database["topics"].find_one({"_id": "consumer:halted"}) is not None

    def halt(self, reason: str) -> None:
        """Stops consuming, over restarts too."""
        self.in_a_row = 0
        self.database["topics"].update_one({"_id": "consumer:halted"}, {"$set": {"reason": reason}}, upsert=True)
        LOG.critical("consumer stopped itself", service=self.service.name, reason=reason)

    def _connect(self) -> None:
        if self._consumer is None:
            self._topics = Topics(self.settings)
            self._topics.ensure()
            self._consumer = make_consumer(self.settings, self.group, self.topics)

    def _rewind_new_topics(self) -> None:
        """A topic with another id than before starts at offset 0 again, whatever position this consumer holds."""
        if time.monotonic() - self._checked < CHECK_SECONDS or self._topics is None or not self._consumer.assignment():
            return
        self._checked = time.monotonic()
        ids = self._topics.ensure()
        self._measure_lag()
        for topic in self.topics:
            if topic in ids and ids[topic] != self._known.get(topic):
                self._meet(topic, ids[topic])

    def _meet(self, topic: str, topic_id: str) -> None:
        """Remembers a topic's id over restarts, and goes back to its start when it was another."""
        found = self.database["topics"].find_one({"_id": f"consumer:{topic}"})
        mine = [place for place in self._consumer.assignment() if place.topic == topic]
        if found is not None and found["topic_id"] != topic_id and mine:
            self._consumer.seek_to_beginning(*mine)
            LOG.warning("topic is new: reading it from the start", service=self.service.name, topic=topic)
        self.database["topics"].update_one({"_id": f"consumer:{topic}"}, {"$set": {"topic_id": topic_id}}, upsert=True)
        self._known[topic] = topic_id

    def _commit(self) -> None:
        """Commits offsets; when the group moved on meanwhile, the records come again and the inbox knows them."""
        try:
            self._consumer.commit()
        except (CommitFailedError, RebalanceInProgressError):
            LOG.info("offsets not committed: the group rebalances", service=self.service.name)

    def _measure_lag(self) -> None:
        """Counts the records that wait on the assigned partitions."""
        if self._consumer is not None and self._consumer.assignment():
            ends = self._consumer.end_offsets(list(self._consumer.assignment()))
            self.lag = sum(max(0, end - (self._consumer.position(place) or 0)) for place, end in ends.items())

    @property
    def joined(self) -> bool:
        """Whether the group gave this consumer its partitions."""
        return self._assigned or not self.topics

    def close(self) -> None:
        """Ends the connections; the next step makes new ones."""
        for client in (self._consumer, self._producer, self._topics):
            if client is not None:
                client.close()
        self._consumer = self._producer = self._topics = None


def handle(service: Service, uow: UnitOfWork, deliveries: list[Delivery]) -> None:
    """Runs the handler of every event that was not applied before."""
    fresh = inbox.claim(uow, (delivery.event_id for delivery in deliveries))
    for delivery in deliveries:
        if delivery.event_id in fresh:
            fresh.discard(delivery.event_id)
            uow.event_version, uow.causation_id, uow.correlation_id = delivery.aggregate_version, delivery.event_id, delivery.correlation_id
            service.handlers[type(delivery.event)](uow, delivery.event)


def is_transient(fault: BaseException) -> bool:
    """Whether waiting and trying again can help: the database is away, or another process was faster."""
    return isinstance(fault, TRANSIENT) or (isinstance(fault, PyMongoError) and fault.has_error_label("TransientTransactionError"))
