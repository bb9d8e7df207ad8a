"""The process that looks after an instance: starts all in order, starts again what dies, stops all drained."""

import logging
import os
import select
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

from embedded.files import write_json
from embedded.home import Home
from embedded.logs import shorten
from embedded.process import Component
from embedded.watch import Watch

ASK_SECONDS, IDLE_SECONDS, SHORTEN_SECONDS = 0.05, 1.0, 60.0

log = logging.getLogger("supervisor")
Report = Callable[[dict[str, Any]], None]


class Supervisor:
    """Runs components until it is told to stop; single-threaded, so that children are tied to a thread that lives as long as it does.

    `facts` go into the state file beside the processes; `report` hears of each component that becomes ready for the first time.
    """

    def __init__(self, home: Home, components: Iterable[Component], facts: dict[str, Any], report: Report) -> None:
        self.home, self.facts, self.report = home, facts, report
        self.watches = [Watch(component, home) for component in components]
        self._stop_signals = 0
        self._written: dict[str, Any] = {}
        self._shortened_at = time.monotonic()
        self._waker, self._alarm = socket.socketpair()

    def run(self, on_stop: Callable[[], None], attached: bool) -> None:
        """Until SIGTERM or SIGINT, or with `attached` until standard input closes; raises `Problem` when the first start fails."""
        self._listen_to_signals()
        began = time.monotonic()
        try:
            while not self._stop_signals:
                self._step()
                self._publish()
                if began and self._all_ready(began):
                    began = 0.0
                self._sleep(attached)
        finally:
            on_stop()
            self.stop()

    def _step(self) -> None:
        now = time.monotonic()
        ready = {watch.name for watch in self.watches if watch.ready}
        for watch in self.watches:
            watch.step(now, ready)
        if now - self._shortened_at > SHORTEN_SECONDS:
            self._shortened_at = now
            shorten(self.home.logs)

    def _all_ready(self, began: float) -> bool:
        """Reports what is new since the last time; raises `Problem` when something will not start."""
        now = time.monotonic()
        for watch in self.watches:
            watch.check_start(now)
        if not all(watch.ready for watch in self.watches):
            return False
        log.info("all processes are ready after %.1f s", now - began)
        self.report({"up": self.facts["url"], "seconds": round(now - began, 1)})
        return True

    def _publish(self) -> None:
        """Writes the state file when something changed; a disk that is full for a while does not end the supervisor."""
        processes = {watch.name: watch.snapshot() for watch in self.watches}
        if processes == self._written:
            return
        for name, process in processes.items():
            if process["ready"] and not self._written.get(name, {}).get("ready"):
                self.report({"ready": name})
        self._written = processes
        try:
            write_json(self.home.state, {**self.facts, "supervisor": os.getpid(), "processes": processes})
        except OSError as error:
            log.error("the state cannot be written: %s", error)

    def _listen_to_signals(self) -> None:
        self._waker.setblocking(False)
        self._alarm.setblocking(False)
        signal.set_wakeup_fd(self._alarm.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._told_to_stop)

    def _told_to_stop(self, *_: object) -> None:
        self._stop_signals += 1

    def _sleep(self, attached: bool) -> None:
        settled = all(watch.ready for watch in self.watches)
        watched: list[Any] = [self._waker, sys.stdin] if attached else [self._waker]
        woken, _, _ = select.select(watched, [], [], IDLE_SECONDS if settled else ASK_SECONDS)
        if self._waker in woken:
            self._waker.recv(4096)
        if sys.stdin in woken and not os.read(sys.stdin.fileno(), 1):
            self._stop_signals += 1

    def stop(self) -> None:
        """Stops all, stage by stage from the web down; a second signal cuts the patience short."""
        log.info("stopping")
        for _, stage in groupby(sorted(self.watches, key=lambda watch: -watch.component.stage), key=lambda watch: watch.component.stage):
            self._stop_stage([watch for watch in stage if watch.child])
        log.info("stopped")

    def _stop_stage(self, watches: list[Watch]) -> None:
        children = {watch.name: watch.child for watch in watches if watch.child}
        for child in children.values():
            child.ask_to_stop()
        deadline = time.monotonic() + max((watch.component.stop_seconds for watch in watches), default=0)
        while children and time.monotonic() < deadline and self._stop_signals < 2:
            children = {name: child for name, child in children.items() if not child.gone()}
            time.sleep(0.02)
        for name, child in children.items():
            log.warning("%s did not stop in time and is killed", name)
            child.kill()
