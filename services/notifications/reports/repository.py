"""Where the records are kept, and what is counted over them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from chassis.repository import Collection, Index
from chassis.unit_of_work import UnitOfWork
from notifications.reports.model import MeetingRecord, PairingRecord, RoundRecord, RunRecord

PAIRINGS = Collection("pairing_records", PairingRecord, indexes=(Index("programme_id", "state"), Index("mentee_id"), Index("mentee_ids")))
MEETINGS = Collection("meeting_records", MeetingRecord, indexes=(Index("programme_id"),))
RUNS = Collection("run_records", RunRecord, indexes=(Index("programme_id", ("heard_at", -1)),))
ROUNDS = Collection("round_records", RoundRecord, indexes=(Index("programme_id", "closed"),))
COLLECTIONS = (PAIRINGS, MEETINGS, RUNS, ROUNDS)

HELD, TO_COME, NOT_NOTED, CALLED_OFF = "held", "to_come", "not_noted", "called_off"


def of_mentee(uow: UnitOfWork, person_id: str) -> list[PairingRecord]:
    """The pairings of a mentee."""
    return uow.find(PAIRINGS, {"$or": [{"mentee_id": person_id}, {"mentee_ids": person_id}]})


def open_rounds(uow: UnitOfWork, programme_ids: Iterable[str]) -> list[RoundRecord]:
    """The rounds of these programmes that still take answers."""
    wanted = sorted(programme_ids)
    return uow.find(ROUNDS, {"programme_id": {"$in": wanted}, "closed": False, "closes_at": {"$gt": uow.now}}) if wanted else []


def rounds(uow: UnitOfWork, programme_id: str) -> list[RoundRecord]:
    """The rounds of a programme that were opened, in the order in which they end."""
    return uow.find(ROUNDS, {"programme_id": programme_id, "closes_at": {"$ne": None}}, sort=[("closes_at", 1), ("_id", 1)])


def last_run(uow: UnitOfWork, programme_id: str) -> RunRecord | None:
    """The match run that was published last."""
    return uow.find_one(RUNS, {"programme_id": programme_id}, sort=[("heard_at", -1), ("_id", 1)])


def pairings_by_state(uow: UnitOfWork, programme_id: str) -> dict[str, int]:
    """How many pairings are in each state; a state without any is not in it, and what was closed unanswered is "stopped"."""
    unanswered = {"$and": [{"$eq": ["$state", "proposed"]}, {"$ne": [{"$ifNull": ["$ending", ""]}, ""]}]}
    state = {"$cond": [unanswered, "stopped", "$state"]}
    pipeline: list[dict[str, Any]] = [{"$match": {"programme_id": programme_id}}, {"$group": {"_id": state, "n": {"$sum": 1}}}]
    return {row["_id"]: row["n"] for row in uow.aggregate(PAIRINGS, pipeline)}


def mentees_with_mentor(uow: UnitOfWork, programme_id: str, *, ended: bool = False) -> int:
    """How many different mentees are in an accepted pairing or group that has not ended; with `ended` also in those that have."""
    over: dict[str, Any] = {} if ended else {"ending": {"$in": ["", None]}}
    mentees = {"$setUnion": [["$mentee_id"], {"$ifNull": ["$mentee_ids", []]}]}
    pipeline: list[dict[str, Any]] = [
        {"$match": {"programme_id": programme_id, "state": "accepted", **over}},
        {"$project": {"mentee": mentees}},
        {"$unwind": "$mentee"},
        {"$match": {"mentee": {"$ne": None}}},
        {"$group": {"_id": "$mentee"}},
        {"$count": "n"},
    ]
    found = uow.aggregate(PAIRINGS, pipeline)
    return int(found[0]["n"]) if found else 0


def meeting_numbers(uow: UnitOfWork, programme_id: str) -> dict[str, int]:
    """Sums over the sessions of a programme: minutes held, checklists, debriefs by each side."""
    sums = {
        "minutes": {"$sum": "$minutes"},
        "checked": {"$sum": {"$toInt": "$checked"}},
        "mentor": {"$sum": {"$toInt": {"$in": ["mentor", "$debriefs"]}}},
        "mentee": {"$sum": {"$toInt": {"$in": ["mentee", "$debriefs"]}}},
    }
    found = uow.aggregate(MEETINGS, [{"$match": {"programme_id": programme_id}}, {"$group": {"_id": None, **sums}}])
    return {name: int(found[0][name]) if found else 0 for name in sums}


def meetings_by_week(uow: UnitOfWork, programme_id: str, time_zone: str, now: datetime) -> list[tuple[str, str, int]]:
    """Rows (week, state, number) of the sessions that have a time, but for those called off; weeks as "2026-W48" (ISO 8601), sorted."""
    week = {"$dateToString": {"date": "$moment", "format": "%G-W%V", "timezone": time_zone}}
    pipeline: list[dict[str, Any]] = [
        *_with_state(programme_id, now),
        {"$match": {"state": {"$ne": CALLED_OFF}}},
        {"$group": {"_id": {"week": week, "state": "$state"}, "n": {"$sum": 1}}},
        {"$sort": {"_id.week": 1, "_id.state": 1}},
    ]
    return [(row["_id"]["week"], row["_id"]["state"], row["n"]) for row in uow.aggregate(MEETINGS, pipeline)]


def meetings_called_off(uow: UnitOfWork, programme_id: str, now: datetime) -> int:
    """How many sessions had a time and were called off, since their pairing had ended before it."""
    found = uow.aggregate(MEETINGS, [*_with_state(programme_id, now), {"$match": {"state": CALLED_OFF}}, {"$count": "n"}])
    return int(found[0]["n"]) if found else 0


def _with_state(programme_id: str, now: datetime) -> list[dict[str, Any]]:
    """Gives each session that has a time its `moment` and its `state`."""
    off = {"$gt": ["$moment", {"$ifNull": [{"$max": "$pairing.ended_at"}, "$moment"]}]}
    by_time = {"$cond": [{"$gt": ["$moment", now]}, TO_COME, NOT_NOTED]}
    state = {"$cond": [{"$ne": ["$held_at", None]}, HELD, {"$cond": [off, CALLED_OFF, by_time]}]}
    return [
        {"$match": {"programme_id": programme_id}},
        {"$set": {"moment": {"$ifNull": ["$starts_at", "$held_at"]}}},
        {"$match": {"moment": {"$ne": None}}},
        {"$lookup": {"from": PAIRINGS.name, "localField": "pairing_id", "foreignField": "_id", "as": "pairing"}},
        {"$set": {"state": state}},
    ]
