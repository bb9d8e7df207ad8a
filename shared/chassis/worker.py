"""The worker process of a service: relay, consumer and clock, each in its own thread, drained on SIGTERM."""

import gc
import os
import signal
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import structlog
from pymongo.database import Database
from pymongo.errors import PyMongoError

from chassis import migrations
from chassis.clock import Clock
from chassis.config import Settings
from chassis.consumer import Consumer
from chassis.relay import Relay
from chassis.service import Service
from chassis.transaction import connect

LOG = structlog.get_logger(__name__)
PARTS = ("relay", "consumer", "clock")
SLOW = "slow clock"
"""Computes for minutes at a time: a stop does not wait for it longer than for the others, and another worker computes anew."""
BEAT_SECONDS = 2.0
DRAIN_SECONDS = 20.0


class Worker:
    """The parts of one service that run without a request."""

    def __init__(self, service: Service, settings: Settings, only: tuple[str, ...] = PARTS) -> None:
        self.service, self.settings, self.only = service, settings, only
        self.client = connect(settings)
        self.database: Database[dict[str, Any]] = self.client[settings.database_name(service.name)]
        self.stop = threading.Event()
        self.relay = Relay(service.name, self.database, settings)
        self.consumer = Consumer(service, self.database, settings)
        self.clock, self.slow_clock = (Clock(service, self.database, settings, slow=slow) for slow in (False, True))
        self.failed = False

    def start(self) -> list[threading.Thread]:
        """Prepares the database, then starts the parts."""
        migrations.migrate(self.service, self.database, self.settings)
        parts: dict[str, Callable[[threading.Event], None]] = {
            "relay": self.relay.run,
            "consumer": self.consumer.run,
            "clock": self.clock.run,
        }
        wanted = {name: parts[name] for name in self.only}
        if "clock" in self.only and any(job.slow for job in self.service.jobs.values()):
            wanted[SLOW] = self.slow_clock.run
        threads = [threading.Thread(target=self._guarded, args=each, name=each[0], daemon=each[0] == SLOW) for each in wanted.items()]
        for thread in threads:
            thread.start()
        return threads

    def _guarded(self, name: str, run: Callable[[threading.Event], None]) -> None:
        """A part that dies of something unforeseen takes the process with it: the supervisor starts a whole one."""
        try:
            run(self.stop)
        except BaseException:
            LOG.exception("part failed", service=self.service.name, part=name)
            self.failed = True
            self.stop.set()

    def beat(self) -> None:
        """Writes how far this worker is behind, for the readiness page of the web process."""
        oldest = self.relay.oldest_at
        age = (datetime.now(UTC) - oldest).total_seconds() if oldest else 0.0
        state = {"at": datetime.now(UTC), "lag": self.consumer.source.lag, "relay_age_s": max(0.0, age)}
        self.database["heartbeats"].update_one({"_id": "worker"}, {"$set": state}, upsert=True)

    def ready(self) -> bool:
        """Whether every part has reached its source: the consumer its partitions, the relay its topics."""
        consuming = self.consumer.source.joined or "consumer" not in self.only
        return consuming and (self.relay.connected or "relay" not in self.only)


def spare_the_collector() -> None:
    """Batches make and drop many small objects at once; the garbage collector looks less often, and not at what was imported."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def run(service: Service, settings: Settings, only: tuple[str, ...] = PARTS) -> int:
    """Runs the worker until SIGTERM or SIGINT; 0 after a clean stop, 1 when a part failed."""
    worker = Worker(service, settings, only)
    spare_the_collector()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: worker.stop.set())
    threads = worker.start()
    LOG.info("worker started", service=service.name, parts=list(only))
    _announce(worker)
    while not worker.stop.wait(BEAT_SECONDS):
        try:
            worker.beat()
        except PyMongoError as fault:
            LOG.warning("no heartbeat", service=service.name, fault=type(fault).__name__)
    deadline = time.monotonic() + DRAIN_SECONDS
    for thread in threads:
        thread.join(max(0.0, deadline - time.monotonic()))
    worker.client.close()
    LOG.info("worker stopped", service=service.name)
    return 1 if worker.failed else 0


def _announce(worker: Worker) -> None:
    """Touches the file that READY_FILE names, once all parts work."""
    path = os.environ.get("READY_FILE")
    while path and not worker.ready() and not worker.stop.wait(0.05):
        continue
    if path and not worker.stop.is_set():
        Path(path).touch()
