"""The relay: carries outbox entries to Kafka, oldest first, and marks them published once every replica has them."""

import threading
import time
from collections import deque
from datetime import UTC, datetime
from typing import Any

import structlog
from kafka.errors import KafkaError, MessageSizeTooLargeError, RecordListTooLargeError, UnknownTopicOrPartitionError
from pymongo import UpdateOne
from pymongo.database import Database
from pymongo.errors import PyMongoError

import contracts.people
from chassis import dead_letters, outbox
from chassis.broker import Topics, make_producer
from chassis.config import Settings
from chassis.lease import Lease
from contracts.topics import events_topic, people_topic

LOG = structlog.get_logger(__name__)
CHECK_SECONDS = 1.0
MARKED_TOGETHER = 500
PARTS_UNDER_WAY = 3
BATCH_BYTES = 16 * 1024 * 1024
HEADERS = [("content-type", b"application/cloudevents+json; charset=utf-8")]
UNSENDABLE = (MessageSizeTooLargeError, RecordListTooLargeError)


class Relay:
    """Publishes one service's outbox; several may run, one at a time is active."""

    def __init__(self, service: str, database: Database[dict[str, Any]], settings: Settings) -> None:
        self.service, self.database, self.settings = service, database, settings
        self.outbox = database[outbox.COLLECTION]
        self.lease = Lease(database, "relay")
        self.oldest_at: datetime | None = None
        self._producer: Any = None
        self._topics: Topics | None = None
        self._checked = 0.0
        self._known: dict[str, str] = {}
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
                stop.wait(0.5)
        self.lease.release()
        self.close()

    def _work(self, stop: threading.Event) -> None:
        """Publishes what waits, then sleeps in a change stream until the next entry, a second at most."""
        newly: list[dict[str, Any]] = [{"$match": {"operationType": {"$in": ["insert", "replace"]}}}, {"$project": {"clusterTime": 1}}]
        with self.database.client.start_session() as session, self.outbox.watch(newly, max_await_time_ms=500) as changes:
            while not stop.is_set():
                if not self.lease.hold():
                    stop.wait(CHECK_SECONDS)
                    continue
                while self.step(session) and not stop.is_set():
                    self.lease.hold()
                change = changes.try_next()
                while change is not None and session.operation_time is not None and change["clusterTime"] <= session.operation_time:
                    change = changes.try_next()

    def step(self, session: Any = None) -> int:
        """Publishes one batch; gives how many entries it held. Marking a part goes on while the producer still sends the rest."""
        self.verify_topics()
        entries = self._next(session)
        self.oldest_at = entries[0]["at"] if entries else None
        if not entries:
            return 0
        self._producer = self._producer or make_producer(self.settings)
        under_way: deque[tuple[list[dict[str, Any]], list[Any]]] = deque()
        for start in range(0, len(entries), MARKED_TOGETHER):
            part = entries[start : start + MARKED_TOGETHER]
            under_way.append((part, [self._hand_over(entry) for entry in part]))
            if len(under_way) > PARTS_UNDER_WAY:
                self._settle(*under_way.popleft())
        while under_way:
            self._settle(*under_way.popleft())
        return len(entries)

    def _settle(self, entries: list[dict[str, Any]], futures: list[Any]) -> None:
        self._await(entries, futures)
        self._mark(entries)

    def _next(self, session: Any) -> list[dict[str, Any]]:
        """The oldest entries that wait, as many as a batch and its bytes allow, one at least."""
        found: list[dict[str, Any]] = []
        size = 0
        for entry in self.outbox.find({"published_at": None}, session=session).sort(outbox.ORDER).limit(self.settings.relay_batch):
            size += len(entry["value"] or b"")
            if found and size > BATCH_BYTES:
                break
            found.append(entry)
        return found

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

    def _mark(self, entries: list[dict[str, Any]]) -> None:
        """Marks entries published; a person's entry only if no newer one took its place meanwhile."""
        done = {"$set": {"published_at": datetime.now(UTC)}}
        plain = [entry["_id"] for entry in entries if entry["_id"] == entry["event_id"]]
        if plain:
            self.outbox.update_many({"_id": {"$in": plain}}, done)
        latest = [UpdateOne({"_id": e["_id"], "event_id": e["event_id"]}, done) for e in entries if e["_id"] != e["event_id"]]
        if latest:
            self.outbox.bulk_write(latest, ordered=False)

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
        self._known[topic] = topic_id

    @property
    def connected(self) -> bool:
        """Whether the relay has seen its topics."""
        return bool(self._known)

    def close(self) -> None:
        """Ends the connections; the next step makes new ones."""
        for client in (self._producer, self._topics):
            if client is not None:
                client.close()
        self._producer = self._topics = None
        self._checked = 0.0
