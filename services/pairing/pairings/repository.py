"""Pairings in the database."""

from collections.abc import Iterable
from typing import Any

from pymongo import UpdateMany

from chassis.repository import Collection, Index
from chassis.unit_of_work import UnitOfWork
from pairing.pairings.model import CLOSED, CLOSING, DECLINED, OPEN, PAUSED, PLANNED, PROPOSED, RUNNING, Pairing

PAIRINGS = Collection(
    "pairings",
    Pairing,
    indexes=(
        Index("programme_id", "state", "_id"),
        Index("mentor_ids", "_id"),
        Index("mentee_ids", "_id"),
        Index("programme_id", "mentee_ids", unique=True, only={"state": {"$in": [PROPOSED, *RUNNING]}}),
    ),
)
COLLECTIONS = (PAIRINGS,)
AGREED = tuple(state for state in OPEN if state != PROPOSED)
"""States in which all have said yes and it has not ended."""
TAKEN: dict[str, Any] = {"$or": [{"state": {"$in": [PROPOSED, *RUNNING, PAUSED]}}, {"state": CLOSING, "ending": PLANNED}]}
"""Pairings that hold a place of their mentors; those that end early do not."""


def open_in(uow: UnitOfWork, programme_id: str) -> list[Pairing]:
    """The pairings of a programme that have not ended."""
    return uow.find(PAIRINGS, {"programme_id": programme_id, "state": {"$in": list(OPEN)}}, sort=[("_id", 1)])


def taken_in(uow: UnitOfWork, programme_id: str) -> list[Pairing]:
    """The pairings of a programme whose mentees need nobody else and whose mentors have a place less: all but those that end early."""
    return uow.find(PAIRINGS, {"programme_id": programme_id, **TAKEN}, sort=[("_id", 1)])


def placed_in(uow: UnitOfWork, programme_id: str) -> int:
    """How many mentees are in them."""
    mentees: list[dict[str, Any]] = [
        {"$match": {"programme_id": programme_id, **TAKEN}},
        {"$group": {"_id": None, "mentees": {"$sum": {"$size": "$mentee_ids"}}}},
    ]
    found = uow.aggregate(PAIRINGS, mentees)
    return int(found[0]["mentees"]) if found else 0


def taken_by(uow: UnitOfWork, programme_id: str, person_ids: Iterable[str]) -> list[Pairing]:
    """Those of them in which one of these people is."""
    return uow.find(PAIRINGS, {"$and": [{"programme_id": programme_id}, TAKEN, _has({"$in": sorted(person_ids)})]}, sort=[("_id", 1)])


def ended_of(uow: UnitOfWork, mentee_ids: Iterable[str]) -> list[Pairing]:
    """The pairings of these mentees, of any programme, that ended, come to their end or were declined."""
    wanted = {"mentee_ids": {"$in": sorted(mentee_ids)}, "state": {"$in": [CLOSING, CLOSED, DECLINED]}}
    return uow.find(PAIRINGS, wanted, sort=[("_id", 1)])


def of_programme(uow: UnitOfWork, programme_id: str, state: str = "") -> list[Pairing]:
    """A programme's pairings, of one state if given, the newest first."""
    wanted = {"programme_id": programme_id} | ({"state": state} if state else {})
    return uow.find(PAIRINGS, wanted, sort=[("proposed_at", -1), ("_id", 1)], limit=1000)


def counts(uow: UnitOfWork, programme_id: str) -> dict[str, int]:
    """How many pairings of a programme are in each state."""
    grouped = uow.aggregate(PAIRINGS, [{"$match": {"programme_id": programme_id}}, {"$group": {"_id": "$state", "n": {"$sum": 1}}}])
    return {group["_id"]: group["n"] for group in grouped}


def of_person(uow: UnitOfWork, person_id: str, limit: int = 100) -> list[Pairing]:
    """Somebody's own pairings, the newest first; with `limit` 0 all of them."""
    return uow.find(PAIRINGS, _has(person_id), sort=[("proposed_at", -1), ("_id", 1)], limit=limit)


def open_of_people(uow: UnitOfWork, person_ids: Iterable[str]) -> list[Pairing]:
    """All pairings of these people that have not ended."""
    return uow.find(PAIRINGS, _has({"$in": sorted(person_ids)}) | {"state": {"$in": list(OPEN)}}, sort=[("_id", 1)])


def hold(uow: UnitOfWork, pairings: Iterable[Pairing]) -> None:
    """Has an answer, a pause or a resumption of these at this very moment wait: one of both is repeated with what the other wrote.

    A snapshot alone lets two commands decide by what each of them read, when they write different documents.
    """
    uow.write(PAIRINGS.name, UpdateMany({"_id": {"$in": [pairing.id for pairing in pairings]}}, {"$set": {"held": uow.new_id()}}))


def to_talk_about(uow: UnitOfWork, programme_id: str) -> list[Pairing]:
    """A programme's pairings that are paused or have been silent for long."""
    silent = {"state": {"$in": list(RUNNING)}, "course.ending_proposed_at": {"$ne": None}}
    wanted = {"programme_id": programme_id, "$or": [{"state": PAUSED}, silent]}
    return uow.find(PAIRINGS, wanted, sort=[("_id", 1)], limit=200)


def page(
    uow: UnitOfWork,
    after: str | None,
    limit: int,
    *,
    programmes: Iterable[str] = (),
    person_id: str = "",
    programme_id: str | None = None,
    state: str = "",
) -> list[Pairing]:
    """Up to `limit` + 1 pairings by id from the one after `after`: this person's own, or those of these programmes."""
    wanted = _has(person_id) if person_id else {"programme_id": {"$in": sorted(programmes)}}
    wanted |= {"programme_id": programme_id} if programme_id else {}
    wanted |= {"state": state} if state else {}
    wanted |= {"_id": {"$gt": after}} if after else {}
    return uow.find(PAIRINGS, wanted, sort=[("_id", 1)], limit=limit + 1)


def _has(person_id: Any) -> dict[str, Any]:
    return {"$or": [{"mentor_ids": person_id}, {"mentee_ids": person_id}]}
