"""One command through the whole web layer against a bare Flask view that does the same MongoDB transaction, each behind gunicorn."""

import http.client
import json
import os
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.measure import Measured, alternating, rates
from support.running import Running

PROGRAMMES = 200
REQUESTS = 1_200
HANDS = 4
ROUNDS = 3


def measure(running: Running) -> list[Measured]:
    """The ratio of the command endpoint to the bare view."""
    ids = [running.programme()[0] for _ in range(PROGRAMMES)]
    headers = {programme_id: running.coordinator(running.staff, programme_id) for programme_id in ids}
    versions = dict.fromkeys(ids, 1)
    with _served("pairing.app:create_app()", running) as ours, _served("benchmarks.bare:create_app()", running) as bare:

        def command(connection: http.client.HTTPConnection, number: int) -> None:
            programme_id = ids[number % PROGRAMMES]
            tagged = headers[programme_id] | {"If-Match": f'"{versions[programme_id]}"', "Content-Type": "application/json"}
            connection.request("PATCH", f"/pairing/api/programmes/{programme_id}", json.dumps({"name": f"Cohort {uuid.uuid4()}"}), tagged)
            _read(connection)
            versions[programme_id] += 1

        def same(connection: http.client.HTTPConnection, number: int) -> None:
            body = json.dumps({"name": f"Cohort {uuid.uuid4()}"})
            connection.request("PATCH", f"/{ids[number % PROGRAMMES]}", body, {"Content-Type": "application/json"})
            _read(connection)

        for programme_id in ids:
            versions[programme_id] = running.database("pairing")["programmes"].find_one({"_id": programme_id})["version"]
        _load(ours, command, PROGRAMMES)
        _load(bare, same, PROGRAMMES)
        ratio, by_us, by_bare = alternating(lambda: _load(ours, command, REQUESTS), lambda: _load(bare, same, REQUESTS), ROUNDS)
    return [Measured("command endpoint / bare view", ratio, 0.7, "×", True, f"{rates('endpoint', by_us)}; {rates('bare', by_bare)}")]


def _read(connection: http.client.HTTPConnection) -> None:
    answer = connection.getresponse()
    text = answer.read()
    assert answer.status == 200, (answer.status, text)


def _load(port: int, act: Callable[[http.client.HTTPConnection, int], None], count: int) -> float:
    """Requests per second of a few hands, each with its own connection and its own programmes."""
    failures: list[BaseException] = []

    def hand(which: int) -> None:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            for number in range(which, count, HANDS):
                act(connection, number)
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=hand, args=(which,)) for which in range(HANDS)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures, failures[0]
    return count / (time.perf_counter() - began)


@contextmanager
def _served(application: str, running: Running) -> Iterator[int]:
    """A gunicorn with the settings of an instance and one worker; gives its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = [
        "--worker-class",
        "gthread",
        "--threads",
        "8",
        "--no-control-socket",
        "--log-level",
        "warning",
        "--bind",
        f"127.0.0.1:{port}",
    ]
    tests = str(Path(__file__).parent.parent)
    environment = os.environ | running.instance.environment | {"PYTHONPATH": tests, "BARE_DATABASE": f"bare_{uuid.uuid4().hex[:8]}"}
    process = subprocess.Popen([sys.executable, "-m", "gunicorn", *options, application], env=environment)
    try:
        _await(port)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _await(port: int) -> Any:
    until = time.monotonic() + 30
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            assert time.monotonic() < until, "gunicorn does not listen"
            time.sleep(0.05)
