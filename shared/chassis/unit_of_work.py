"""One command's view of the database: what it reads is remembered, what it writes is buffered, and both go in one transaction."""

import uuid
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from pymongo import DeleteOne, ReplaceOne, UpdateOne
from pymongo.client_session import ClientSession
from pymongo.database import Database
from pymongo.errors import BulkWriteError, DuplicateKeyError

from chassis import outbox
from chassis.config import Settings
from chassis.documents import from_document, to_document
from chassis.errors import NotFound
from chassis.repository import Collection
from chassis.tracked import Emitted, Loaded, Planned

A = TypeVar("A")
Sort = list[tuple[str, int]] | None
DUPLICATE_KEY = 11000
CHANGED_AT = "changed_at"


class UnitOfWork:
    """Everything one command reads and writes; made anew for every attempt, so that an attempt can be repeated."""

    def __init__(
        self,
        database: Database[dict[str, Any]],
        settings: Settings,
        service: str,
        session: ClientSession | None = None,
        *,
        actor: str | None = None,
        correlation_id: str = "",
        causation_id: str = "",
        now: datetime | None = None,
    ) -> None:
        moment = now or datetime.now(UTC)
        self.database, self.settings, self.service, self.session = database, settings, service, session
        self.actor, self.correlation_id, self.causation_id = actor, correlation_id, causation_id
        self.now = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
        self.event_version = 0
        self._loaded: dict[tuple[str, str], Loaded] = {}
        self._writes: dict[str, list[Any]] = {}
        self._inserts: dict[str, list[dict[str, Any]]] = {}
        self._emitted: list[Emitted] = []

    def new_id(self) -> str:
        """A fresh identifier that nobody can guess."""
        return str(uuid.uuid4())

    # Reading

    def get(self, collection: Collection[A], id: str) -> A:
        """The aggregate with this id, the same object each time; raises NotFound."""
        found = self._remembered(collection, id) or self.find_one(collection, {"_id": id})
        if found is None:
            raise NotFound(collection.kind.__name__.lower())
        return found

    def get_many(self, collection: Collection[A], ids: Iterable[str]) -> dict[str, A]:
        """The aggregates that exist among these ids, by id."""
        wanted = set(ids)
        lacking = [id for id in wanted if self._remembered(collection, id) is None]
        if lacking:
            self.find(collection, {"_id": {"$in": lacking}})
        held = {id: self._remembered(collection, id) for id in wanted}
        return {id: aggregate for id, aggregate in held.items() if aggregate is not None}

    def find(self, collection: Collection[A], filter: Mapping[str, Any], sort: Sort = None, limit: int = 0, skip: int = 0) -> list[A]:
        """The aggregates that match; those read before keep their changes."""
        cursor = self.database[collection.name].find(dict(filter), session=self.session, sort=sort, limit=limit, skip=skip)
        return [self._remember(collection, document) for document in cursor]

    def find_one(self, collection: Collection[A], filter: Mapping[str, Any], sort: Sort = None) -> A | None:
        """The first match or none."""
        found = self.find(collection, filter, sort, limit=1)
        return found[0] if found else None

    def count(self, collection: Collection[Any], filter: Mapping[str, Any]) -> int:
        """How many match."""
        return int(self.database[collection.name].count_documents(dict(filter), session=self.session))

    def aggregate(self, collection: Collection[Any], pipeline: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The documents that a MongoDB aggregation pipeline gives."""
        return list(self.database[collection.name].aggregate(pipeline, session=self.session))

    # Writing

    def add(self, collection: Collection[A], aggregate: A) -> A:
        """Inserts at commit; a unique index that already has it refuses there (DuplicateKeyError, 409)."""
        identified: Any = aggregate
        self._loaded[collection.name, identified.id] = Loaded(collection, aggregate, None, None)
        return aggregate

    def put(self, collection: Collection[Any], aggregate: Any) -> None:
        """Writes a projection at commit; a stored newer `version` stays."""
        document = to_document(aggregate)
        newer = {"$gt": ["$version", document["version"]]}
        keep_newest = [{"$replaceWith": {"$cond": [newer, "$$ROOT", {"$literal": document}]}}]
        self.write(collection.name, UpdateOne({"_id": document["_id"]}, keep_newest, upsert=True))

    def delete(self, collection: Collection[Any], id: str) -> None:
        """Deletes at commit; deleting what is not there is fine."""
        self._loaded.pop((collection.name, id), None)
        self.write(collection.name, DeleteOne({"_id": id}))

    def write(self, collection: str, operation: Any) -> None:
        """Buffers one bulk-write operation; for the chassis's own collections and for projections."""
        self._writes.setdefault(collection, []).append(operation)

    def insert(self, collection: str, document: dict[str, Any]) -> None:
        """Buffers a new document; inserts go after the other writes, as one batch for each collection."""
        self._inserts.setdefault(collection, []).append(document)

    def emit(self, aggregate: Any, *events: Any) -> None:
        """Puts events of this aggregate into the outbox, in the same transaction; none among them are passed over."""
        self._emitted += [Emitted(aggregate, event, self.correlation_id, self.causation_id) for event in events if event is not None]

    def schedule(self, job: str, due: datetime, key: str, **payload: Any) -> None:
        """Has the clock run `job` at `due`; the same key again replaces what was planned."""
        planned = {
            "_id": key,
            "job": job,
            "due": due,
            "asked_at": self.now,
            "payload": payload,
            "attempts": 0,
            "leased_until": None,
            "correlation_id": self.correlation_id,
        }
        self.write("jobs", ReplaceOne({"_id": key}, planned, upsert=True))

    def planned(self, key: str) -> Planned | None:
        """What is planned under this key; None when nothing is, or it is done."""
        job = self.database["jobs"].find_one({"_id": key}, session=self.session)
        return Planned(job.get("asked_at", job["due"]), job["payload"], job.get("parked") is not None) if job else None

    def unschedule(self, key: str) -> None:
        """Takes back what was planned under this key."""
        self.write("jobs", DeleteOne({"_id": key}))

    # Commit

    def flush(self) -> None:
        """Sends all buffered writes and outbox entries to the open transaction; raises DuplicateKeyError where a unique index refuses."""
        emitting = {id(said.aggregate) for said in self._emitted}
        moments = {id(held.aggregate): self._save(held, id(held.aggregate) in emitting) for held in self._loaded.values()}
        for seq, said in enumerate(self._emitted):
            outbox.put(self, said, seq, moments.get(id(said.aggregate), self.now))
        writes, inserts, self._writes, self._inserts, self._emitted = self._writes, self._inserts, {}, {}, []
        for name, operations in writes.items():
            self._send(name, self.database[name].bulk_write, operations)
        for name, documents in inserts.items():
            self._send(name, self.database[name].insert_many, documents)

    def _save(self, held: Loaded, emitting: bool) -> datetime:
        """Buffers the write of an aggregate that changed or says something; its moment of change never goes back."""
        new, now = held.document is None, to_document(held.aggregate)
        if not new and not emitting and now == held.document:
            return held.changed_at or self.now
        moment = self.now if held.changed_at is None else max(self.now, held.changed_at + timedelta(milliseconds=1))
        held.aggregate.version = now["version"] = max(1, now["version"]) if new else now["version"] + 1
        document = {**now, CHANGED_AT: moment}
        if new:
            self.insert(held.collection.name, document)
        else:
            self.write(held.collection.name, ReplaceOne({"_id": document["_id"]}, document))
        held.document, held.changed_at = now, moment
        return moment

    def _send(self, name: str, write: Callable[..., Any], batch: list[Any]) -> None:
        try:
            write(batch, ordered=True, session=self.session)
        except BulkWriteError as failed:
            errors = failed.details.get("writeErrors", [])
            if errors and errors[0].get("code") == DUPLICATE_KEY:
                raise DuplicateKeyError(f"duplicate in {name}", DUPLICATE_KEY) from None
            _leave_out_documents(failed, name)
            raise

    def _remembered(self, collection: Collection[A], id: str) -> A | None:
        held = self._loaded.get((collection.name, id))
        return held.aggregate if held else None

    def _remember(self, collection: Collection[A], document: dict[str, Any]) -> A:
        held = self._remembered(collection, document["_id"])
        if held is not None:
            return held
        aggregate: A = from_document(collection.kind, document)
        self._loaded[collection.name, document["_id"]] = Loaded(collection, aggregate, to_document(aggregate), document.get(CHANGED_AT))
        return aggregate


def _leave_out_documents(failed: BulkWriteError, collection: str) -> None:
    """Takes what was to be written out of an error, whose text goes to logs."""
    faults = failed.details.get("writeErrors", [])
    for fault in faults:
        fault.pop("op", None)
        fault.pop("errInfo", None)
    failed.args = (f"writing to {collection} failed: {[(fault.get('code'), fault.get('errmsg')) for fault in faults]}",)
