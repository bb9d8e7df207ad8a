"""Who may do what in `sessions`: endpoint → policy. A route without a row here does not start."""

from typing import Any

from chassis.auth import Principal
from chassis.policies import any_of, audited, either, signed_in
from chassis.unit_of_work import UnitOfWork
from sessions.meetings.repository import MEETINGS


def side(who: Principal, read: UnitOfWork, *, meeting_id: str, **_: Any) -> bool:
    """The mentor and the mentee of this session."""
    meeting = read.get(MEETINGS, meeting_id)
    return who.id in (meeting.mentor_id, meeting.mentee_id)


def mentor(who: Principal, read: UnitOfWork, *, meeting_id: str, **_: Any) -> bool:
    """The mentor of this session."""
    return who.id == read.get(MEETINGS, meeting_id).mentor_id


def coordinator(who: Principal, read: UnitOfWork, *, meeting_id: str, **_: Any) -> bool:
    """Coordinators of the session's programme."""
    return who.has("coordinator") and read.get(MEETINGS, meeting_id).programme_id in who.programmes


def coordinator_of(who: Principal, read: UnitOfWork, *, programme_id: str, **_: Any) -> bool:
    """Coordinators of this programme."""
    return who.has("coordinator") and programme_id in who.programmes


reader = either(side, audited(coordinator))
mover = either(side, coordinator)

POLICIES = {
    "checklists.current": signed_in,
    "meetings.index": signed_in,
    "meetings.show": reader,
    "meetings.move": mover,
    "meetings.confirm_checklist": mentor,
    "meetings.hold": side,
    "meetings.miss": side,
    "meetings.write_debrief": side,
    "meetings_pages.index": any_of("mentor", "mentee", "guardian", "coordinator", "administrator"),
    "wards_pages.index": any_of("guardian"),
    "wards.schedule": any_of("guardian"),
    "meetings_pages.show": reader,
    "meetings_pages.calendar": side,
    "meetings_pages.move": mover,
    "meetings_pages.confirm_checklist": mentor,
    "meetings_pages.hold": side,
    "meetings_pages.miss": side,
    "meetings_pages.write_debrief": side,
    "programmes_pages.index": any_of("coordinator", "administrator"),
    "programmes_pages.show": audited(coordinator_of),
}
