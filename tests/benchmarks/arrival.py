"""From an answered command to its effect in another service, at a hundred commands a second; and what a whole instance needs."""

import http.client
import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import psutil

from benchmarks.measure import Measured
from embedded.run import Instance
from support.running import Running, eventually

PER_SECOND = 100
SECONDS = 20
HANDS = 16
PROGRAMMES = 200
OWN = ("supervisor", "mail", "pairing", "sessions", "feedback", "notifications", "web")


def measure(running: Running) -> list[Measured]:
    """Percentiles of the way from HTTP 2xx to the document that another service wrote: each command renames one of many programmes."""
    ids = [running.programme()[0] for _ in range(PROGRAMMES)]
    headers = {programme_id: running.coordinator(running.staff, programme_id) for programme_id in ids}
    made = running.database("pairing")["programmes"].find({"_id": {"$in": ids}})
    versions = {programme["_id"]: programme["version"] for programme in made}
    eventually(lambda: running.database("sessions")["programmes"].count_documents({"_id": {"$in": ids}}) == PROGRAMMES, 30)
    seen: dict[str, float] = {}
    stop, watching = threading.Event(), threading.Event()

    def watch() -> None:
        with running.database("sessions")["programmes"].watch([{"$project": {"updateDescription": 1}}], max_await_time_ms=200) as changes:
            watching.set()
            while not stop.is_set():
                change = changes.try_next()
                if change is not None:
                    seen.setdefault(change["updateDescription"]["updatedFields"]["name"], time.perf_counter())

    def command(number: int) -> tuple[str, float]:
        time.sleep(max(0.0, began + number / PER_SECOND - time.perf_counter()))
        programme_id, name = ids[number % PROGRAMMES], f"Cohort {number}"
        version = versions[programme_id] + number // PROGRAMMES
        tagged = headers[programme_id] | {"If-Match": f'"{version}"', "Content-Type": "application/json"}
        connection = connections.get()
        connection.request("PATCH", f"/pairing/api/programmes/{programme_id}", json.dumps({"name": name}), tagged)
        answer = connection.getresponse()
        text = answer.read()
        at = time.perf_counter()
        connections.put(connection)
        assert answer.status == 200, text
        return name, at

    connections: SimpleQueue[http.client.HTTPConnection] = SimpleQueue()
    for _ in range(HANDS):
        connections.put(http.client.HTTPConnection(running.http.base_url.host, running.http.base_url.port, timeout=30))
    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    watching.wait(10)
    began = time.perf_counter()
    with ThreadPoolExecutor(HANDS) as hands:
        answered = list(hands.map(command, range(PER_SECOND * SECONDS)))
    spent = time.perf_counter() - began
    eventually(lambda: all(name in seen for name, _ in answered), 30)
    stop.set()
    watcher.join()
    waits = sorted(max(0.0, seen[name] - at) * 1_000 for name, at in answered)
    detail = f"{len(waits)} commands at {len(waits) / spent:.0f}/s; worst {waits[-1]:.0f} ms"
    return [
        Measured("answer to effect elsewhere, p50", waits[len(waits) // 2], 30, "ms", False, detail),
        Measured("answer to effect elsewhere, p99", waits[int(len(waits) * 0.99)], 150, "ms", False, detail),
    ]


def measure_runtime(folder: Path) -> list[Measured]:
    """Time from start to ready, on a new folder and again; memory of the own Python processes at rest."""
    instance = Instance(folder)
    times = [_timed(instance.start)]
    time.sleep(8)
    memory = sum(_memory(instance.pids()[name], with_children=name == "web") for name in OWN)
    instance.stop()
    times.append(_timed(instance.start))
    instance.stop()
    spent = " and ".join(f"{value:.1f}" for value in times)
    return [
        Measured("ready after up", max(times), 12, "s", False, f"new folder and second start: {spent} s"),
        Measured(
            "own Python processes, idle",
            memory,
            600,
            "MB",
            False,
            "resident memory of supervisor, mail, four workers, web master and worker",
        ),
    ]


def _timed(act: Any) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _memory(pid: int, with_children: bool) -> float:
    process = psutil.Process(pid)
    children = process.children(recursive=True) if with_children else []
    return sum(each.memory_info().rss for each in (process, *children)) / 1024**2
