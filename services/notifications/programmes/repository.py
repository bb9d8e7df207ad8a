"""Where the copies of programmes are kept."""

from collections.abc import Iterable

from chassis.repository import Collection
from chassis.unit_of_work import UnitOfWork
from notifications.programmes.model import Programme

PROGRAMMES = Collection("programmes", Programme)


def page(uow: UnitOfWork, ids: Iterable[str] | None, after: str | None, limit: int) -> list[Programme]:
    """Up to `limit` + 1 programmes after a cursor, by id; `ids` limits them to these, None means all."""
    wanted: dict[str, object] = {} if after is None else {"$gt": after}
    if ids is not None:
        wanted["$in"] = sorted(ids)
    return uow.find(PROGRAMMES, {"_id": wanted} if wanted else {}, sort=[("_id", 1)], limit=limit + 1)


def newest_first(uow: UnitOfWork, ids: Iterable[str] | None) -> list[Programme]:
    """The programmes among `ids` (None: all), the one that begins last first."""
    chosen = {} if ids is None else {"_id": {"$in": sorted(ids)}}
    return uow.find(PROGRAMMES, chosen, sort=[("starts_on", -1), ("_id", 1)])
