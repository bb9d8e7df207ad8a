"""The worker processes of a world, as an instance has them; some are made to die at a chosen point."""

import dataclasses
import os
import signal
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from backends.process import Process
from support.world import World

ROOT = Path(__file__).parents[2]
SOURCES = os.pathsep.join(str(ROOT / folder) for folder in ("services", "shared", "deploy", "tests"))


class Workers:
    """Real processes on the databases of this world, and on the real broker."""

    def __init__(self, world: World, folder: Path, smtp_url: str) -> None:
        settings = dataclasses.asdict(world.settings) | {"smtp_url": smtp_url}
        told = {name.upper(): str(value) for name, value in settings.items()}
        self.world, self.folder, self.environment = world, folder, {**told, "PYTHONPATH": SOURCES}
        self.running: list[Process] = []

    def start(self, *services: str) -> None:
        """Whole workers of these services, as an instance runs them."""
        self.running += [self._run(service, "-m", service, "worker") for service in services]

    def die(self, service: str, point: str, event: str, *parts: str) -> None:
        """A worker, or these parts of one, works until it kills itself at this point (`support.dying_worker`); its leases are over then."""
        dying = self._run(service, "-m", "support.dying_worker", service, point, event, *parts)
        try:
            assert dying.child.wait(60) == -signal.SIGKILL, dying.log_end()
        finally:
            dying.kill()
        database, past = self.world.houses[service].database, datetime.now(UTC) - timedelta(seconds=1)
        database["leases"].delete_many({})
        database["jobs"].update_many({"leased_until": {"$ne": None}}, {"$set": {"leased_until": past}})

    def close(self) -> None:
        """Ends them all, drained."""
        for process in self.running:
            process.child.send_signal(signal.SIGTERM)
        for process in self.running:
            process.stop()

    def _run(self, name: str, *command: str) -> Process:
        return Process([sys.executable, *command], self.folder / f"{name}.log", self.environment)
