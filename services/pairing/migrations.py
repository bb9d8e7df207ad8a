"""Changes to documents that earlier versions wrote, in the order in which they came; `chassis.migrations` runs each once."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from chassis.documents import from_document
from pairing.programmes.model import Programme

ON_A_SHEET = 100


def pairings_of_several(database: Any) -> None:
    """Pairings hold lists of mentors and mentees, of models and of answers by person; "active" before any session is "accepted" now.

    The index that allows a mentee one open pairing goes first, for it would take the old field's absence for a value.
    """
    pairings = database["pairings"]
    if "programme_id_1_mentee_id_1" in pairings.index_information():
        pairings.drop_index("programme_id_1_mentee_id_1")
    answered: Any = {
        "$arrayToObject": {
            "$filter": {
                "input": [
                    {"k": "$mentor_id", "v": {"$ifNull": ["$mentor_accepted_at", None]}},
                    {"k": "$mentee_id", "v": {"$ifNull": ["$mentee_accepted_at", None]}},
                ],
                "cond": {"$ne": ["$$this.v", None]},
            }
        }
    }
    by = {"$cond": [{"$eq": ["$declined_by", "mentor"]}, "$mentor_id", "$mentee_id"]}
    declined: Any = {"$cond": [{"$eq": ["$state", "declined"]}, {"$arrayToObject": [[{"k": by, "v": "$ended_at"}]]}, {}]}
    fresh = {
        "mentor_ids": ["$mentor_id"],
        "mentee_ids": ["$mentee_id"],
        "models": ["$model"],
        "accepted": answered,
        "declined": declined,
        "state": {"$cond": [{"$eq": ["$state", "active"]}, "accepted", "$state"]},
    }
    gone = ["mentor_id", "mentee_id", "model", "mentor_accepted_at", "mentee_accepted_at", "declined_by"]
    pairings.update_many({"mentor_id": {"$exists": True}}, [{"$set": fresh}, {"$unset": gone}], bypass_document_validation=True)


def explanations_on_sheets(database: Any) -> None:
    """The explanations of a match run lie on sheets of their own; the run keeps its pairs in short and the ids of who was left out."""
    kept_whole = {"$or": [{"proposals.parts": {"$exists": True}}, {"unmatched.mentee_id": {"$exists": True}}]}
    for run in database["match_runs"].find(kept_whole):
        pairs = sorted(run["proposals"], key=lambda pair: (pair["score"], pair["mentee_id"]))
        for kind, entries in (("pairs", pairs), ("mentees", run["unmatched"])):
            for number, start in enumerate(range(0, len(entries), ON_A_SHEET), 1):
                sheet = {"run_id": run["_id"], "kind": kind, "number": number, kind: entries[start : start + ON_A_SHEET], "version": 1}
                database["match_sheets"].replace_one({"_id": f"{run['_id']}:{kind}:{number}"}, sheet, upsert=True)
        short = [{name: pair[name] for name in ("mentor_id", "mentee_id", "score")} for pair in run["proposals"]]
        left = [each["mentee_id"] for each in run["unmatched"]]
        database["match_runs"].update_one({"_id": run["_id"]}, {"$set": {"proposals": short, "unmatched": left}})


def waits_of_the_clock(database: Any) -> None:
    """The clock waits for what it did not know of before: lapses in pairings that run, the end of programmes and of their data.

    What it waits for already stays. Pairings are looked at now: what has lapsed while nobody watched pauses them.
    """
    running = {"state": {"$in": ["accepted", "active", "paused", "closing"]}}
    for pairing in database["pairings"].find(running, ["_id"]):
        _plan(database, "watch-pairing", pairing["_id"], datetime.now(UTC), pairing_id=pairing["_id"])
    for document in database["programmes"].find({"state": {"$ne": "closed"}}):
        programme = from_document(Programme, document)
        if programme.state == "running":
            _plan(database, "end-programme", programme.id, programme.over_at, programme_id=programme.id)
        reminder = datetime.combine(programme.erases_on - timedelta(days=30), time(), UTC)
        _plan(database, "remind-of-retention", programme.id, reminder, programme_id=programme.id)


def days_of_coming_of_age(database: Any) -> None:
    """The other services hear once more of mentees, now with the day on which they come of age."""
    if database["people"].find_one({"roles": "mentee", "birth_date": {"$ne": None}}, ["_id"]):
        _plan(database, "tell-people-again", "", datetime.now(UTC))


def guardians_and_their_wards(database: Any) -> None:
    """Notifications hears once more of guardians and of the minors whom they answer for, to tell them of pairings."""
    if database["people"].find_one({"roles": "guardian"}, ["_id"]):
        _plan(database, "tell-people-again", "", datetime.now(UTC))


def thresholds_told_again(database: Any) -> None:
    """Feedback takes over from how many answers figures are shown: programmes that decided on another number than five say so again."""
    for programme in database["programmes"].find({"threshold": {"$exists": True, "$ne": 5}}, ["_id"]):
        _plan(database, "tell-programme-again", programme["_id"], datetime.now(UTC), programme_id=programme["_id"])


def _plan(database: Any, job: str, id: str, due: datetime, **payload: str) -> None:
    planned = {"job": job, "due": due, "payload": payload, "attempts": 0, "leased_until": None, "correlation_id": ""}
    database["jobs"].update_one({"_id": f"{job}:{id}"}, {"$setOnInsert": planned}, upsert=True)


MIGRATIONS = (pairings_of_several, explanations_on_sheets)
