"""Who may do what in `notifications`: endpoint → policy. A route without a row here does not start."""

from typing import Any

from chassis.auth import Principal
from chassis.errors import NotFound
from chassis.policies import any_of, signed_in
from chassis.unit_of_work import UnitOfWork
from notifications.messages.repository import MESSAGES

staff = any_of("administrator", "coordinator")


def own_message(who: Principal, read: UnitOfWork, message_id: str, **_: Any) -> bool:
    """Only the person to whom the message went; nobody else is told that there is one, since its id can be worked out."""
    if read.get(MESSAGES, message_id).recipient_id != who.id:
        raise NotFound("message")
    return True


def runs_programme(who: Principal, read: UnitOfWork, programme_id: str, **_: Any) -> bool:
    """Administrators, and coordinators of this programme."""
    return who.has("administrator") or (who.has("coordinator") and programme_id in who.programmes)


POLICIES = {
    "messages.index": signed_in,
    "messages.show": own_message,
    "messages_pages.index": signed_in,
    "reports.index": staff,
    "reports.show": runs_programme,
    "reports.download": runs_programme,
    "reports_pages.index": staff,
    "reports_pages.show": runs_programme,
    "reports_pages.download": runs_programme,
}
