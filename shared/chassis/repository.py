"""Declares where an aggregate is stored: collection, class, indexes; repositories add their queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

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

    def layout(self) -> "Layout":
        """How the database is to hold it."""
        kind: Any = self.kind
        validator = {"$jsonSchema": {"bsonType": "object", "required": required(kind), "properties": {"_id": {"bsonType": "string"}}}}
        return Layout(self.name, [index.model for index in self.indexes], validator)


class Layout(NamedTuple):
    """A collection with its indexes and the form of its documents."""

    name: str
    indexes: list[IndexModel]
    validator: dict[str, Any]

    def described(self) -> str:
        """The same text for the same layout."""
        return repr((self.name, [index.document for index in self.indexes], self.validator))

    def create(self, database: Database[dict[str, Any]]) -> None:
        """A collection with its validator and exactly these indexes; its documents stay."""
        try:
            database.create_collection(self.name, validator=self.validator)
        except CollectionInvalid:
            database.command("collMod", self.name, validator=self.validator)
        declared = {"_id_", *(database[self.name].create_indexes(self.indexes) if self.indexes else ())}
        for stale in database[self.name].index_information().keys() - declared:
            database[self.name].drop_index(stale)
