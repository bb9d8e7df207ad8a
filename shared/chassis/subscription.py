"""A place in a consumer group: polls its topics, notices when one is no longer the topic it was, and knows how far it is behind."""

import secrets
import threading
import time
from typing import Any

import structlog
from pymongo import UpdateOne
from pymongo.database import Database

from chassis.broker import PATIENCE_MS, TopicMadeAnew, Topics, close_consumer, go_on_joining, joining, make_consumer, read_from_start
from chassis.config import Settings

LOG = structlog.get_logger(__name__)
CHECK_SECONDS = 1.0
LONG_POLL_MS = 100
JOINING_MS, SPREAD_MS = 700, 600
"""A poll that ends just as the group lets this consumer in loses its place, so no two polls while joining take the same time."""
QUIET_AFTER_SECONDS = 5.0
QUIET_PAUSE_SECONDS = 0.2


class Subscription:
    """Connects at the first poll, and again after `close`."""

    def __init__(self, database: Database[dict[str, Any]], settings: Settings, group: str, topics: list[str]) -> None:
        self.settings, self.group, self.topics = settings, group, topics
        self.lag = 0
        self._kept = database["topics"]
        self._consumer: Any = None
        self._topics: Topics | None = None
        self._read: dict[Any, str] = {}
        self._reached: dict[Any, int] = {}
        self._checked = 0.0
        self._heard_at = time.monotonic()

    @property
    def joined(self) -> bool:
        """Whether it has its partitions now, or has nothing to read."""
        consumer = self._consumer
        return not self.topics or bool(consumer and consumer.assignment())

    def poll(self, stop: threading.Event) -> list[Any]:
        """The next records, up to a batch; none when none came. Raises KafkaError, of which TopicMadeAnew."""
        if self._consumer is None:
            self._topics = Topics(self.settings)
            self._topics.ensure()
            self._consumer = make_consumer(self.settings, self.group, self.topics)
        go_on_joining(self._consumer)
        polled = self._consumer.poll(timeout_ms=self._patience_ms(stop), max_records=self.settings.consumer_batch)
        self._heard_at = time.monotonic() if polled else self._heard_at
        self._reached |= {place: records[-1].offset + 1 for place, records in polled.items()}
        begun = self._watch_topics(now=not self._consumer.assignment() <= self._read.keys())
        return [record for place, records in polled.items() if place not in begun for record in records]

    def _patience_ms(self, stop: threading.Event) -> int:
        """How long to poll. A broker without long polling is asked less often once nothing has come for a while."""
        if joining(self._consumer):
            return JOINING_MS + secrets.randbelow(SPREAD_MS)
        if time.monotonic() - self._heard_at < QUIET_AFTER_SECONDS or self.settings.kafka_fetch_max_wait_ms >= LONG_POLL_MS:
            return 500
        stop.wait(QUIET_PAUSE_SECONDS)
        return self.settings.kafka_fetch_max_wait_ms

    def _watch_topics(self, now: bool = False) -> dict[Any, str]:
        """Looks every second which topics the assigned partitions are of; gives those that are read from their start now."""
        due = now or time.monotonic() - self._checked > CHECK_SECONDS
        if not due or self._topics is None or joining(self._consumer):
            return {}
        self._checked = time.monotonic()
        ids = self._topics.ensure()
        present = {place: ids[place.topic] for place in self._consumer.assignment() if place.topic in ids}
        unread = self._unread(present)
        if self._begin(unread):
            self._read = present
        self._measure_lag()
        return unread

    def _unread(self, present: dict[Any, str]) -> dict[Any, str]:
        """Partitions whose topic this group has not begun to read: another stood under its name in an earlier connection.

        Raises TopicMadeAnew when it was made anew in this one.
        """
        if any(topic_id != self._read.get(place, topic_id) for place, topic_id in present.items()):
            raise TopicMadeAnew
        unsure = {place: topic_id for place, topic_id in present.items() if place not in self._read}
        begun = {found["_id"]: found["topic_id"] for found in self._kept.find({"_id": {"$in": [_named(place) for place in unsure]}})}
        return {place: topic_id for place, topic_id in unsure.items() if begun.get(_named(place)) != topic_id}

    def _begin(self, places: dict[Any, str]) -> bool:
        """Reads partitions from their start; kept as begun only when the group has that start too, False when it has not.

        In another order a lost place in the group would bring back an offset that was committed for the topic before.
        """
        if not places:
            return True
        LOG.info("partitions are new: reading them from the start", group=self.group, partitions=len(places))
        if not read_from_start(self._consumer, places):
            return False
        begun = [UpdateOne({"_id": _named(place)}, {"$set": {"topic_id": topic_id}}, upsert=True) for place, topic_id in places.items()]
        self._kept.bulk_write(begun, ordered=False)
        self._reached |= dict.fromkeys(places, 0)
        return True

    def _measure_lag(self) -> None:
        """From what was polled: to ask for positions means to wait for partitions that have none yet."""
        ends = {place: self._consumer.highwater(place) for place in self._consumer.assignment() & self._reached.keys()}
        self.lag = sum(max(0, end - self._reached[place]) for place, end in ends.items() if end is not None)

    def commit(self) -> None:
        """Commits the offsets of what was polled; raises kafka's CommitFailedError when the group has moved on."""
        self._consumer.commit(timeout_ms=PATIENCE_MS)

    def close(self) -> None:
        """Ends the connections."""
        if self._consumer is not None:
            close_consumer(self._consumer)
        if self._topics is not None:
            self._topics.close()
        self._consumer = self._topics = None
        self._read, self._reached = {}, {}


def _named(place: Any) -> str:
    return f"consumer:{place.topic}:{place.partition}"
