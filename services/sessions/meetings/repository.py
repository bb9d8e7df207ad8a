"""Where meetings are kept, and the questions asked of them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from chassis.repository import Collection, Index
from chassis.unit_of_work import UnitOfWork
from sessions.meetings.model import HELD, MISSED, PLANNED, Meeting

MEETINGS = Collection(
    "meetings",
    Meeting,
    indexes=(
        Index("pairing_id", "number", unique=True),
        Index("mentor_id", "starts_at"),
        Index("mentee_id", "starts_at"),
        Index("programme_id", "starts_at"),
    ),
)
SOON = timedelta(days=2)
SHOWN = 200


def known(uow: UnitOfWork, meeting_id: str) -> Meeting | None:
    """The meeting, or none; one that was added in this unit of work counts."""
    return uow.get_many(MEETINGS, [meeting_id]).get(meeting_id)


def of_person(uow: UnitOfWork, person_id: str, limit: int = SHOWN) -> list[Meeting]:
    """Somebody's own sessions by time, those without a time first; `limit` 0 gives all."""
    return uow.find(MEETINGS, _own(person_id), sort=[("starts_at", 1), ("_id", 1)], limit=limit)


def of_pairing(uow: UnitOfWork, pairing_id: str) -> list[Meeting]:
    """All sessions of a pairing, in their order."""
    return uow.find(MEETINGS, {"pairing_id": pairing_id}, sort=[("number", 1)])


def of_mentees(uow: UnitOfWork, mentee_ids: Iterable[str], limit: int = SHOWN) -> list[Meeting]:
    """The sessions of these mentees, the latest first, those without a time last."""
    return uow.find(MEETINGS, {"mentee_id": {"$in": sorted(mentee_ids)}}, sort=[("starts_at", -1), ("_id", 1)], limit=limit)


def page_of_person(uow: UnitOfWork, person_id: str, after: str | None, limit: int) -> list[Meeting]:
    """Up to `limit` + 1 of somebody's own sessions after a cursor, by id."""
    return _page(uow, _own(person_id), after, limit)


def page_of_programme(uow: UnitOfWork, programme_id: str, after: str | None, limit: int) -> list[Meeting]:
    """Up to `limit` + 1 of a programme's sessions after a cursor, by id."""
    return _page(uow, {"programme_id": programme_id}, after, limit)


def to_look_at(uow: UnitOfWork, programme_id: str, state: str, limit: int = SHOWN) -> list[Meeting]:
    """A programme's sessions in one state, the earliest first."""
    return uow.find(MEETINGS, {"programme_id": programme_id, "state": state}, sort=[("starts_at", 1), ("_id", 1)], limit=limit)


def numbers(uow: UnitOfWork, programme_id: str) -> dict[str, int]:
    """How many sessions of a programme are in each state; a state without any is not in it."""
    pipeline: list[dict[str, Any]] = [{"$match": {"programme_id": programme_id}}, {"$group": {"_id": "$state", "n": {"$sum": 1}}}]
    return {row["_id"]: row["n"] for row in uow.aggregate(MEETINGS, pipeline)}


def without_checklist(uow: UnitOfWork, programme_id: str) -> int:
    """How many planned sessions begin within two days, or have begun, and the checklist is not confirmed."""
    soon = {"$lte": uow.now + SOON}
    return uow.count(MEETINGS, {"programme_id": programme_id, "state": PLANNED, "checklist": None, "starts_at": soon})


def by_week(uow: UnitOfWork, programme_id: str, time_zone: str) -> dict[datetime, dict[str, int]]:
    """Sessions by the Monday (midnight in `time_zone`) of their week, then by state: planned, held, missed."""
    moment = {"$ifNull": ["$held_at", "$starts_at"]}
    monday = {"$dateTrunc": {"date": moment, "unit": "week", "timezone": time_zone, "startOfWeek": "monday"}}
    pipeline: list[dict[str, Any]] = [
        {"$match": {"programme_id": programme_id, "state": {"$in": [PLANNED, HELD, MISSED]}}},
        {"$group": {"_id": {"monday": monday, "state": "$state"}, "n": {"$sum": 1}}},
        {"$sort": {"_id.monday": 1}},
    ]
    weeks: dict[datetime, dict[str, int]] = {}
    for row in uow.aggregate(MEETINGS, pipeline):
        weeks.setdefault(row["_id"]["monday"], {})[row["_id"]["state"]] = row["n"]
    return weeks


def _own(person_id: str) -> dict[str, Any]:
    return {"$or": [{"mentor_id": person_id}, {"mentee_id": person_id}]}


def _page(uow: UnitOfWork, filter: dict[str, Any], after: str | None, limit: int) -> list[Meeting]:
    beyond = {"_id": {"$gt": after}} if after else {}
    return uow.find(MEETINGS, {**filter, **beyond}, sort=[("_id", 1)], limit=limit + 1)
