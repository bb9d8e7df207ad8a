"""Change requests in the database."""

import uuid

from chassis.repository import Collection, Index
from chassis.unit_of_work import UnitOfWork
from pairing.change_requests.model import ChangeRequest

CHANGE_REQUESTS = Collection(
    "change_requests", ChangeRequest, indexes=(Index("pairing_id"), Index("programme_id", "settled_at"), Index("person_id"))
)
COLLECTIONS = (CHANGE_REQUESTS,)


def id_of(pairing_id: str, person_id: str) -> str:
    """The id of this person's request in this pairing: the same whenever it is worked out (RFC 9562, version 5)."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"change-request/{pairing_id}/{person_id}"))


def of(uow: UnitOfWork, pairing_id: str, person_id: str) -> ChangeRequest | None:
    """This person's request in this pairing."""
    id = id_of(pairing_id, person_id)
    return uow.get_many(CHANGE_REQUESTS, [id]).get(id)


def of_pairing(uow: UnitOfWork, pairing_id: str) -> list[ChangeRequest]:
    """All requests in a pairing."""
    return uow.find(CHANGE_REQUESTS, {"pairing_id": pairing_id})


def of_person(uow: UnitOfWork, person_id: str) -> list[ChangeRequest]:
    """Everything that this person asked for, the oldest first."""
    return uow.find(CHANGE_REQUESTS, {"person_id": person_id}, sort=[("asked_at", 1), ("_id", 1)])


def open_of(uow: UnitOfWork, pairing_id: str) -> list[ChangeRequest]:
    """The requests in a pairing that nobody has taken care of."""
    return uow.find(CHANGE_REQUESTS, {"pairing_id": pairing_id, "settled_at": None}, sort=[("asked_at", 1)])


def open_by(uow: UnitOfWork, person_id: str) -> set[str]:
    """The ids of the pairings in which this person waits for an answer to her request."""
    return {each.pairing_id for each in uow.find(CHANGE_REQUESTS, {"person_id": person_id, "settled_at": None})}


def open_in(uow: UnitOfWork, programme_id: str) -> list[ChangeRequest]:
    """The requests of a programme that wait for its coordinators, the longest first."""
    return uow.find(CHANGE_REQUESTS, {"programme_id": programme_id, "settled_at": None}, sort=[("asked_at", 1)], limit=200)
