"""The consumer: applies events in batches, each one transaction with its inbox entries; what cannot be applied becomes a dead letter."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any

import structlog
from kafka.errors import CommitFailedError, KafkaError, RebalanceInProgressError
from pymongo.database import Database
from pymongo.errors import PyMongoError

from chassis import dead_letters, inbox
from chassis.broker import close_producer, make_producer
from chassis.config import Settings
from chassis.delivery import Delivery, receive
from chassis.service import Service
from chassis.subscription import Subscription
from chassis.transaction import PATIENCE_SECONDS, TOO_LONG, is_transient, transact
from chassis.unit_of_work import UnitOfWork
from contracts.topics import subscribed

LOG = structlog.get_logger(__name__)
COMMIT_SECONDS, LOOK_SECONDS = 1.0, 1.0
SMALL_BATCH, GATHER_SECONDS = 50, 0.015
"""After a small batch the next one gathers for a moment: a transaction costs much the same for one event as for many."""


class Halted(Exception):
    """Too many dead letters in a row: this may be a bad deployment, not bad events."""


class Consumer:
    """Feeds one service with the events it handles."""

    def __init__(self, service: Service, database: Database[dict[str, Any]], settings: Settings) -> None:
        self.service, self.database, self.settings = service, database, settings
        topics = subscribed(settings.instance, set(service.handlers))
        self.source = Subscription(database, settings, f"{settings.instance}.{service.name}", topics)
        self.patience, self.in_a_row = PATIENCE_SECONDS, 0
        self._producer: Any = None
        self._applier = ThreadPoolExecutor(1, "applier")
        self._under_way: Future[None] | None = None
        self._applied = False
        self._committed_at = self._looked_at = 0.0
        self._halted = False

    def run(self, stop: threading.Event) -> None:
        """Consumes until told to stop; faults of broker or database are waited out; without handlers there is nothing to do."""
        while self.source.topics and not stop.is_set():
            try:
                if self.halted():
                    stop.wait(1)
                else:
                    self.step(stop)
            except (KafkaError, PyMongoError, OSError, Halted) as fault:
                LOG.warning("consumer waits", service=self.service.name, fault=type(fault).__name__)
                self.close()
                stop.wait(0.5)
        self._finish()

    def _finish(self) -> None:
        """A clean stop commits what was applied, so that the next process need not read it again."""
        try:
            self.settle()
            if self._applied:
                self._commit()
        except (KafkaError, PyMongoError, Halted) as fault:
            LOG.info("offsets not committed", service=self.service.name, fault=type(fault).__name__)
        self.close()

    def step(self, stop: threading.Event) -> int:
        """Polls once and applies what came; gives how many records that were. A large batch is applied while the next one is polled."""
        records = self.source.poll(stop)
        deliveries = [receive(record, self.settings.instance, self.settings.max_event_bytes) for record in records]
        self.settle()
        if len(deliveries) >= SMALL_BATCH:
            self._under_way = self._applier.submit(self.apply, deliveries, stop)
        elif deliveries:
            self.apply(deliveries, stop)
            stop.wait(GATHER_SECONDS)
        self._applied = self._applied or bool(deliveries)
        if self._applied and (not deliveries or time.monotonic() - self._committed_at > COMMIT_SECONDS):
            self.settle()
            self._commit()
        return len(records)

    def settle(self) -> None:
        """Returns when the batch under way is applied; raises its fault."""
        under_way, self._under_way = self._under_way, None
        if under_way is not None:
            under_way.result()

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
        """Inbox entries and effects of all in one transaction; what takes too long for one goes in halves."""
        if not deliveries:
            return
        try:
            self._transact(deliveries)
        except TOO_LONG:
            if len(deliveries) == 1:
                raise
            middle = len(deliveries) // 2
            LOG.info("too many for one transaction", service=self.service.name, events=len(deliveries))
            self._together(deliveries[:middle])
            self._together(deliveries[middle:])

    def _transact(self, deliveries: list[Delivery], claim: inbox.Claim = inbox.claim_new) -> None:
        """Most batches are new, so only a clash makes it look which events are."""

        def work(uow: UnitOfWork) -> None:
            inbox.handle(self.service, uow, deliveries, claim)

        try:
            transact(self.database, self.settings, self.service.name, work, patience=self.patience)
        except inbox.AppliedBefore:
            self._transact(deliveries, inbox.claim)

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
        """Whether too many dead letters in a row stopped this service's consumer, as of a second ago; `consumer resume` lets it go on."""
        if time.monotonic() - self._looked_at > LOOK_SECONDS:
            self._looked_at = time.monotonic()
            self._halted = self.database["topics"].find_one({"_id": "consumer:halted"}) is not None
        return self._halted

    def halt(self, reason: str) -> None:
        """Stops consuming, over restarts too."""
        self.in_a_row, self._halted = 0, True
        self.database["topics"].update_one({"_id": "consumer:halted"}, {"$set": {"reason": reason}}, upsert=True)
        LOG.critical("consumer stopped itself", service=self.service.name, reason=reason)

    def _commit(self) -> None:
        """Commits offsets, some time after the transactions; what is polled again meanwhile, the inbox knows."""
        self._applied, self._committed_at = False, time.monotonic()
        try:
            self.source.commit()
        except (CommitFailedError, RebalanceInProgressError):
            LOG.info("offsets not committed: the group rebalances", service=self.service.name)

    def close(self) -> None:
        """Ends the connections; the next step makes new ones."""
        if self._under_way is not None:
            wait([self._under_way])
        self._under_way, self._applied = None, False
        self.source.close()
        if self._producer is not None:
            close_producer(self._producer)
        self._producer = None
