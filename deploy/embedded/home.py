"""The folder of one instance: where everything lies, made ready, held by one supervisor at a time."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from embedded.files import read_json, write_whole
from embedded.problems import Problem, about_files

FIRST_START_BYTES = 600 * 1024 * 1024
"""A new database takes 300 MB of journal before its first document."""
LATER_START_BYTES = 100 * 1024 * 1024


@dataclass(frozen=True)
class Home:
    """Paths inside the folder `root` (absolute)."""

    root: Path

    @classmethod
    def at(cls, path: str | os.PathLike[str]) -> "Home":
        """The home in folder `path`, which need not exist yet."""
        return cls(Path(path).expanduser().resolve())

    @property
    def mongo(self) -> Path:
        return self.root / "mongo"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def mail(self) -> Path:
        return self.root / "mail"

    @property
    def keys(self) -> Path:
        return self.root / "keys"

    @property
    def secret(self) -> Path:
        return self.root / "secret"

    @property
    def temporary(self) -> Path:
        return self.root / "tmp"

    @property
    def state(self) -> Path:
        return self.root / "run" / "state.json"

    @property
    def ports(self) -> Path:
        return self.root / "run" / "ports.json"

    def metrics(self, name: str) -> Path:
        """Where processes of one kind count."""
        return self.root / "metrics" / name

    def log(self, name: str) -> Path:
        """The log of one process."""
        return self.logs / f"{name}.log"

    def ready(self, name: str) -> Path:
        """The file that a process touches when it is ready."""
        return self.root / "run" / f"{name}.ready"

    def prepare(self) -> None:
        """Makes the folders; raises `Problem` when the place is not writable or the disk is nearly full."""
        with about_files(self.root):
            for folder in (self.root, self.mongo, self.logs, self.mail, self.keys, self.temporary, self.state.parent):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            probe = self.temporary / "probe"
            write_whole(probe, b"writable")
            probe.unlink()
        self.check_space()

    def check_space(self) -> None:
        """Raises `Problem` when the disk has less room than a start needs."""
        needed = LATER_START_BYTES if (self.mongo / "WiredTiger").exists() else FIRST_START_BYTES
        free = shutil.disk_usage(self.root).free
        if free < needed:
            raise Problem(
                f"The disk that holds {self.root} has {free // 2**20} MB free and {needed // 2**20} MB are needed.",
                "Free some space, or choose a HOME_FOLDER on another disk.",
            )

    @contextmanager
    def held(self) -> Iterator[None]:
        """Holds the folder for this process; raises `Problem` when another process holds it."""
        with about_files(self.root):
            self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = os.open(self.root / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if not _locked(lock):
                raise self._taken()
            os.ftruncate(lock, 0)
            os.write(lock, str(os.getpid()).encode())
            yield
        finally:
            os.close(lock)

    def _taken(self) -> Problem:
        url = read_json(self.state).get("url", "")
        return Problem(
            f"An instance already runs in {self.root}{f' at {url}' if url else ''}.",
            "Stop it with `make down`, or choose another HOME_FOLDER.",
        )

    def holder(self) -> int | None:
        """Process id of the supervisor that holds the folder, or None."""
        try:
            lock = os.open(self.root / "lock", os.O_RDWR)
        except OSError:
            return None
        try:
            return None if _locked(lock) else int(os.read(lock, 32) or b"0") or None
        finally:
            os.close(lock)


def _locked(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
