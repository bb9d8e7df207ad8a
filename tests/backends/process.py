"""Starts a server process of a test back end, waits until it answers, and ends it for certain."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

START_SECONDS = 60.0


class Unavailable(Exception):
    """This back end cannot run on this machine; the message says what is missing."""


def free_port() -> int:
    """A TCP port of 127.0.0.1 that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(ready: Callable[[], bool], what: str, seconds: float = START_SECONDS, process: "Process | None" = None) -> None:
    """Returns when `ready()` is true; TimeoutError after `seconds`, RuntimeError with the log's end when `process` died before."""
    deadline = time.monotonic() + seconds
    while not ready():
        if process and not process.alive:
            raise RuntimeError(f"{what} ended while starting:\n{process.log_end()}")
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what} did not answer within {seconds:.0f} s" + (f":\n{process.log_end()}" if process else ""))
        time.sleep(0.05)


class Process:
    """One child process that dies with the test run, its output in a file."""

    def __init__(self, command: list[str], log: Path, environment: dict[str, str] | None = None) -> None:
        dies_with_parent = ["setpriv", "--pdeathsig", "KILL"] if shutil.which("setpriv") else []
        self.log = log
        with log.open("ab") as output:
            streams = {"stdin": subprocess.DEVNULL, "stdout": output, "stderr": subprocess.STDOUT}
            self.child = subprocess.Popen([*dies_with_parent, *command], env={**os.environ, **(environment or {})}, **streams)

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self.child.poll() is None

    def kill(self) -> None:
        """Ends it with SIGKILL, as a crash would."""
        self.child.kill()
        self.child.wait()

    def stop(self, seconds: float = 20.0) -> None:
        """Asks with SIGTERM, then ends it."""
        self.child.send_signal(signal.SIGTERM)
        try:
            self.child.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()

    def log_end(self, size: int = 2000) -> str:
        """The last characters that it printed."""
        return self.log.read_text(errors="replace")[-size:]
