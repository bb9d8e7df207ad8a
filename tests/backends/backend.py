"""What a test sees of the database and the broker, whichever kind they are."""

from typing import Protocol

import pytest


class Database(Protocol):
    """A MongoDB replica set that can be broken and mended."""

    url: str

    @property
    def running(self) -> bool: ...
    def start(self) -> None: ...
    def kill(self) -> None: ...
    def step_down(self) -> None: ...
    def close(self) -> None: ...


class Broker(Protocol):
    """A broker that can be broken and mended."""

    bootstrap: str
    keeps_log: bool

    @property
    def running(self) -> bool: ...
    def start(self) -> None: ...
    def stop(self) -> None: ...
    def forget(self) -> None: ...
    def close(self) -> None: ...


class Backend:
    """A running database and broker; every start returns when they answer, on the same addresses as before."""

    def __init__(self, name: str, database: Database, broker: Broker) -> None:
        self.name, self.database, self.broker = name, database, broker
        self.mongo_url, self.bootstrap, self.keeps_log = database.url, broker.bootstrap, broker.keeps_log

    def mend(self) -> None:
        """Starts whatever does not run, and waits for a primary."""
        self.database.start()
        self.broker.start()

    def stop_broker(self) -> None:
        """Ends the broker at once."""
        self.broker.stop()

    def start_broker(self) -> None:
        """Starts the broker again."""
        self.broker.start()

    def restart_broker(self, lose_log: bool) -> None:
        """Ends the broker and starts it, with its log or without; skips the test when this broker cannot keep a log."""
        if not lose_log and not self.keeps_log:
            pytest.skip(f"the {self.name} broker always loses its log when it stops")
        self.broker.stop()
        if lose_log:
            self.broker.forget()
        self.broker.start()

    def kill_mongod(self) -> None:
        """Ends mongod with SIGKILL."""
        self.database.kill()

    def start_mongod(self) -> None:
        """Starts mongod on the data it left and waits for a primary."""
        self.database.start()

    def step_down(self) -> None:
        """The primary stands down and is elected again within seconds."""
        self.database.step_down()

    def close(self) -> None:
        """Ends both for good."""
        self.broker.close()
        self.database.close()
