"""What guardians of minors are told: that a pairing or group of their ward begins, and that it is over for her."""

from collections.abc import Iterable

from chassis.unit_of_work import UnitOfWork
from notifications.messages.commands import queue
from notifications.messages.model import Particulars
from notifications.people.repository import PEOPLE, guardians_of

TELL = "tell-guardians"
BEGINS, ENDS = "pairing-accepted-guardian", "pairing-closed-guardian"


def plan(uow: UnitOfWork, kind: str, pairing_id: str, programme_id: str, mentor_ids: Iterable[str], ward_ids: Iterable[str]) -> None:
    """Has the guardians of these people told, in a later transaction: by then everybody who came in with this one is known."""
    for ward_id in ward_ids:
        about = {"pairing_id": pairing_id, "programme_id": programme_id, "mentor_ids": list(mentor_ids), "ward_id": ward_id}
        uow.schedule(TELL, uow.now, f"{TELL}/{kind}/{pairing_id}/{ward_id}", kind=kind, **about)


def tell(uow: UnitOfWork, kind: str, pairing_id: str, programme_id: str, mentor_ids: Iterable[str], ward_id: str) -> None:
    """Queues the message to her guardians; who has come of age, or is erased, has none."""
    ward = uow.get_many(PEOPLE, [ward_id]).get(ward_id)
    if ward and ward.is_minor(uow.now):
        about = Particulars(subject_id=pairing_id, programme_id=programme_id, ward_id=ward_id, mentor_ids=tuple(mentor_ids))
        queue(uow, kind, [guardian.id for guardian in guardians_of(uow, ward_id)], about)
