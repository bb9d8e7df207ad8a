"""Where the copies of people are kept."""

from chassis.repository import Collection, Index
from chassis.unit_of_work import UnitOfWork
from notifications.people.model import Person

PEOPLE = Collection("people", Person, indexes=(Index("programme_ids", "_id"), Index("roles", "_id"), Index("ward_ids")))
EVERY_PROGRAMME = ""


def with_role(uow: UnitOfWork, role: str, programme_id: str, *, after: str = "", limit: int = 0) -> list[Person]:
    """The people of a programme, or of the whole instance, who have this role, by id, from the one after `after`."""
    wanted = ({"programme_ids": programme_id} if programme_id else {}) | {"roles": role, "_id": {"$gt": after}}
    return uow.find(PEOPLE, wanted, sort=[("_id", 1)], limit=limit)


def number_with_role(uow: UnitOfWork, role: str, programme_id: str) -> int:
    """How many people of a programme have this role."""
    return uow.count(PEOPLE, {"programme_ids": programme_id, "roles": role})


def guardians_of(uow: UnitOfWork, ward_id: str) -> list[Person]:
    """Those who answer for this person."""
    return uow.find(PEOPLE, {"ward_ids": ward_id, "roles": "guardian"}, sort=[("_id", 1)])
