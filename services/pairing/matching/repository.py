"""Match runs and the sheets of their explanations in the database."""

from collections.abc import Iterable
from typing import Any

from pymongo import DeleteMany

from chassis.repository import Collection, Index
from chassis.unit_of_work import UnitOfWork
from pairing.matching.model import FOLLOW_UP, PROPOSED, PUBLISHING, MatchRun, Proposed
from pairing.matching.sheets import MENTEES, PAIRS, Sheet, sheet_id

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


def publishing(uow: UnitOfWork, programme_id: str) -> MatchRun | None:
    """The programme's run whose pairs are being proposed to their people, if there is one."""
    return uow.find_one(RUNS, {"programme_id": programme_id, "state": PUBLISHING})


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


def proposed(uow: UnitOfWork, run_id: str) -> list[Proposed]:
    """All pairs of a run in short, the weakest fit first."""
    return [Proposed(**pair) for pair in _entries(uow, run_id, PAIRS, ("mentor_id", "mentee_id", "score", "locked"))]


def left_out(uow: UnitOfWork, run_id: str) -> list[str]:
    """The ids of the mentees whom a run leaves without a mentor."""
    return [each["mentee_id"] for each in _entries(uow, run_id, MENTEES, ("mentee_id",))]


def lay(uow: UnitOfWork, sheets: Iterable[Sheet]) -> None:
    """Writes sheets, over those that were laid down for the same run before."""
    for each in sheets:
        uow.put(SHEETS, each)


def clear(uow: UnitOfWork, run_id: str) -> None:
    """Takes away what was laid down for a run that was computed before and never kept."""
    uow.write(SHEETS.name, DeleteMany({"run_id": run_id}))


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


def _entries(uow: UnitOfWork, run_id: str, kind: str, fields: Iterable[str]) -> list[dict[str, Any]]:
    """Some fields of all that stands on a run's sheets of a kind, in order."""
    stages: list[dict[str, Any]] = [
        {"$match": {"run_id": run_id, "kind": kind}},
        {"$sort": {"number": 1}},
        {"$unwind": f"${kind}"},
        {"$project": {"_id": 0} | {name: f"${kind}.{name}" for name in fields}},
    ]
    return uow.aggregate(SHEETS, stages)
