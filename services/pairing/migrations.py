"""Changes to documents that earlier versions wrote, in the order in which they came; `chassis.migrations` runs each once."""

from typing import Any


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


MIGRATIONS = (pairings_of_several,)
