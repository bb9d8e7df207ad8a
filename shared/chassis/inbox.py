"""The inbox: the ids of the events a service has applied, written in the same transaction as their effects."""

from collections.abc import Callable, Iterable

from pymongo import ASCENDING, IndexModel
from pymongo.errors import BulkWriteError

from chassis.delivery import Delivery
from chassis.service import Service
from chassis.unit_of_work import DUPLICATE_KEY, UnitOfWork

COLLECTION = "inbox"
Claim = Callable[[UnitOfWork, Iterable[str]], set[str]]


def indexes(days: int) -> list[IndexModel]:
    """The index of the inbox; an entry outlives the outbox entry it answers, or a replay would act twice."""
    return [IndexModel([("at", ASCENDING)], expireAfterSeconds=(days + 30) * 86_400)]


class AppliedBefore(Exception):
    """Some of the events are in the inbox already."""


def claim_new(uow: UnitOfWork, event_ids: Iterable[str]) -> set[str]:
    """All of the ids, claimed without a look at the inbox; raises AppliedBefore, which ends the transaction, when it has one of them."""
    fresh = list(dict.fromkeys(event_ids))
    try:
        uow.database[COLLECTION].insert_many([{"_id": event_id, "at": uow.now} for event_id in fresh], session=uow.session)
    except BulkWriteError as refused:
        if any(fault["code"] == DUPLICATE_KEY for fault in refused.details["writeErrors"]):
            raise AppliedBefore from None
        raise
    return set(fresh)


def claim(uow: UnitOfWork, event_ids: Iterable[str]) -> set[str]:
    """Those of the ids that were not applied before; they count as applied when this unit commits."""
    wanted = list(dict.fromkeys(event_ids))
    seen = {entry["_id"] for entry in uow.database[COLLECTION].find({"_id": {"$in": wanted}}, {"_id": 1}, session=uow.session)}
    fresh = [event_id for event_id in wanted if event_id not in seen]
    for event_id in fresh:
        uow.insert(COLLECTION, {"_id": event_id, "at": uow.now})
    return set(fresh)


def handle(service: Service, uow: UnitOfWork, deliveries: list[Delivery], claim: Claim = claim) -> None:
    """Runs the handler of every event that was not applied before."""
    fresh = claim(uow, (delivery.event_id for delivery in deliveries))
    for delivery in deliveries:
        if delivery.event_id in fresh:
            fresh.discard(delivery.event_id)
            uow.event_version, uow.causation_id, uow.correlation_id = delivery.aggregate_version, delivery.event_id, delivery.correlation_id
            service.handlers[type(delivery.event)](uow, delivery.event)
