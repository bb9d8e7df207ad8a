"""The processes of an instance as a table: what runs, since when, how often it was started again, how much memory it takes."""

import time
from typing import Any

import psutil
from rich.table import Table

from embedded.files import read_json
from embedded.home import Home


def table(home: Home) -> Table:
    """One row per process of the running instance, supervisor first."""
    state = read_json(home.state)
    shown = Table(title=str(state.get("url", "")), title_justify="left")
    for heading in ("process", "state", "pid", "up for", "restarts", "memory"):
        shown.add_column(heading, justify="left" if heading in ("process", "state") else "right")
    processes = {"supervisor": {"pid": home.holder(), "ready": True, "restarts": 0}, **state.get("processes", {})}
    for name, process in processes.items():
        shown.add_row(name, *_cells(process, with_children=name != "supervisor"))
    return shown


def _cells(process: dict[str, Any], with_children: bool) -> tuple[str, ...]:
    restarts = str(process["restarts"])
    try:
        running = psutil.Process(process["pid"]) if process["pid"] else None
        if running is None:
            return ("waits to start again", "", "", restarts, "")
        family = [running, *running.children(recursive=True)] if with_children else [running]
        memory = sum(member.memory_info().rss for member in family)
        since = time.time() - running.create_time()
    except psutil.Error:
        return ("just ended", "", "", restarts, "")
    return ("ready" if process["ready"] else "starting", str(running.pid), duration(since), restarts, f"{memory / 2**20:.0f} MB")


def duration(seconds: float) -> str:
    """Such as 3 d 4 h, 2 h 5 min, 1 min 7 s."""
    rest = int(seconds)
    parts: list[str] = []
    for unit, length in (("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1)):
        count, rest = divmod(rest, length)
        if count or (unit == "s" and not parts):
            parts.append(f"{count} {unit}")
    return " ".join(parts[:2])
