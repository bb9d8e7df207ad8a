"""Looks back on pairings in the database."""

import uuid

from chassis.repository import Collection, Index
from chassis.unit_of_work import UnitOfWork
from pairing.closures.model import LookBack

CLOSURES = Collection("closures", LookBack, indexes=(Index("pairing_id"), Index("person_id")))
COLLECTIONS = (CLOSURES,)


def id_of(pairing_id: str, person_id: str) -> str:
    """The id of this person's look back on this pairing: the same whenever it is worked out (RFC 9562, version 5)."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"closure/{pairing_id}/{person_id}"))


def of_person(uow: UnitOfWork, person_id: str) -> list[LookBack]:
    """What this person wrote, whatever the pairing."""
    return uow.find(CLOSURES, {"person_id": person_id}, sort=[("_id", 1)])


def written_by(uow: UnitOfWork, person_id: str) -> set[str]:
    """The ids of the pairings on which this person has looked back."""
    return {each.pairing_id for each in of_person(uow, person_id)}


def of_pairing(uow: UnitOfWork, pairing_id: str) -> dict[str, LookBack]:
    """What was written on a pairing, by person."""
    return {each.person_id: each for each in uow.find(CLOSURES, {"pairing_id": pairing_id})}
