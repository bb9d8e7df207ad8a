"""What the chassis itself keeps that can be about a person: the audit log of who read her data, and stored answers to requests."""

import json
from typing import Any

from pymongo import DeleteOne

from chassis.unit_of_work import UnitOfWork

AUDIT, ANSWERS = "audit", "idempotency"


def reads_of(uow: UnitOfWork, **ids: list[str]) -> list[dict[str, Any]]:
    """When staff read what, about any of these ids (`person_id=[…], pairing_id=[…]`), the oldest first; not who it was by name."""
    about = [{f"view_args.{name}": {"$in": wanted}} for name, wanted in ids.items() if wanted]
    if not about:
        return []
    found = uow.database[AUDIT].find({"$or": about}, session=uow.session).sort("at", 1)
    return [{"read_at": entry["at"].isoformat(), "what": entry["endpoint"]} for entry in found]


def forget_answers(uow: UnitOfWork, person_id: str, *texts: str) -> int:
    """Deletes the stored answers that this person got, and those in which her id or one of these texts occurs; gives how many.

    Texts of one or two letters occur anywhere, so they are passed over.
    """
    wanted = {form for text in (person_id, *texts) if len(text) > 2 for form in (text.encode(), json.dumps(text)[1:-1].encode())}
    found = uow.database[ANSWERS].find({}, {"body": 1, "who": 1}, session=uow.session)
    naming = [entry["_id"] for entry in found if entry.get("who") == person_id or any(form in bytes(entry["body"]) for form in wanted)]
    for id in naming:
        uow.write(ANSWERS, DeleteOne({"_id": id}))
    return len(naming)
