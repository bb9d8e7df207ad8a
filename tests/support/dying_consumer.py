"""A consumer process that is killed with SIGKILL after its transaction has committed and before its offset is: run with an environment."""

import os
import signal
import threading

from chassis.config import Settings
from chassis.consumer import Consumer
from chassis.transaction import connect
from support.stage import LISTENER


def main() -> None:
    """Consumes until the first commit of offsets, which never comes to pass."""
    settings = Settings.from_environment()
    database = connect(settings)[settings.database_name(LISTENER.name)]
    consumer = Consumer(LISTENER, database, settings)
    consumer._commit = lambda: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[method-assign]
    while True:
        consumer.step(threading.Event())


if __name__ == "__main__":
    main()
