"""Match runs and the sheets of their explanations in the database."""

from collections.abc import Iterable
from typing import Any

from chassis.repository import Collection, Index
from chassis.unit_of_work import UnitOfWork
from pairing.matching.model import FOLLOW_UP, PROPOSED, MatchRun
from pairing.matching.sheets import Sheet, sheet_id

RUNS = Collection("match_runs", MatchRun, indexes=(Index("programme_id", "number", unique=True),))
SHEETS = Collection("match_sheets", Sheet, indexes=(Index("run_id", "kind", "number"),))
COLLECTIONS = (RUNS, SHEETS)
LISTED = 20


def of_programme(uow: UnitOfWork, programme_id: str) -> list[MatchRun]:
    """A programme's latest runs, the newest first."""
    return uow.find(RUNS, {"programme_id": programme_id}, sort=[("number", -1)], limit=LISTED)


def waiting(uow: UnitOfWork, programme_id: str) -> list[MatchRun]:
    """A programme's runs that were neither published nor overtaken."""
    return uow.find(RUNS, {"programme_id": programme_id, "state": PROPOSED})


def waiting_follow_ups(uow: UnitOfWork, programme_id: str) -> list[MatchRun]:
    """Those of them that the clock computed."""
    return uow.find(RUNS, {"programme_id": programme_id, "state": PROPOSED, "origin": FOLLOW_UP})


def sheet(uow: UnitOfWork, run_id: str, kind: str, number: int = 1) -> Sheet:
    """One sheet of a run, an empty one past the last."""
    id = sheet_id(run_id, kind, number)
    return uow.find_one(SHEETS, {"_id": id}) or Sheet(id, run_id, kind, number)


def sheets(uow: UnitOfWork, run_id: str, kind: str) -> list[Sheet]:
    """All sheets of a kind, in order."""
    return uow.find(SHEETS, {"run_id": run_id, "kind": kind}, sort=[("number", 1)])


def sheets_about(uow: UnitOfWork, person_id: str) -> list[Sheet]:
    """The sheets of any run on which this person stands; looked for one by one, which only an erasure does."""
    places = ("pairs.mentor_id", "pairs.mentee_id", "mentees.mentee_id", "mentors.mentor_id")
    return uow.find(SHEETS, {"$or": [{place: person_id} for place in places]})


def runs_grouping(uow: UnitOfWork, person_id: str) -> list[MatchRun]:
    """The runs that put this person into a group."""
    return uow.find(RUNS, {"$or": [{"groups.mentor_ids": person_id}, {"groups.mentee_ids": person_id}]})


def next_number(uow: UnitOfWork, programme_id: str) -> int:
    """The number of a programme's next run, from 1."""
    highest: list[dict[str, Any]] = [{"$match": {"programme_id": programme_id}}, {"$group": {"_id": None, "number": {"$max": "$number"}}}]
    found = uow.aggregate(RUNS, highest)
    return int(found[0]["number"]) + 1 if found else 1


def page(uow: UnitOfWork, programmes: Iterable[str], after: str | None, limit: int) -> list[MatchRun]:
    """Up to `limit` + 1 runs of these programmes by id, from the one after `after`."""
    wanted = {"programme_id": {"$in": sorted(programmes)}} | ({"_id": {"$gt": after}} if after else {})
    return uow.find(RUNS, wanted, sort=[("_id", 1)], limit=limit + 1)
