"""What can be done with a pairing: propose, accept, decline; the clock lets unanswered proposals lapse."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from chassis.unit_of_work import UnitOfWork
from pairing.pairings import safeguarding
from pairing.pairings.chooser import choose_format, choose_model
from pairing.pairings.model import PROPOSED, Pairing, Window
from pairing.pairings.repository import PAIRINGS
from pairing.people.model import Person
from pairing.people.repository import PEOPLE
from pairing.programmes.model import Programme
from pairing.programmes.repository import PROGRAMMES

LAPSE = "lapse-proposal"


@dataclass(frozen=True, kw_only=True)
class Fit:
    """What a match run found about two people."""

    run_id: str
    score: float
    free_together: tuple[Window, ...] = ()


def propose(uow: UnitOfWork, programme: Programme, mentor: Person, mentee: Person, fit: Fit) -> Pairing:
    """Proposes two people to each other; raises Refused when safeguarding forbids it. The clock waits for their answers."""
    safeguarding.check(mentor, mentee, programme.ends_on, today(programme, uow.now))
    same_place = bool(mentor.city) and (mentor.country, mentor.city.casefold()) == (mentee.country, mentee.city.casefold())
    pairing = Pairing(
        id=uow.new_id(),
        programme_id=programme.id,
        run_id=fit.run_id,
        mentor_id=mentor.id,
        mentee_id=mentee.id,
        model=choose_model(mentee.needs, mentor.models),
        format=choose_format(mentor.format, mentee.format, same_place=same_place),
        proposed_at=uow.now,
        respond_by=uow.now + timedelta(days=programme.respond_within_days),
        fit=fit.score,
        interests=tuple(word for word in mentee.interests if word in mentor.expertise),
        languages=tuple(word for word in mentee.languages if word in mentor.languages),
        free_together=fit.free_together,
    )
    uow.emit(pairing, pairing.proposed())
    uow.schedule(LAPSE, pairing.respond_by, _lapse_key(pairing.id), pairing_id=pairing.id)
    return uow.add(PAIRINGS, pairing)


def accept(uow: UnitOfWork, pairing_id: str, by: str) -> Pairing:
    """One side says yes; raises Forbidden for others, Refused when it is too late or safeguarding forbids it meanwhile."""
    pairing = uow.get(PAIRINGS, pairing_id)
    said_before = pairing.accepted_at(pairing.side_of(by))
    happened = pairing.accept(by, uow.now)
    if not said_before:
        _check_safeguarding(uow, pairing)
    uow.emit(pairing, happened)
    if happened:
        uow.unschedule(_lapse_key(pairing.id))
    return pairing


def decline(uow: UnitOfWork, pairing_id: str, by: str) -> Pairing:
    """One side says no; raises Forbidden for others, Refused when the proposal is no longer open."""
    pairing = uow.get(PAIRINGS, pairing_id)
    uow.emit(pairing, pairing.decline(by, uow.now))
    uow.unschedule(_lapse_key(pairing.id))
    return pairing


def lapse(uow: UnitOfWork, pairing_id: str) -> None:
    """The time to answer is over; the clock's command, harmless when the answers came."""
    pairing = uow.get(PAIRINGS, pairing_id)
    uow.emit(pairing, pairing.lapse(uow.now))


def leave(uow: UnitOfWork, pairing: Pairing, person_id: str) -> None:
    """One side is erased: a proposal ends like any that is declined or not answered, and what the two shared goes."""
    if pairing.state == PROPOSED:
        uow.emit(pairing, pairing.lapse(uow.now) or pairing.decline(person_id, uow.now))
        uow.unschedule(_lapse_key(pairing.id))
    pairing.forget()


def today(programme: Programme, now: datetime) -> date:
    """The calendar day where the programme is: ages and expiry dates are judged by it."""
    return now.astimezone(ZoneInfo(programme.time_zone)).date()


def _check_safeguarding(uow: UnitOfWork, pairing: Pairing) -> None:
    programme = uow.get(PROGRAMMES, pairing.programme_id)
    mentor, mentee = uow.get(PEOPLE, pairing.mentor_id), uow.get(PEOPLE, pairing.mentee_id)
    safeguarding.check(mentor, mentee, programme.ends_on, today(programme, uow.now))


def _lapse_key(pairing_id: str) -> str:
    return f"{LAPSE}:{pairing_id}"
