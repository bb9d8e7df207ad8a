"""A place in a consumer group: polls its topics, notices when one is no longer the topic it was, and knows how far it is behind."""

import threading
import time
from typing import Any

import structlog
from pymongo.database import Database

from chassis.broker import Topics, make_consumer
from chassis.config import Settings

LOG = structlog.get_logger(__name__)
CHECK_SECONDS = 1.0
LONG_POLL_MS = 100
QUIET_AFTER_SECONDS = 5.0
QUIET_PAUSE_SECONDS = 0.2


class Subscription:
    """Connects at the first poll, and again after `close`."""

    def __init__(self, database: Database[dict[str, Any]], settings: Settings, group: str, topics: list[str]) -> None:
        self.settings, self.group, self.topics = settings, group, topics
        self.lag, self.joined = 0, not topics
        self._known_topics = database["topics"]
        self._consumer: Any = None
        self._topics: Topics | None = None
        self._known: dict[str, str] = {}
        self._new: set[str] = set()
        self._checked = 0.0
        self._heard_at = time.monotonic()

    def poll(self, stop: threading.Event) -> list[Any]:
        """The next records, up to a batch; none when half a second brought none."""
        if self._consumer is None:
            self._topics = Topics(self.settings)
            self._meet(self._topics.ensure())
            self._consumer = make_consumer(self.settings, self.group, self.topics)
        self._watch_topics()
        polled = self._consumer.poll(timeout_ms=self._patience_ms(stop), max_records=self.settings.consumer_batch)
        self.joined = self.joined or bool(self._consumer.assignment())
        self._heard_at = time.monotonic() if polled else self._heard_at
        return [record for of_partition in polled.values() for record in of_partition]

    def _patience_ms(self, stop: threading.Event) -> int:
        """How long to poll. A broker without long polling is asked less often once nothing has come for a while."""
        quiet = self._consumer.assignment() and time.monotonic() - self._heard_at > QUIET_AFTER_SECONDS
        if not quiet or self.settings.kafka_fetch_max_wait_ms >= LONG_POLL_MS:
            return 500
        stop.wait(QUIET_PAUSE_SECONDS)
        return self.settings.kafka_fetch_max_wait_ms

    def _watch_topics(self) -> None:
        """Looks every second whether a topic is another than before; as soon as its partitions are assigned, reads it from the start."""
        if time.monotonic() - self._checked < CHECK_SECONDS or self._topics is None or not self._consumer.assignment():
            return
        self._checked = time.monotonic()
        self._meet(self._topics.ensure())
        self._measure_lag()
        mine = [place for place in self._consumer.assignment() if place.topic in self._new]
        if mine:
            self._consumer.seek_to_beginning(*mine)
            self._remember(self._new)
            self._new = set()

    def _meet(self, ids: dict[str, str]) -> None:
        """Compares topic ids with those this service has met, in this process or an earlier one."""
        for topic in self.topics:
            if topic not in ids or ids[topic] == self._known.get(topic):
                continue
            found = self._known_topics.find_one({"_id": f"consumer:{topic}"})
            self._known[topic] = ids[topic]
            if found is None:
                self._remember({topic})
            elif found["topic_id"] != ids[topic]:
                LOG.warning("topic is new: reading it from the start", group=self.group, topic=topic)
                self._new.add(topic)

    def _remember(self, topics: set[str]) -> None:
        for topic in topics:
            met = {"$set": {"topic_id": self._known[topic]}}
            self._known_topics.update_one({"_id": f"consumer:{topic}"}, met, upsert=True)

    def _measure_lag(self) -> None:
        ends = self._consumer.end_offsets(list(self._consumer.assignment()))
        self.lag = sum(max(0, end - (self._consumer.position(place) or 0)) for place, end in ends.items())

    def commit(self) -> None:
        """Commits the offsets of what was polled; raises kafka's CommitFailedError when the group has moved on."""
        self._consumer.commit()

    def close(self) -> None:
        """Ends the connections."""
        for client in (self._consumer, self._topics):
            if client is not None:
                client.close()
        self._consumer = self._topics = None
