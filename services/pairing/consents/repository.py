"""Consents and guardians' links in the database; links leave it by themselves some time after they ended."""

from collections.abc import Iterable
from datetime import datetime

from chassis.repository import Collection, Index
from chassis.unit_of_work import UnitOfWork
from pairing.consents.model import PERMISSION, Consent
from pairing.consents.request import DECLINED, GuardianRequest

KEPT_SECONDS = 90 * 24 * 60 * 60

CONSENTS = Collection("consents", Consent, indexes=(Index("person_id", "kind", "recorded_at"), Index("keep_until", expire_after=0)))
REQUESTS = Collection(
    "guardian_requests",
    GuardianRequest,
    indexes=(Index("ward_id", "asked_at"), Index("email", "asked_at"), Index("expires_at", expire_after=KEPT_SECONDS)),
)
COLLECTIONS = (CONSENTS, REQUESTS)


def of_person(uow: UnitOfWork, person_id: str) -> list[Consent]:
    """Everything that was ever recorded for this person, the newest first."""
    return uow.find(CONSENTS, {"person_id": person_id}, sort=[("recorded_at", -1), ("_id", 1)], limit=200)


def in_force(uow: UnitOfWork, person_id: str, kind: str) -> list[Consent]:
    """The records of this kind that were not withdrawn, the newest first."""
    return [consent for consent in of_person(uow, person_id) if consent.kind == kind and consent.in_force]


def taken_back(uow: UnitOfWork, person_ids: Iterable[str]) -> set[str]:
    """Those of these people whose guardian took the permission back, or said no when asked last, and did not give it since."""
    ids = sorted(person_ids)
    records = uow.find(CONSENTS, {"person_id": {"$in": ids}, "kind": PERMISSION})
    held = {record.person_id for record in records if record.in_force}
    refused = {id for id, request in latest_requests(uow, ids).items() if request.answer == DECLINED}
    return ({record.person_id for record in records} | refused) - held


def latest_request(uow: UnitOfWork, ward_id: str) -> GuardianRequest | None:
    """The last link that was sent to this ward's guardian, or none."""
    return uow.find_one(REQUESTS, {"ward_id": ward_id}, sort=[("asked_at", -1), ("_id", 1)])


def latest_requests(uow: UnitOfWork, ward_ids: Iterable[str]) -> dict[str, GuardianRequest]:
    """The last link of each of these wards who has one."""
    return {request.ward_id: request for request in uow.find(REQUESTS, {"ward_id": {"$in": sorted(ward_ids)}}, sort=[("asked_at", 1)])}


def open_requests(uow: UnitOfWork, ward_id: str) -> list[GuardianRequest]:
    """The links of this ward that nobody answered."""
    return uow.find(REQUESTS, {"ward_id": ward_id, "answered_at": None})


def requests_of(uow: UnitOfWork, ward_id: str) -> list[GuardianRequest]:
    """All links that were asked for this ward and are still known, the oldest first."""
    return uow.find(REQUESTS, {"ward_id": ward_id}, sort=[("asked_at", 1), ("_id", 1)])


def about(uow: UnitOfWork, ward_id: str, email: str) -> list[GuardianRequest]:
    """The links that were asked for this ward, and those that went to this address."""
    return uow.find(REQUESTS, {"$or": [{"ward_id": ward_id}, {"email": email}]})


def asked_since(uow: UnitOfWork, ward_id: str, moment: datetime) -> int:
    """How often this ward's guardian was asked since a moment."""
    return uow.count(REQUESTS, {"ward_id": ward_id, "asked_at": {"$gt": moment}})


def written_to_since(uow: UnitOfWork, email: str, moment: datetime) -> int:
    """How often somebody was asked at this address since a moment, for whatever ward."""
    return uow.count(REQUESTS, {"email": email, "asked_at": {"$gt": moment}})
