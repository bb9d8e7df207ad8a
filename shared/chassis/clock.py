"""The clock: runs what is due, each job by one process under a lease, so that deadlines survive restarts and never act twice."""

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from pymongo import ASCENDING, IndexModel, ReturnDocument
from pymongo.database import Database
from pymongo.errors import PyMongoError

from chassis.config import Settings
from chassis.service import Job, Service
from chassis.transaction import transact
from chassis.unit_of_work import UnitOfWork

LOG = structlog.get_logger(__name__)
COLLECTION = "jobs"
LEASE = timedelta(seconds=60)
ATTEMPTS = 12
PAUSE_SECONDS = 0.25


class Overtaken(Exception):
    """The lease ran out and another process has the job, or it was planned anew."""


def indexes() -> list[IndexModel]:
    """The index of the due times."""
    return [IndexModel([("due", ASCENDING), ("leased_until", ASCENDING)])]


class Clock:
    """Runs one service's jobs."""

    def __init__(self, service: Service, database: Database[dict[str, Any]], settings: Settings) -> None:
        self.service, self.database, self.settings = service, database, settings

    def run(self, stop: threading.Event) -> None:
        """Runs what is due until told to stop."""
        while not stop.is_set():
            try:
                if not self.step():
                    stop.wait(PAUSE_SECONDS)
            except PyMongoError as fault:
                LOG.warning("clock waits", service=self.service.name, fault=type(fault).__name__)
                stop.wait(1)

    def step(self) -> bool:
        """Runs one due job; False when none is due."""
        job = self._take()
        if job is None:
            return False
        try:
            self._perform(job, self.service.jobs[job["job"]])
        except Overtaken:
            LOG.info("job overtaken", job=job["job"])
        except PyMongoError:
            raise
        except Exception as fault:
            self._postpone(job, fault)
        return True

    def _take(self) -> dict[str, Any] | None:
        now = datetime.now(UTC)
        free = {"due": {"$lte": now}, "leased_until": {"$not": {"$gt": now}}}
        leased = {"$set": {"leased_until": now + LEASE}, "$inc": {"attempts": 1}}
        return self.database[COLLECTION].find_one_and_update(free, leased, sort=[("due", ASCENDING)], return_document=ReturnDocument.AFTER)

    def _perform(self, job: dict[str, Any], declared: Job) -> None:
        """Effect first, outside any transaction; then command and removal of the job in one."""
        payload = dict(job["payload"])
        if declared.effect is not None:
            reader = UnitOfWork(self.database, self.settings, self.service.name, correlation_id=job["correlation_id"])
            payload["outcome"] = declared.effect(reader, **job["payload"])

        def work(uow: UnitOfWork) -> None:
            mine = {"_id": job["_id"], "leased_until": job["leased_until"]}
            if not uow.database[COLLECTION].delete_one(mine, session=uow.session).deleted_count:
                raise Overtaken
            declared.command(uow, **payload)

        transact(self.database, self.settings, self.service.name, work, correlation_id=job["correlation_id"])

    def _postpone(self, job: dict[str, Any], fault: Exception) -> None:
        """Tries again later, each time later; after the last attempt the job stays, parked, with its reason."""
        wait = timedelta(seconds=min(3_600, 2 ** job["attempts"]))
        parked = job["attempts"] >= ATTEMPTS
        change: dict[str, Any] = {"leased_until": None, "due": datetime.now(UTC) + (timedelta(days=36_500) if parked else wait)}
        change["parked"] = f"{type(fault).__name__}" if parked else None
        mine = {"_id": job["_id"], "leased_until": job["leased_until"]}
        self.database[COLLECTION].update_one(mine, {"$set": change})
        LOG.error("job failed", job=job["job"], attempts=job["attempts"], parked=parked, fault=type(fault).__name__)
