"""Counts the days since a pairing last met: from its start, anew after every held session; the clock tells when they are too many."""

from datetime import datetime

from chassis.unit_of_work import UnitOfWork
from sessions.silences.model import Silence
from sessions.silences.repository import SILENCES, of_pairing

NOTICE = "notice-silence"


def begin(uow: UnitOfWork, pairing_id: str, programme_id: str, mentor_ids: tuple[str, ...], mentee_ids: tuple[str, ...]) -> None:
    """A pairing became active: from now on it is waited for."""
    if of_pairing(uow, pairing_id) is None:
        silence = Silence(pairing_id, programme_id, uow.now, mentor_ids=mentor_ids, mentee_ids=mentee_ids)
        _wait(uow, uow.add(SILENCES, silence))


def break_silence(uow: UnitOfWork, pairing_id: str, at: datetime) -> None:
    """A session took place."""
    silence = of_pairing(uow, pairing_id)
    if silence is not None:
        silence.met(at)
        _wait(uow, silence)


def notice(uow: UnitOfWork, pairing_id: str) -> None:
    """The time is over; the clock's command, harmless when they met meanwhile."""
    silence = of_pairing(uow, pairing_id)
    if silence is not None:
        uow.emit(silence, silence.notice(uow.now))


def forget(uow: UnitOfWork, pairing_id: str, person_id: str) -> None:
    """Somebody is erased: the others of a group are still waited for, unless a side has nobody left; the other of two no more."""
    silence = of_pairing(uow, pairing_id)
    if silence is not None:
        silence.lose(person_id)
    if silence is None or silence.is_over:
        uow.unschedule(_key(pairing_id))
        uow.delete(SILENCES, pairing_id)


def _wait(uow: UnitOfWork, silence: Silence) -> None:
    uow.schedule(NOTICE, silence.due_at, _key(silence.id), pairing_id=silence.id)


def _key(pairing_id: str) -> str:
    return f"{NOTICE}:{pairing_id}"
