"""Exports, their sealed parts and erasures in the database; exports and parts leave it by themselves with their key."""

from collections.abc import Iterable
from typing import Any

from chassis.errors import NotFound
from chassis.repository import Collection, Index
from chassis.unit_of_work import UnitOfWork
from pairing.data_rights.erasure import OPEN, Erasure, is_certificate_of
from pairing.data_rights.model import COLLECTING, Export, Part

EXPORTS = Collection(
    "data_exports",
    Export,
    indexes=(
        Index("person_id", "reader_id", unique=True, only={"state": COLLECTING}),
        Index("person_id", "asked_at"),
        Index("programme_ids"),
        Index("expires_at", expire_after=0),
    ),
)
PARTS = Collection("data_export_parts", Part, indexes=(Index("export_id", "service", "number"), Index("expires_at", expire_after=0)))
ERASURES = Collection(
    "erasures",
    Erasure,
    indexes=(
        Index("person_id", unique=True, only={"state": {"$in": list(OPEN)}}),
        Index("programme_ids"),
        Index("keep_until", expire_after=0),
    ),
)
COLLECTIONS = (EXPORTS, PARTS, ERASURES)
LISTED = 500


def collecting(uow: UnitOfWork, person_id: str, reader_id: str) -> Export | None:
    """The export of this person for this reader that is being gathered."""
    return uow.find_one(EXPORTS, {"person_id": person_id, "reader_id": reader_id, "state": COLLECTING})


def exports_of(uow: UnitOfWork, person_id: str) -> list[Export]:
    """The exports of a person that are still kept, the newest first."""
    return uow.find(EXPORTS, {"person_id": person_id, "expires_at": {"$gt": uow.now}}, sort=[("asked_at", -1), ("_id", 1)], limit=20)


def parts_of(uow: UnitOfWork, export_id: str) -> dict[str, list[str]]:
    """Service to its sealed parts, in order."""
    parts: dict[str, list[str]] = {}
    for part in uow.find(PARTS, {"export_id": export_id}, sort=[("service", 1), ("number", 1)]):
        parts.setdefault(part.service, []).append(part.sealed)
    return parts


def open_erasure(uow: UnitOfWork, person_id: str) -> Erasure | None:
    """The erasure of this person that waits or is being carried out."""
    return uow.find_one(ERASURES, {"person_id": person_id, "state": {"$in": list(OPEN)}})


def by_certificate(uow: UnitOfWork, name: str) -> Erasure:
    """The erasure whose certificate's address ends like this; raises NotFound, whatever is wrong with it."""
    erasure = uow.find_one(ERASURES, {"_id": name.partition(".")[0]})
    if erasure is None or not is_certificate_of(uow.settings.secret, name, erasure.id):
        raise NotFound("certificate")
    return erasure


def requests_in(uow: UnitOfWork, programme_ids: Iterable[str]) -> list[Export | Erasure]:
    """The requests about participants of these programmes, the newest first."""
    wanted: dict[str, Any] = {"programme_ids": {"$in": sorted(programme_ids)}}
    found: list[Export | Erasure] = [
        *uow.find(EXPORTS, wanted | {"expires_at": {"$gt": uow.now}}, sort=[("asked_at", -1)], limit=LISTED),
        *uow.find(ERASURES, wanted, sort=[("asked_at", -1)], limit=LISTED),
    ]
    return sorted(found, key=lambda request: (request.asked_at, request.id), reverse=True)
