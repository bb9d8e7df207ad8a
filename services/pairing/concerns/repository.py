"""Concerns in the database, and who opened them."""

from itertools import chain
from typing import Any

from chassis.repository import Collection, Index
from chassis.unit_of_work import UnitOfWork
from chassis.web.stores import AUDIT
from pairing.concerns.model import CLOSED, VISITOR, Concern

CONCERNS = Collection("concerns", Concern, indexes=(Index("raised_by", "raised_at"), Index("state", "raised_at")))
COLLECTIONS = (CONCERNS,)
READ = "cases_pages.show"
MOST = 500


def raised_by(uow: UnitOfWork, person_id: str) -> list[Concern]:
    """What this person raised, the newest first."""
    return uow.find(CONCERNS, {"raised_by": person_id}, sort=[("raised_at", -1)], limit=MOST)


def page_of(uow: UnitOfWork, person_id: str, after: str | None, limit: int) -> list[Concern]:
    """Up to `limit` + 1 of this person's own by id, from the one after `after`."""
    return uow.find(CONCERNS, {"raised_by": person_id} | ({"_id": {"$gt": after}} if after else {}), sort=[("_id", 1)], limit=limit + 1)


def open_ones(uow: UnitOfWork) -> list[Concern]:
    """All that are not closed, the oldest first; however many visitors send, what somebody signed in raised is among them."""
    by_origin = ({"raised_by": {"$ne": VISITOR}}, {"raised_by": VISITOR})
    found = [uow.find(CONCERNS, {"state": {"$ne": CLOSED}, **each}, sort=[("raised_at", 1)], limit=MOST) for each in by_origin]
    return sorted(chain.from_iterable(found), key=lambda concern: concern.raised_at)


def closed_ones(uow: UnitOfWork) -> list[Concern]:
    """Those that are closed, the newest first."""
    return uow.find(CONCERNS, {"state": CLOSED}, sort=[("raised_at", -1)], limit=MOST)


def readings(uow: UnitOfWork, concern_id: str) -> list[dict[str, Any]]:
    """Who opened a concern and when (`who`, `at`), the latest first, as the audit log has it."""
    wanted = {"view_args.concern_id": concern_id, "endpoint": READ}
    return list(uow.database[AUDIT].find(wanted, {"who": 1, "at": 1}, session=uow.session, sort=[("at", -1)], limit=MOST))
