"""Agreements in the database; each has the id of its pairing."""

from collections.abc import Iterable

from chassis.repository import Collection, Index
from chassis.unit_of_work import UnitOfWork
from pairing.agreements.model import Agreement

AGREEMENTS = Collection("agreements", Agreement, indexes=(Index("programme_id"),))
COLLECTIONS = (AGREEMENTS,)


def of_pairing(uow: UnitOfWork, pairing_id: str) -> Agreement | None:
    """The agreement of a pairing, or none while nothing is written."""
    return uow.find_one(AGREEMENTS, {"_id": pairing_id})


def of_pairings(uow: UnitOfWork, pairing_ids: Iterable[str]) -> dict[str, Agreement]:
    """Those agreements that there are, by pairing."""
    return uow.get_many(AGREEMENTS, pairing_ids)
