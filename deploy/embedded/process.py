"""One process of the instance: what it runs, and the running thing with its log and its end."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from embedded import tether
from embedded.home import Home

MARK = "FABCONNECT_SUPERVISED"
"""Environment variable of every process under a supervisor; its value is the home. Leftovers are found by it."""


@dataclass(frozen=True, kw_only=True)
class Component:
    """A process to keep running. `ready` is asked again and again and answers at once; `needs` names what must be ready before."""

    name: str
    command: tuple[str, ...]
    ready: Callable[[], bool]
    needs: tuple[str, ...] = ()
    stage: int = 0
    stop_seconds: float = 10.0
    environment: Mapping[str, str] = field(default_factory=dict)
    inherited: tuple[int, ...] = ()
    prepare: Callable[[], None] = lambda: None
    explain: Callable[[str], tuple[str, str] | None] = lambda log: None
    """Sentence and remedy for a death, read from the end of the log; None when the log says nothing known."""


class Child:
    """A started component, leader of its own process group."""

    def __init__(self, component: Component, home: Home) -> None:
        component.prepare()
        environment = {**os.environ, **component.environment, "TMPDIR": str(home.temporary), MARK: str(home.root)}
        command = [sys.executable, "-I", "-S", str(Path(tether.__file__)), str(os.getpid()), *component.command]
        with home.log(component.name).open("ab") as log:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment, cwd=home.root,
                start_new_session=True, pass_fds=component.inherited,
            )  # fmt: skip
        self.pid = self.process.pid

    def gone(self) -> bool:
        """Whether the process has ended; what is left of its group is then killed too."""
        if self.process.poll() is None:
            return False
        self._signal_group(signal.SIGKILL)
        return True

    def ask_to_stop(self) -> None:
        """SIGTERM to the process alone; it drains its own children."""
        self.process.terminate()

    def kill(self) -> None:
        """SIGKILL to the whole group, and wait."""
        self._signal_group(signal.SIGKILL)
        self.process.wait()

    def _signal_group(self, number: int) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, number)
