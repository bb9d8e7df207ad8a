"""Match runs in the database."""

from collections.abc import Iterable
from typing import Any

from chassis.repository import Collection, Index
from chassis.unit_of_work import UnitOfWork
from pairing.matching.model import PROPOSED, MatchRun

RUNS = Collection("match_runs", MatchRun, indexes=(Index("programme_id", "number", unique=True),))
COLLECTIONS = (RUNS,)


def of_programme(uow: UnitOfWork, programme_id: str) -> list[MatchRun]:
    """A programme's latest runs, the newest first."""
    return uow.find(RUNS, {"programme_id": programme_id}, sort=[("number", -1)], limit=20)


def waiting(uow: UnitOfWork, programme_id: str) -> list[MatchRun]:
    """A programme's runs that were neither published nor overtaken."""
    return uow.find(RUNS, {"programme_id": programme_id, "state": PROPOSED})


def next_number(uow: UnitOfWork, programme_id: str) -> int:
    """The number of a programme's next run, from 1."""
    highest: list[dict[str, Any]] = [{"$match": {"programme_id": programme_id}}, {"$group": {"_id": None, "number": {"$max": "$number"}}}]
    found = uow.aggregate(RUNS, highest)
    return int(found[0]["number"]) + 1 if found else 1


def page(uow: UnitOfWork, programmes: Iterable[str], after: str | None, limit: int) -> list[MatchRun]:
    """Up to `limit` + 1 runs of these programmes by id, from the one after `after`."""
    wanted = {"programme_id": {"$in": sorted(programmes)}} | ({"_id": {"$gt": after}} if after else {})
    return uow.find(RUNS, wanted, sort=[("_id", 1)], limit=limit + 1)
