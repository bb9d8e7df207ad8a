"""Declares where an aggregate is stored: collection, class, indexes; repositories add their queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pymongo import ASCENDING, IndexModel
from pymongo.database import Database
from pymongo.errors import CollectionInvalid

from chassis.documents import required

A = TypeVar("A")


class Index:
    """An index over `keys`, each a field or (field, direction); `expire_after` in seconds makes it a time-to-live index."""

    def __init__(
        self, *keys: str | tuple[str, int], unique: bool = False, expire_after: int | None = None, only: dict[str, Any] | None = None
    ) -> None:
        pairs = [(key, ASCENDING) if isinstance(key, str) else key for key in keys]
        options: dict[str, Any] = {"unique": True} if unique else {}
        if expire_after is not None:
            options["expireAfterSeconds"] = expire_after
        if only is not None:
            options["partialFilterExpression"] = only
        self.model = IndexModel(pairs, **options)


@dataclass(frozen=True, eq=False)
class Collection(Generic[A]):
    """One kind of aggregate and where it lives."""

    name: str
    kind: type[A]
    indexes: Iterable[Index] = ()

    def create(self, database: Database) -> None:
        """Creates or updates collection, validator and indexes; safe to repeat."""
        kind: Any = self.kind
        validator = {"$jsonSchema": {"bsonType": "object", "required": required(kind), "properties": {"_id": {"bsonType": "string"}}}}
        create_collection(database, self.name, [index.model for index in self.indexes], validator)


def create_collection(database: Database, name: str, indexes: list[IndexModel], validator: dict[str, Any] | None = None) -> None:
    """A collection with its validator and indexes; what exists stays."""
    try:
        database.create_collection(name, validator=validator or {})
    except CollectionInvalid:
        database.command("collMod", name, validator=validator or {})
    if indexes:
        database[name].create_indexes(indexes)
