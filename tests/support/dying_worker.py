"""A worker process that is killed with SIGKILL at a chosen point of its work: python -m support.dying_worker SERVICE POINT EVENT PART …

POINT is `writing` (the event is said or heard, and all that comes of it is in the open transaction), `committed` (that transaction is
committed, and the place in the topic is not) or `published` (the broker has the event, and the outbox does not know).
"""

import importlib
import os
import signal
import sys
from collections.abc import Iterable
from typing import Any

from chassis import inbox, logs, outbox, worker
from chassis.config import Settings
from chassis.consumer import Consumer
from chassis.unit_of_work import UnitOfWork
from contracts.envelope import decode

POINTS = WRITING, COMMITTED, PUBLISHED = ("writing", "committed", "published")


class Death:
    """Waits for one event and dies at one point after it."""

    def __init__(self, point: str, event: str) -> None:
        self.point, self.event, self.met = point, event, False

    def look(self, events: Iterable[Any]) -> None:
        """Remembers whether the event is among these."""
        self.met = self.met or any(self.event == type(each).EVENT_TYPE for each in events)

    def come(self, point: str) -> None:
        """Kills the process, when this is the point and the event was there."""
        if self.met and point == self.point:
            os.kill(os.getpid(), signal.SIGKILL)


def haunt(death: Death) -> None:
    """Has the chassis of this process pass by death at every point."""
    flush, handle, mark, commit = UnitOfWork.flush, inbox.handle, outbox.mark, Consumer._commit

    def flushing(uow: UnitOfWork) -> None:
        death.look(said.event for said in uow._emitted)
        flush(uow)
        death.come(WRITING)

    def handling(service: Any, uow: UnitOfWork, deliveries: list[Any], *more: Any) -> None:
        death.look(delivery.event for delivery in deliveries)
        handle(service, uow, deliveries, *more)

    def committing(consumer: Consumer) -> None:
        death.come(COMMITTED)
        commit(consumer)

    def marking(entries: Any, published: list[dict[str, Any]]) -> None:
        death.look(decode(bytes(entry["value"])).event for entry in published if entry["value"])
        death.come(PUBLISHED)
        mark(entries, published)

    UnitOfWork.flush, inbox.handle, outbox.mark, Consumer._commit = flushing, handling, marking, committing  # type: ignore[method-assign]


def main(service: str, point: str, event: str, *parts: str) -> None:
    """Works until death comes."""
    settings = Settings.from_environment()
    logs.configure(settings.log_level)
    haunt(Death(point, event))
    sys.exit(worker.run(importlib.import_module(f"{service}.app").SERVICE, settings, parts or worker.PARTS))


if __name__ == "__main__":
    main(*sys.argv[1:])
