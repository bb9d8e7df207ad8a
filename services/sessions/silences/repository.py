"""Where silences are kept."""

from chassis.repository import Collection, Index
from chassis.unit_of_work import UnitOfWork
from sessions.silences.model import Silence

SILENCES = Collection("silences", Silence, indexes=(Index("mentor_ids"), Index("mentee_ids")))


def of_pairing(uow: UnitOfWork, pairing_id: str) -> Silence | None:
    """The silence of this pairing; none when it was never heard of."""
    return uow.get_many(SILENCES, [pairing_id]).get(pairing_id)


def of_person(uow: UnitOfWork, person_id: str) -> list[Silence]:
    """The silences of the pairings and groups in which this person is waited for."""
    return uow.find(SILENCES, {"$or": [{"mentor_ids": person_id}, {"mentee_ids": person_id}]})
