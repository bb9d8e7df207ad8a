"""The relay: carries outbox entries to Kafka, oldest first, and marks them published once every replica has them."""

import threading
import time
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import structlog
from kafka.errors import KafkaError, MessageSizeTooLargeError, RecordListTooLargeError, UnknownTopicOrPartitionError
from pymongo.database import Database
from pymongo.errors import PyMongoError
from pymongo.write_concern import WriteConcern

import contracts.people
from chassis import dead_letters, outbox
from chassis.broker import Topics, close_producer, make_producer
from chassis.config import Settings
from chassis.lease import LONG_AGO, Lease
from chassis.transaction import SNAPSHOT
from contracts.topics import events_topic, people_topic

LOG = structlog.get_logger(__name__)
CHECK_SECONDS, SWEEP_SECONDS = 1.0, 5.0
PARTS_UNDER_WAY = 3
HEADERS = [("content-type", b"application/cloudevents+json; charset=utf-8")]
NEWLY_WRITTEN: list[dict[str, Any]] = [
    {"$match": {"operationType": {"$in": ["insert", "replace"]}}},
    {"$project": {"fullDocument.event_id": 1, "fullDocument.at": 1}},
]
UNSENDABLE = (MessageSizeTooLargeError, RecordListTooLargeError)


class Relay:
    """Publishes one service's outbox; several may run, one at a time is active.

    It reads one moment of what a majority of the database has: no event of a command that was rolled back gets out, and no later event
    of an aggregate before an earlier one. Few marks need no majority, since an entry whose mark is lost is published again; until a
    majority has them, `_before` tells what was carried just now.
    """

    def __init__(self, service: str, database: Database[dict[str, Any]], settings: Settings) -> None:
        self.service, self.database, self.settings = service, database, settings
        self.outbox = database[outbox.COLLECTION]
        self._as_of_now = self.outbox.with_options(read_concern=SNAPSHOT)
        self._marks = self.outbox.with_options(write_concern=WriteConcern(1))
        self.lease = Lease(database, "relay")
        self.oldest_at: datetime | None = None
        self._producer: Any = None
        self._topics: Topics | None = None
        self._checked = self._swept = 0.0
        self._known: dict[str, str] = {}
        self._carried: set[str] = set()
        self._before: set[str] = set()
        self._marker = ThreadPoolExecutor(1, "marker")
        people = (people_topic(settings.instance),) if service == contracts.people.PUBLISHER else ()
        self._mine = (events_topic(settings.instance, service), *people)

    def run(self, stop: threading.Event) -> None:
        """Publishes until told to stop; faults of broker or database are waited out."""
        while not stop.is_set():
            try:
                self._work(stop)
            except (KafkaError, PyMongoError, OSError) as fault:
                LOG.warning("relay waits", service=self.service, fault=type(fault).__name__)
                self.close()
                self._look_how_late()
                stop.wait(0.5)
        self.lease.release()
        self.close()

    def _look_how_late(self) -> None:
        """Since when the oldest entry waits, for the readiness page: a relay that cannot work does not come to read it."""
        with suppress(PyMongoError):
            oldest = self.outbox.find_one({"published_at": None}, {"at": 1}, sort=outbox.ORDER)
            self.oldest_at = oldest["at"] if oldest else None

    def _work(self, stop: threading.Event) -> None:
        """Publishes what waits, then sleeps in a change stream until the next entry, half a second at most."""
        self._before, self._carried = set(), set()
        with self.outbox.watch(NEWLY_WRITTEN, max_await_time_ms=500) as changes:
            since = self._sweep()
            while not stop.is_set():
                if not self.lease.hold():
                    stop.wait(CHECK_SECONDS)
                    since = self._sweep()
                    continue
                self._before, self._carried = self._carried, set()
                while self.step(since) and not stop.is_set():
                    self.lease.hold()
                since = self._wake(changes)

    def _wake(self, changes: Any) -> datetime:
        """From which moment on entries wait: that of the next change that was not carried already; now and then, from the first."""
        change = changes.try_next()
        while change is not None and change["fullDocument"]["event_id"] in self._carried:
            change = changes.try_next()
        if time.monotonic() - self._swept > SWEEP_SECONDS:
            return self._sweep()
        moment: datetime = change["fullDocument"]["at"] if change is not None else datetime.now(UTC)
        return moment

    def _sweep(self) -> datetime:
        """Looks at everything: the index holds the traces of what was published in the last minutes, and passing over them takes time."""
        self._swept = time.monotonic()
        return LONG_AGO

    def step(self, since: datetime = LONG_AGO) -> bool:
        """Publishes what waits since a moment, for a second at most; gives whether more may wait. Marks go on meanwhile."""
        self.verify_topics()
        self._producer = self._producer or make_producer(self.settings)
        until, more = time.monotonic() + CHECK_SECONDS, False
        under_way: deque[Future[None]] = deque()
        for part in outbox.waiting(self._as_of_now, since, self._before):
            self.oldest_at = part[0]["at"]
            self._carried.update(entry["event_id"] for entry in part)
            under_way.append(self._marker.submit(self._settle, part, [self._hand_over(entry) for entry in part]))
            if len(under_way) > PARTS_UNDER_WAY:
                under_way.popleft().result()
            if more := time.monotonic() > until:
                break
        for settled in under_way:
            settled.result()
        self.oldest_at = None
        return more

    def _settle(self, entries: list[dict[str, Any]], futures: list[Any]) -> None:
        self._await(entries, futures)
        outbox.mark(self._marks if len(entries) < outbox.PART else self.outbox, entries)

    def _await(self, entries: list[dict[str, Any]], futures: list[Any]) -> None:
        """Returns when every replica has each entry, or its refusal lies in the dead letters; raises the first fault that may pass."""
        for entry, future in zip(entries, futures, strict=True):
            try:
                if future is not None:
                    future.get(15)
            except UNSENDABLE as fault:
                self._refuse(entry, fault)

    def _hand_over(self, entry: dict[str, Any]) -> Any:
        try:
            return self._producer.send(entry["topic"], key=entry["key"].encode(), value=entry["value"], headers=HEADERS)
        except UNSENDABLE as fault:
            self._refuse(entry, fault)

    def _refuse(self, entry: dict[str, Any], fault: Exception) -> None:
        dead_letters.publish_refused(self._producer, self.settings, self.service, entry, fault)

    def verify_topics(self, now: bool = False) -> None:
        """Looks every second whether a topic is still the one it was; if not, all its entries wait to be published again.

        Entries marked between the loss of a log and this look are among them, so none is lost.
        """
        if not now and time.monotonic() - self._checked < CHECK_SECONDS:
            return
        self._topics = self._topics or Topics(self.settings)
        ids = self._topics.ensure()
        if not set(self._mine) <= set(ids):
            raise UnknownTopicOrPartitionError
        self._checked = time.monotonic()
        for topic in self._mine:
            if self._known.get(topic) != ids[topic]:
                self._meet(topic, ids[topic])

    def _meet(self, topic: str, topic_id: str) -> None:
        """Remembers the topic's id; what an earlier topic of this name had waits to be published again."""
        remembered = self.database["topics"].find_one({"_id": f"relay:{topic}"})
        if remembered is None or remembered["topic_id"] != topic_id:
            published = {"topic": topic, "published_at": {"$ne": None}}
            again = self.outbox.update_many(published, {"$set": {"published_at": None}}).modified_count
            self.database["topics"].update_one({"_id": f"relay:{topic}"}, {"$set": {"topic_id": topic_id}}, upsert=True)
            LOG.info("topic is new", topic=topic, to_publish_again=again)
            self._swept = 0.0
            self._before.clear()
        self._known[topic] = topic_id

    @property
    def connected(self) -> bool:
        """Whether the relay has seen its topics."""
        return bool(self._known)

    def close(self) -> None:
        """Ends the connections, after the last mark; the next step makes new ones."""
        self._marker.shutdown()
        self._marker = ThreadPoolExecutor(1, "marker")
        if self._producer is not None:
            close_producer(self._producer)
        if self._topics is not None:
            self._topics.close()
        self._producer = self._topics = None
        self._checked = 0.0
