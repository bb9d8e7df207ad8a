"""Where silences are kept."""

from chassis.repository import Collection
from chassis.unit_of_work import UnitOfWork
from sessions.silences.model import Silence

SILENCES = Collection("silences", Silence)


def of_pairing(uow: UnitOfWork, pairing_id: str) -> Silence | None:
    """The silence of this pairing; none when it was never heard of."""
    return uow.get_many(SILENCES, [pairing_id]).get(pairing_id)
