"""Runs work in one MongoDB transaction and repeats it whole on transient faults, for a bounded time."""

from collections.abc import Callable
from typing import Any, TypeVar

import pymongo
from pymongo import MongoClient
from pymongo.database import Database
from pymongo.errors import ConnectionFailure, ExecutionTimeout, NetworkTimeout, PyMongoError, WTimeoutError
from pymongo.read_concern import ReadConcern
from pymongo.write_concern import WriteConcern

from chassis.config import Settings
from chassis.unit_of_work import UnitOfWork

T = TypeVar("T")
MAJORITY = WriteConcern("majority")
SNAPSHOT = ReadConcern("snapshot")
PATIENCE_SECONDS = 10.0
TRANSIENT = (ConnectionFailure, ExecutionTimeout, WTimeoutError)
TOO_LONG = (ExecutionTimeout, NetworkTimeout)


def connect(settings: Settings) -> MongoClient[dict[str, Any]]:
    """A client for this process; make it after a fork, never before."""
    return MongoClient(
        settings.mongo_url,
        tz_aware=True,
        serverSelectionTimeoutMS=settings.mongo_timeout_ms,
        connectTimeoutMS=settings.mongo_timeout_ms,
        retryWrites=True,
        w="majority",
        appname="fabconnect",
    )


def transact(
    database: Database[dict[str, Any]],
    settings: Settings,
    service: str,
    work: Callable[[UnitOfWork], T],
    *,
    patience: float = PATIENCE_SECONDS,
    **context: Any,
) -> T:
    """What `work` returns, after its writes and events were committed together.

    `work` may run several times and must do no I/O but through the unit of work. `context` goes to UnitOfWork (actor, correlation_id,
    causation_id, now). Raises what `work` raises, with nothing written; PyMongoError when the database does not recover within
    `patience` seconds.
    """

    def attempt(session: Any) -> T:
        uow = UnitOfWork(database, settings, service, session, **context)
        result = work(uow)
        uow.flush()
        return result

    with pymongo.timeout(patience), database.client.start_session() as session:
        return session.with_transaction(attempt, read_concern=SNAPSHOT, write_concern=MAJORITY)


def is_transient(fault: BaseException) -> bool:
    """Whether waiting and trying again can help: the database is away, or another process was faster."""
    if not isinstance(fault, PyMongoError):
        return False
    return isinstance(fault, TRANSIENT) or fault.timeout or fault.has_error_label("TransientTransactionError")
