"""Tells of people once more when what is told of them has become more, so that the other services know it of everybody."""

from chassis.unit_of_work import UnitOfWork
from pairing.people.repository import PEOPLE

TELL_AGAIN = "tell-people-again"
STEP = 200


def tell_again(uow: UnitOfWork, after: str = "") -> None:
    """Tells the present state of the next guardians, and mentees whose birth date is known; the rest follow in another transaction."""
    told = [{"roles": "mentee", "birth_date": {"$ne": None}}, {"roles": "guardian"}]
    found = uow.find(PEOPLE, {"$or": told, "_id": {"$gt": after}}, sort=[("_id", 1)], limit=STEP)
    for person in found:
        uow.emit(person, person.changed())
    if len(found) == STEP:
        uow.schedule(TELL_AGAIN, uow.now, f"{TELL_AGAIN}:{found[-1].id}", after=found[-1].id)
