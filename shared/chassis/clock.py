"""The clock: runs what is due, each job by one process under a lease, so that deadlines survive restarts and never act twice."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import partial
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


class NeverEnded(Exception):
    """Every process that tried the job was gone before its end, as if it took more memory than there is."""


def indexes() -> list[IndexModel]:
    """The index of the due times."""
    return [IndexModel([("due", ASCENDING), ("leased_until", ASCENDING)])]


class Clock:
    """Runs one service's jobs: the quick ones, or the slow ones, so that a long computation keeps no letter waiting."""

    def __init__(self, service: Service, database: Database[dict[str, Any]], settings: Settings, *, slow: bool = False) -> None:
        self.service, self.database, self.settings = service, database, settings
        self.mine = {"$in" if slow else "$nin": sorted(name for name, job in service.jobs.items() if job.slow)}

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
            if job["attempts"] > ATTEMPTS:
                raise NeverEnded
            self._perform(job, self.service.jobs[job["job"]])
        except Overtaken:
            LOG.info("job overtaken", job=job["job"])
        except PyMongoError:
            self._uncount(job)
            raise
        except Exception as fault:
            self._postpone(job, fault)
        return True

    def _take(self) -> dict[str, Any] | None:
        now = datetime.now(UTC)
        free = {"due": {"$lte": now}, "leased_until": {"$not": {"$gt": now}}, "job": self.mine}
        leased = {"$set": {"leased_until": now + LEASE}, "$inc": {"attempts": 1}}
        return self.database[COLLECTION].find_one_and_update(free, leased, sort=[("due", ASCENDING)], return_document=ReturnDocument.AFTER)

    def _perform(self, job: dict[str, Any], declared: Job) -> None:
        """Effect first, outside any transaction; what it leaves to be written in parts; then command and removal of the job in one."""
        payload, context = dict(job["payload"]), {"correlation_id": job["correlation_id"]}
        if declared.effect is not None:
            with self._leased(job, renewed=declared.slow) as lease:
                reader = UnitOfWork(self.database, self.settings, self.service.name, **context)
                payload["outcome"] = outcome = declared.effect(reader, **job["payload"])
                for part in declared.parts(outcome) if declared.parts else ():
                    with lease:
                        transact(self.database, self.settings, self.service.name, partial(_write_part, job, part), **context)

        def work(uow: UnitOfWork) -> None:
            if not uow.database[COLLECTION].delete_one(_mine(job), session=uow.session).deleted_count:
                raise Overtaken
            declared.command(uow, **payload)

        transact(self.database, self.settings, self.service.name, work, **context)

    @contextmanager
    def _leased(self, job: dict[str, Any], *, renewed: bool) -> Iterator[threading.Lock]:
        """Renews the lease of a slow job for as long as this takes, but while the lock is held; who loses it all the same finds out."""
        done, lease = threading.Event(), threading.Lock()
        renewing = threading.Thread(target=self._renew, args=(job, done, lease), name="lease", daemon=True)
        if renewed:
            renewing.start()
        try:
            yield lease
        finally:
            done.set()
            if renewed:
                renewing.join()

    def _renew(self, job: dict[str, Any], done: threading.Event, lease: threading.Lock) -> None:
        while not done.wait(LEASE.total_seconds() / 3):
            with lease:
                longer = {"$set": {"leased_until": datetime.now(UTC) + LEASE}}
                try:
                    held = self.database[COLLECTION].find_one_and_update(_mine(job), longer, return_document=ReturnDocument.AFTER)
                except PyMongoError:
                    continue
                if held is None:
                    return
                job["leased_until"] = held["leased_until"]

    def _uncount(self, job: dict[str, Any]) -> None:
        """A fault of the database is no attempt of the job, which comes again when its lease is over, as long as that lasts."""
        with suppress(PyMongoError):
            self.database[COLLECTION].update_one(_mine(job), {"$inc": {"attempts": -1}})

    def _postpone(self, job: dict[str, Any], fault: Exception) -> None:
        """Tries again later, each time later; after the last attempt the job stays, parked, with its reason."""
        wait = timedelta(seconds=min(3_600, 2 ** job["attempts"]))
        parked = job["attempts"] >= ATTEMPTS
        change: dict[str, Any] = {"leased_until": None, "due": datetime.now(UTC) + (timedelta(days=36_500) if parked else wait)}
        change["parked"] = f"{type(fault).__name__}" if parked else None
        self.database[COLLECTION].update_one(_mine(job), {"$set": change})
        LOG.error("job failed", job=job["job"], attempts=job["attempts"], parked=parked, fault=type(fault).__name__)


def _mine(job: dict[str, Any]) -> dict[str, Any]:
    """The job as this process leased it; nothing matches any more once another one has it, or it was planned anew."""
    return {"_id": job["_id"], "leased_until": job["leased_until"]}


def _write_part(job: dict[str, Any], part: Callable[[UnitOfWork], None], uow: UnitOfWork) -> None:
    """One part of what an effect left, in one transaction with a mark at the job: who finished it meanwhile is not overwritten."""
    if not uow.database[COLLECTION].update_one(_mine(job), {"$inc": {"parts": 1}}, session=uow.session).matched_count:
        raise Overtaken
    part(uow)
