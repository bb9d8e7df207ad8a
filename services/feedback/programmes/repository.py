"""Where the copies of programmes are kept."""

from collections.abc import Iterable

from chassis.repository import Collection
from chassis.unit_of_work import UnitOfWork
from feedback.programmes.model import USUAL_THRESHOLD, Programme

PROGRAMMES = Collection("programmes", Programme)


def of_ids(uow: UnitOfWork, ids: Iterable[str]) -> list[Programme]:
    """The known programmes among these, by name."""
    return sorted(uow.get_many(PROGRAMMES, ids).values(), key=lambda programme: programme.name)


def name_of(uow: UnitOfWork, programme_id: str) -> str:
    """The name of a programme; empty when it has not been heard of."""
    known = uow.get_many(PROGRAMMES, [programme_id]).get(programme_id)
    return known.name if known is not None else ""


def threshold_of(uow: UnitOfWork, programme_id: str) -> int:
    """From how many people figures are shown; the usual number when the programme has not been heard of."""
    known = uow.get_many(PROGRAMMES, [programme_id]).get(programme_id)
    return known.threshold if known is not None else USUAL_THRESHOLD
