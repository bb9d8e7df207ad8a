"""Locks and exclusions in the database, one document per programme."""

from collections.abc import Iterable

from chassis.repository import Collection
from chassis.unit_of_work import UnitOfWork
from pairing.match_setups.model import MatchSetup

SETUPS = Collection("match_setups", MatchSetup)
COLLECTIONS = (SETUPS,)


def of_programme(uow: UnitOfWork, programme_id: str) -> MatchSetup:
    """The setup of a programme, to read: an empty one when nobody laid anything down."""
    return uow.find_one(SETUPS, {"_id": programme_id}) or MatchSetup(id=programme_id)


def naming(uow: UnitOfWork, person_id: str, programme_ids: Iterable[str]) -> list[MatchSetup]:
    """The setups that name a person, and those of these programmes, whose reasons may."""
    sides = [{f"{kind}.{side}": person_id} for kind in ("locks", "exclusions") for side in ("mentor_id", "mentee_id")]
    return uow.find(SETUPS, {"$or": [*sides, {"_id": {"$in": sorted(programme_ids)}}]})
