"""Who may do what in `feedback`: endpoint → policy. A route without a row here does not start."""

from typing import Any

from chassis.auth import Principal
from chassis.policies import any_of, either, public, signed_in
from chassis.unit_of_work import UnitOfWork
from feedback.people.repository import is_mentee_in
from feedback.rounds.repository import ROUNDS


def asked(who: Principal, read: UnitOfWork, *, round_id: str, **_: Any) -> bool:
    """The mentees of the round's programme."""
    return is_mentee_in(read, who.id, read.get(ROUNDS, round_id).programme_id)


def coordinator(who: Principal, read: UnitOfWork, *, round_id: str, **_: Any) -> bool:
    """Coordinators of the round's programme."""
    return who.has("coordinator") and read.get(ROUNDS, round_id).programme_id in who.programmes


POLICIES = {
    "rounds.index": signed_in,
    "rounds.show": either(asked, coordinator),
    "rounds.open_round": any_of("coordinator"),
    "rounds.answer": asked,
    "rounds.close": coordinator,
    "rounds_pages.index": signed_in,
    "rounds_pages.open_round": any_of("coordinator"),
    "rounds_pages.show": either(asked, coordinator),
    "rounds_pages.answer": asked,
    "rounds_pages.close": coordinator,
    "rounds_pages.who_sees_what": public,
}
