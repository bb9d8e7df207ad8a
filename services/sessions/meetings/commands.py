"""What people do with a session; each is one use case and the only way to change one."""

from collections.abc import Iterable
from datetime import datetime

from chassis.data_rights import require_not_forgotten
from chassis.unit_of_work import UnitOfWork
from sessions.checklists.model import CURRENT
from sessions.diaries import repository as diaries
from sessions.diaries.repository import DIARIES
from sessions.meetings.model import ENDED, PAUSED, Meeting
from sessions.meetings.repository import MEETINGS, of_pairing
from sessions.silences import commands as silences


def move(uow: UnitOfWork, meeting_id: str, starts_at: datetime, ends_at: datetime, *, by: str) -> Meeting:
    """Chooses the first or another time."""
    meeting = uow.get(MEETINGS, meeting_id)
    changed = meeting.move(starts_at, ends_at, by=by, now=uow.now)
    if changed is not None:
        uow.emit(meeting, changed)
        for diary in diaries.of(uow, meeting.mentor_id, meeting.mentee_id):
            diary.write(meeting.id, starts_at, ends_at, uow.now)
    return meeting


def confirm_checklist(uow: UnitOfWork, meeting_id: str, version: int, items: Iterable[str], *, by: str) -> Meeting:
    """The mentor confirms every item of the present checklist."""
    meeting = uow.get(MEETINGS, meeting_id)
    CURRENT.require_all(version, items)
    uow.emit(meeting, meeting.confirm_checklist(version, by=by, now=uow.now))
    return meeting


def hold(uow: UnitOfWork, meeting_id: str, held_at: datetime | None, *, by: str) -> Meeting:
    """It took place."""
    meeting = uow.get(MEETINGS, meeting_id)
    held = meeting.hold(held_at, by=by, now=uow.now)
    uow.emit(meeting, held)
    silences.break_silence(uow, meeting.pairing_id, held.held_at)
    return meeting


def miss(uow: UnitOfWork, meeting_id: str, *, by: str) -> Meeting:
    """It did not take place."""
    meeting = uow.get(MEETINGS, meeting_id)
    meeting.miss(by=by, now=uow.now)
    return meeting


def write_debrief(uow: UnitOfWork, meeting_id: str, important: str, challenge: str, tackled: str, *, by: str) -> Meeting:
    """One side answers the three questions."""
    require_not_forgotten(uow, by)
    meeting = uow.get(MEETINGS, meeting_id)
    uow.emit(meeting, meeting.write_debrief(important.strip(), challenge.strip(), tackled.strip(), by=by, now=uow.now))
    return meeting


def pause(uow: UnitOfWork, pairing_id: str) -> None:
    """The pairing must not meet for now: its sessions keep their times, but cannot be held or moved."""
    for meeting in of_pairing(uow, pairing_id):
        meeting.stop(PAUSED)


def resume(uow: UnitOfWork, pairing_id: str) -> None:
    """The pairing goes on."""
    for meeting in of_pairing(uow, pairing_id):
        meeting.go_on()


def close(uow: UnitOfWork, pairing_id: str) -> None:
    """The pairing is over: its sessions to come are off, and the time that they took is free again."""
    for meeting in of_pairing(uow, pairing_id):
        meeting.stop(ENDED)
        for diary in uow.get_many(DIARIES, [meeting.mentor_id, meeting.mentee_id]).values():
            diary.strike(meeting.id)
