"""`make bench`: measures every promised figure against the bare limit in the same run, prints and keeps them; 1 when a bound is missed."""

import os
import platform
import sys
import tempfile
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import psutil
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parent.parent))

from backends import choice
from benchmarks import arrival, commands, events, in_use, matching
from benchmarks.measure import Measured
from chassis import keys
from chassis.config import Settings
from embedded.run import Instance
from support.running import Running

RESULTS = Path(__file__).parent / "RESULTS.md"


def main() -> int:
    """Runs all benchmarks one after the other."""
    console = Console()
    found: list[Measured] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        console.print("Starting and stopping an instance …")
        found += arrival.measure_runtime(folder / "runtime")
        console.print("Relay and consumer …")
        found += _on_a_back_end(folder / "events", events.measure)
        console.print("Commands and their way to another service …")
        with Instance(folder / "instance", environment={"RATE_LIMITS": "false"}) as instance:
            running = Running(instance)
            found += arrival.measure(running)
            running.close()
        with Instance(folder / "commands", environment={"RATE_LIMITS": "false"}, services=()) as instance:
            running = Running(instance)
            found += commands.measure(running)
            running.close()
    console.print("Matching of very many …")
    found += matching.measure()
    with tempfile.TemporaryDirectory() as name:
        found += _on_a_back_end(Path(name) / "in_use", in_use.measure)
    console.print(_table(found))
    RESULTS.write_text(_document(found), encoding="utf-8")
    return 0 if all(figure.kept for figure in found) else 1


def _on_a_back_end(folder: Path, measure: Callable[[Settings], list[Measured]]) -> list[Measured]:
    folder.mkdir()
    backend = choice.start(folder)
    try:
        (folder / "secret").write_text("0" * 64)
        keys.make(folder)
        settings = Settings(
            instance=f"bench{uuid.uuid4().hex[:6]}",
            mongo_url=backend.mongo_url,
            kafka_bootstrap=backend.bootstrap,
            keys_dir=folder,
            secret_file=folder / "secret",
            kafka_partitions=1,
            kafka_fetch_max_wait_ms=40,
            kafka_session_timeout_ms=6_000,
            kafka_heartbeat_ms=1_000,
        )
        return measure(settings)
    finally:
        backend.close()


def _table(found: list[Measured]) -> Table:
    table = Table("what", "figure", "bound", "", "detail")
    for figure in found:
        table.add_row(*figure.row())
    return table


def _document(found: list[Measured]) -> str:
    memory = psutil.virtual_memory().total / 1024**3
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    lines = [
        "# Results of `make bench`",
        "",
        f"Measured {datetime.now(UTC):%Y-%m-%d %H:%M} UTC on {platform.system()} {platform.machine()},",
        f"{os.cpu_count()} cores, {memory:.0f} GiB memory, Python {platform.python_version()}, embedded back end;",
        f"load average at the end {load}.",
        "",
        "Every ratio compares with the bare limit in the same run, in alternating rounds (median). The bare producer looks at every",
        "future; the bare consumer is kafka-python's own loop that parses the JSON of each message and commits every thousand;",
        "the bare view does the same MongoDB transaction as the command; the bare assignment is scipy's linear_sum_assignment on the",
        "finished matrix with a column for each place, while ours includes scoring and rules (both in processor time).",
        "Absolute rates depend on the machine and on what else it does.",
        "",
        "| what | figure | bound | | detail |",
        "|---|---|---|---|---|",
        *(f"| {' | '.join(figure.row())} |" for figure in found),
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
