"""What can be done with a pairing that runs: pause, go on, end, close; and what a session or a long silence means for it."""

from datetime import datetime

from chassis.errors import Forbidden, Refused
from chassis.unit_of_work import UnitOfWork
from contracts.pairing import PairingPaused
from pairing.change_requests import commands as change_requests
from pairing.pairings import safeguarding
from pairing.pairings.model import CLOSED, CLOSING, OPEN, PAUSED, PLANNED, RUNNING, SAFEGUARDING, Pairing
from pairing.pairings.rematching import match_again
from pairing.pairings.repository import PAIRINGS, taken_in
from pairing.people.repository import PEOPLE
from pairing.programmes.repository import PROGRAMMES

LAPSE, CLOSE = "lapse-proposal", "close-pairing"
CONCERN = "concern"
"""Why somebody of staff pauses a pairing for safeguarding: only a safeguarding lead lets it go on."""


def pause(uow: UnitOfWork, pairing_id: str, reason: str, by: str = "") -> Pairing:
    """It must not go on for now, for this reason too; raises Refused unless it runs or is paused."""
    pairing = uow.get(PAIRINGS, pairing_id)
    _tell_pause(uow, pairing, pairing.pause(reason), by)
    return pairing


def forbid(uow: UnitOfWork, pairing: Pairing, reason: str) -> None:
    """A rule of safeguarding forbids them to meet; known reasons are passed over. Raises Refused unless it runs, is paused or closing."""
    _tell_pause(uow, pairing, pairing.forbid(reason), "")


def resume(uow: UnitOfWork, pairing_id: str, by: str, *, as_lead: bool = False) -> Pairing:
    """It goes on; raises Refused while a rule of safeguarding stands against it, Forbidden where only a safeguarding lead may decide.

    Nobody decides that about a pairing of their own.
    """
    pairing = uow.get(PAIRINGS, pairing_id)
    if by in pairing.members:
        raise Forbidden("own-pairing", "Nobody lets a pairing go on that they are part of. Ask another coordinator or safeguarding lead.")
    programme = uow.get(PROGRAMMES, pairing.programme_id)
    if pairing.state == PAUSED:
        if CONCERN in pairing.paused_for and not as_lead:
            raise Forbidden("for-safeguarding-lead", "It is paused for a concern: only a safeguarding lead can let it go on. Talk to one.")
        _check_without_substitute(uow, pairing)
        people, day = uow.get_many(PEOPLE, pairing.members), safeguarding.today(programme, uow.now)
        safeguarding.check_meanwhile(pairing, people, safeguarding.meanwhile(programme, day))
    uow.emit(pairing, pairing.resume())
    pairing.course.note("resumed", uow.now, by=by)
    return pairing


def end(uow: UnitOfWork, pairing_id: str, ending: str, by: str = "") -> Pairing:
    """It comes to its end: time to look back, or with SAFEGUARDING at once. Raises Refused where that cannot be. Requests are settled."""
    pairing = uow.get(PAIRINGS, pairing_id)
    happened = pairing.end(ending, uow.now)
    uow.emit(pairing, happened)
    pairing.course.note("closed" if pairing.state == CLOSED else "closing", uow.now, by=by, about=ending)
    pairing.course.break_silence()
    change_requests.settle(uow, pairing_id, by)
    uow.unschedule(f"{LAPSE}:{pairing_id}")
    if pairing.closes_at and pairing.state != CLOSED:
        uow.schedule(CLOSE, pairing.closes_at, _close_key(pairing_id), pairing_id=pairing_id)
    else:
        uow.unschedule(_close_key(pairing_id))
    if ending != PLANNED:
        match_again(uow, pairing.programme_id)
    return pairing


def stop(uow: UnitOfWork, pairing_id: str, by: str = "") -> Pairing:
    """Safeguarding closes it at once; raises Refused when it is over already."""
    return end(uow, pairing_id, SAFEGUARDING, by)


def close(uow: UnitOfWork, pairing_id: str) -> None:
    """The time to look back is over; the clock's command, harmless before and after."""
    pairing = uow.get(PAIRINGS, pairing_id)
    if pairing.closes_at and uow.now >= pairing.closes_at:
        finish(uow, pairing)


def close_now(uow: UnitOfWork, pairing_id: str, by: str) -> Pairing:
    """Its coordinator does not wait until all have looked back, which they still can; raises Refused unless it is closing."""
    pairing = uow.get(PAIRINGS, pairing_id)
    if pairing.state != CLOSING:
        raise Refused("pairing-not-closing", "Only a pairing that comes to its end can be closed. End it first.")
    finish(uow, pairing, by)
    return pairing


def finish(uow: UnitOfWork, pairing: Pairing, by: str = "") -> None:
    """It is over; nothing happens unless it is closing."""
    happened = pairing.close(uow.now)
    if happened:
        pairing.course.note("closed", uow.now, by=by, about=pairing.ending)
        uow.emit(pairing, happened)
        uow.unschedule(_close_key(pairing.id))
        if pairing.ending != PLANNED:
            match_again(uow, pairing.programme_id)


def hold(uow: UnitOfWork, pairing_id: str, held_at: datetime) -> None:
    """A session took place: the first makes the pairing active, every one counts and ends a silence. Unknown pairings are passed over."""
    pairing = uow.find_one(PAIRINGS, {"_id": pairing_id})
    if pairing:
        if not pairing.course.sessions_held:
            pairing.course.note("begun", held_at)
        pairing.begin(uow.now)
        pairing.course.hold(held_at)


def fall_silent(uow: UnitOfWork, pairing_id: str, since: datetime) -> None:
    """For long no session was held: the coordinator is asked to talk about an ending, unless it does not run or one was held after all."""
    pairing = uow.find_one(PAIRINGS, {"_id": pairing_id})
    if pairing and pairing.state in RUNNING and pairing.course.fall_silent(since, uow.now):
        pairing.course.note("silent", uow.now)


def go_on(uow: UnitOfWork, pairing_id: str, by: str) -> Pairing:
    """The coordinator talked with them and they go on: no silence, no request is open any more. Raises Refused while it is paused."""
    pairing = uow.get(PAIRINGS, pairing_id)
    if pairing.state == PAUSED:
        raise Refused("pairing-paused", "This pairing is paused. Let it go on first, or end it.")
    answered = change_requests.answer(uow, pairing_id, by)
    if pairing.state in OPEN and (pairing.course.ending_proposed_at or answered):
        pairing.course.break_silence()
        pairing.course.note("talked", uow.now, by=by)
    return pairing


def _check_without_substitute(uow: UnitOfWork, pairing: Pairing) -> None:
    others = (other for other in taken_in(uow, pairing.programme_id) if other.id != pairing.id and not other.is_group)
    if any(not set(other.mentee_ids).isdisjoint(pairing.mentee_ids) for other in others):
        raise Refused(
            "pairing-has-substitute",
            "The mentee has another mentor or an open proposal meanwhile. End that first, then let this pairing go on.",
        )


def _tell_pause(uow: UnitOfWork, pairing: Pairing, happened: PairingPaused | None, by: str) -> None:
    if happened:
        pairing.course.note("paused", uow.now, by=by, about=happened.reason)
        uow.emit(pairing, happened)


def _close_key(pairing_id: str) -> str:
    return f"{CLOSE}:{pairing_id}"
