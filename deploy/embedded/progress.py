"""Shows how the start of an instance goes on: one moving line on a terminal, a line per process elsewhere."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console


@contextmanager
def shown() -> Iterator[Callable[[dict[str, Any]], None]]:
    """Gives the function that hears the reports of the supervisor."""
    console, began, ready = Console(stderr=True), time.monotonic(), []
    with console.status("Starting …") as line:

        def heard(report: dict[str, Any]) -> None:
            if "ready" in report:
                ready.append(report["ready"])
                line.update(f"Ready: {', '.join(ready)} …")
                if not sys.stderr.isatty():
                    print(f"{report['ready']} is ready ({time.monotonic() - began:.1f} s)", file=sys.stderr, flush=True)

        yield heard
