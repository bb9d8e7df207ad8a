"""One component kept running: started when its needs are ready, started again with growing pauses when it dies."""

import logging
from dataclasses import dataclass

from embedded.home import Home
from embedded.logs import lines_since, size
from embedded.problems import Problem
from embedded.process import Child, Component

FIRST_PAUSE, LONGEST_PAUSE, HEALTHY_SECONDS = 0.2, 10.0, 30.0
DEATHS_AT_START, START_SECONDS = 4, 60.0
TAIL_LINES, LONGEST_LINE = 8, 300

log = logging.getLogger("supervisor")


@dataclass
class Watch:
    """A component, its running child if there is one, and how often it died; times are of the monotonic clock."""

    component: Component
    home: Home
    child: Child | None = None
    ready: bool = False
    restarts: int = 0
    deaths_in_a_row: int = 0
    next_start: float = 0.0
    started_at: float = 0.0
    exit_code: int | None = None
    log_began: int = 0

    def __post_init__(self) -> None:
        self.log_began = size(self.home.log(self.name))

    @property
    def name(self) -> str:
        return self.component.name

    def step(self, now: float, ready: set[str]) -> None:
        """Notices a death, starts what may start, asks what is starting whether it is ready."""
        if self.child and self.child.gone():
            self._died(now)
        if self.child is None:
            if now >= self.next_start and ready.issuperset(self.component.needs):
                self._start(now)
        elif not self.ready:
            self.ready = self.component.ready()
        elif now - self.started_at > HEALTHY_SECONDS:
            self.deaths_in_a_row = 0

    def _start(self, now: float) -> None:
        try:
            self.child = Child(self.component, self.home)
        except OSError as error:
            log.error("%s cannot be started: %s", self.name, error)
            self._pause(now)
            return
        self.started_at = now

    def _died(self, now: float) -> None:
        self.exit_code = self.child.process.returncode if self.child else None
        self.child, self.ready = None, False
        self.restarts += 1
        if now - self.started_at > HEALTHY_SECONDS:
            self.deaths_in_a_row = 0
        self._pause(now)
        log.warning("%s ended with code %s; it starts again in %.1f s", self.name, self.exit_code, self.next_start - now)

    def _pause(self, now: float) -> None:
        self.next_start = now + min(FIRST_PAUSE * 2**self.deaths_in_a_row, LONGEST_PAUSE)
        self.deaths_in_a_row += 1

    def check_start(self, now: float) -> None:
        """Raises `Problem` when the component, not ready yet since the instance was started, has died or taken too long."""
        if self.ready or (self.deaths_in_a_row < DEATHS_AT_START and not self._overdue(now)):
            return
        self.home.check_space()
        lines = [line[:LONGEST_LINE] for line in lines_since(self.home.log(self.name), self.log_began)]
        known = self.component.explain("\n".join(lines))
        if known:
            raise Problem(*known, detail=lines[-TAIL_LINES:])
        what = f"keeps ending (exit code {self.exit_code})" if self.deaths_in_a_row >= DEATHS_AT_START else "does not become ready"
        raise Problem(f"The process `{self.name}` {what}.", f"Read {self.home.log(self.name)}.", detail=lines[-TAIL_LINES:])

    def _overdue(self, now: float) -> bool:
        return self.child is not None and now - self.started_at > START_SECONDS

    def snapshot(self) -> dict[str, object]:
        """What `status` shows."""
        return {"pid": self.child.pid if self.child else None, "ready": self.ready, "restarts": self.restarts}
