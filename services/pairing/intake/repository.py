"""Entrances and applications in the database; what was not finished leaves it by itself."""

import re
from typing import Any

from chassis.repository import Collection, Index
from chassis.unit_of_work import UnitOfWork
from pairing.intake.model import Application, Entrance

ENTRANCES = Collection("entrances", Entrance, indexes=(Index("token", unique=True),))
APPLICATIONS = Collection("applications", Application, indexes=(Index("person_id"), Index("expires_at", expire_after=0)))
COLLECTIONS = (ENTRANCES, APPLICATIONS)


def of_token(uow: UnitOfWork, token: str) -> Entrance | None:
    """The entrance with this address, or none."""
    return uow.find_one(ENTRANCES, {"token": token})


def open_entrances(uow: UnitOfWork) -> dict[str, Entrance]:
    """Programme to its entrance, of those that are open."""
    return {entrance.id: entrance for entrance in uow.find(ENTRANCES, {"open": True}, limit=500)}


def of_person(uow: UnitOfWork, person_id: str) -> Application | None:
    """The form by which this person came in, or none."""
    return uow.find_one(APPLICATIONS, {"person_id": person_id})


def remark_of(uow: UnitOfWork, person_id: str) -> str:
    """What somebody told the coordinators alone when she came in by the form, or ""."""
    found = of_person(uow, person_id)
    return found.remark if found else ""


def naming(uow: UnitOfWork, person_id: str, name: str, email: str) -> list[Application]:
    """The form by which this person came in, those that are begun (they leave within thirty days), and those whose remark names her."""
    words: list[dict[str, Any]] = [{"remark": re.compile(re.escape(text), re.IGNORECASE)} for text in (name, email) if text]
    return uow.find(APPLICATIONS, {"$or": [{"person_id": person_id}, {"submitted_at": None}, *words]})
