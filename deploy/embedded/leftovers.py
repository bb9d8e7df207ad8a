"""Processes that a killed supervisor left behind in a home: found by the mark in their environment, ended."""

import os
import signal
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress

import psutil

from embedded.home import Home
from embedded.process import MARK


def of(home: Home) -> Iterator[psutil.Process]:
    """Every living process, this one apart, that a supervisor of this home started."""
    for process in psutil.process_iter():
        try:
            marked = process.environ().get(MARK) == str(home.root)
        except (psutil.Error, OSError):
            continue
        if marked and process.pid != os.getpid():
            yield process


def clear(home: Home, patience: float = 5.0) -> int:
    """Ends all leftovers, politely for `patience` seconds and then not; returns how many there were."""
    found = list(of(home))
    _signal(found, signal.SIGTERM)
    stubborn = still_alive(found, patience)
    _signal(stubborn, signal.SIGKILL)
    still_alive(stubborn, patience)
    return len(found)


def still_alive(processes: Iterable[psutil.Process], patience: float) -> list[psutil.Process]:
    """Those that live after `patience` seconds at most; one that only waits to be reaped by its parent does not."""
    deadline = time.monotonic() + patience
    while (living := [process for process in processes if _lives(process)]) and time.monotonic() < deadline:
        time.sleep(0.02)
    return living


def _lives(process: psutil.Process) -> bool:
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _signal(processes: Iterable[psutil.Process], number: signal.Signals) -> None:
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.send_signal(number)
