"""A whole instance as a context manager, for tests, benchmarks and demonstrations that start and hurt real processes."""

import os
import signal
import subprocess
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

import psutil

from embedded import launch, leftovers, links, ports, stop
from embedded.environment import SERVICES
from embedded.files import read_json
from embedded.home import Home
from embedded.up import Plan

SUPERVISOR, EVERYTHING = "supervisor", "everything"


class Instance:
    """An instance in the folder `home` on `port` (0: a free one, kept over restarts); it dies with this process.

    `environment` is added to what the supervisor starts with (MONGO_URL, LOG_LEVEL …); `services` are those that get a worker.
    """

    def __init__(
        self, home: str | os.PathLike[str], port: int = 0, host: str = "127.0.0.1", environment: Mapping[str, str] | None = None,
        services: tuple[str, ...] | None = None,
    ) -> None:  # fmt: skip
        self.home = Home.at(home)
        self.given = dict(environment or {})
        self.host, self.port, self.services = host, port, SERVICES if services is None else services
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Instance":
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    def start(self) -> None:
        """Starts all and waits until ready; raises `embedded.problems.Problem`."""
        if not self.port:
            with ports.listen(self.host, 0) as listener:
                self.port = listener.getsockname()[1]
        plan = Plan(home=self.home, host=self.host, port=self.port, workers=self.services, attached=True)
        self._process = launch.start(plan, lambda report: None, {**os.environ, **self.given})

    def stop(self) -> None:
        """Stops all, drained; harmless when nothing runs."""
        stop.stop(self.home)
        if self._process:
            if self._process.stdin:
                self._process.stdin.close()
            self._process.wait(timeout=30)
            self._process = None

    def restart(self) -> None:
        """A drained stop and a start in the same folder at the same address."""
        self.stop()
        self.start()

    @property
    def state(self) -> dict[str, Any]:
        """What the supervisor last wrote: url, environment, processes."""
        return read_json(self.home.state)

    @property
    def environment(self) -> dict[str, str]:
        """What the services run with, for commands of theirs (python -m pairing …)."""
        return dict(self.state["environment"])

    @property
    def url(self) -> str:
        return str(self.state["url"])

    @property
    def mongo_url(self) -> str:
        return self.environment["MONGO_URL"]

    @property
    def bootstrap(self) -> str:
        return self.environment["KAFKA_BOOTSTRAP"]

    def pids(self) -> dict[str, int]:
        """Process id of the supervisor and of each process that runs now."""
        running = {name: process["pid"] for name, process in self.state["processes"].items() if process["pid"]}
        return {SUPERVISOR: self.state["supervisor"], **running}

    def kill(self, name: str, number: signal.Signals = signal.SIGKILL) -> None:
        """Signals a process and its children, or "everything" with the supervisor first; once this returns, the killed are gone."""
        if name == EVERYTHING:
            targets = [psutil.Process(self.pids()[SUPERVISOR]), *leftovers.of(self.home)]
        elif name == SUPERVISOR:
            targets = [psutil.Process(self.pids()[SUPERVISOR])]
        else:
            parent = psutil.Process(self.pids()[name])
            targets = [parent, *parent.children(recursive=True)]
        for process in targets:
            with suppress(psutil.NoSuchProcess):
                process.send_signal(number)
        if number == signal.SIGKILL:
            leftovers.still_alive(targets, patience=5)

    def wait_ready(self, timeout: float = 60.0) -> None:
        """Returns when every process of the state file lives and is ready; raises TimeoutError."""
        deadline = time.monotonic() + timeout
        while not self._all_ready():
            if time.monotonic() > deadline:
                late = {name: each for name, each in self.state.get("processes", {}).items() if not (each["ready"] and _lives(each["pid"]))}
                raise TimeoutError(f"not ready again after {timeout:.0f} s: {late}")
            time.sleep(0.05)

    def _all_ready(self) -> bool:
        processes = self.state.get("processes", {})
        return bool(processes) and all(process["ready"] and _lives(process["pid"]) for process in processes.values())

    def sign_in_link(self) -> str:
        """A fresh one-time link of the administrator."""
        return links.administrator(self.environment)

    def log(self, name: str) -> str:
        """All that a process has written."""
        path: Path = self.home.log(name)
        return path.read_text(errors="replace") if path.exists() else ""


def _lives(pid: int | None) -> bool:
    try:
        return pid is not None and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
