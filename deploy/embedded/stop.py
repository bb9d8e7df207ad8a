"""Stops the instance of a home from another process: drained when its supervisor lives, its leftovers otherwise."""

import os
import signal
import time
from contextlib import suppress

from embedded import leftovers
from embedded.home import Home

PATIENCE_SECONDS = 60.0


def stop(home: Home, patience: float = PATIENCE_SECONDS) -> bool:
    """Returns when nothing of the instance runs any more; False when nothing ran before either."""
    supervisor = home.holder()
    if supervisor:
        _end(home, supervisor, patience)
    return bool(leftovers.clear(home)) or supervisor is not None


def _end(home: Home, supervisor: int, patience: float) -> None:
    for number, seconds in ((signal.SIGTERM, patience), (signal.SIGKILL, 5.0)):
        with suppress(ProcessLookupError):
            os.kill(supervisor, number)
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if home.holder() != supervisor:
                return
            time.sleep(0.05)
