"""Entrances and applications in the database; what was not finished leaves it by itself."""

from chassis.repository import Collection, Index
from chassis.unit_of_work import UnitOfWork
from pairing.intake.model import Application, Entrance

ENTRANCES = Collection("entrances", Entrance, indexes=(Index("token", unique=True),))
APPLICATIONS = Collection("applications", Application, indexes=(Index("person_id"), Index("expires_at", expire_after=0)))
COLLECTIONS = (ENTRANCES, APPLICATIONS)


def of_token(uow: UnitOfWork, token: str) -> Entrance | None:
    """The entrance with this address, or none."""
    return uow.find_one(ENTRANCES, {"token": token})


def remark_of(uow: UnitOfWork, person_id: str) -> str:
    """What somebody told the coordinators alone when she came in by the form, or ""."""
    found = uow.find_one(APPLICATIONS, {"person_id": person_id})
    return found.remark if found else ""
