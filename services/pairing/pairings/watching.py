"""Watches running pairings: what lapses pauses them at once, and the end of the programme is their planned end."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from chassis.unit_of_work import UnitOfWork
from pairing.pairings import life, repository, safeguarding
from pairing.pairings.model import CLOSING, PAUSED, PLANNED, RUNNING, Pairing
from pairing.pairings.repository import PAIRINGS
from pairing.people.repository import PEOPLE
from pairing.programmes.model import Programme
from pairing.programmes.repository import PROGRAMMES

WATCH = "watch-pairing"
WATCHED = (*RUNNING, PAUSED, CLOSING)


def reconsider(uow: UnitOfWork, *person_ids: str) -> None:
    """Judges all running pairings of these people again; to be called when something changes that the gate reads of them."""
    _reconsider(uow, repository.open_of_people(uow, person_ids) if person_ids else [])


def reconsider_programme(uow: UnitOfWork, programme_id: str) -> None:
    """Looks again at all pairings of a programme; to be called when its last day, its time zone or its country changes."""
    _reconsider(uow, repository.open_in(uow, programme_id))


def begin(uow: UnitOfWork, pairing: Pairing) -> None:
    """It begins: what does not last until the programme ends pauses it at once, as with a group whose last answer was a no."""
    programme = uow.get(PROGRAMMES, pairing.programme_id)
    _judge(uow, pairing, safeguarding.beforehand(programme, safeguarding.today(programme, uow.now)))
    plan(uow, pairing, programme)


def watch(uow: UnitOfWork, pairing_id: str) -> None:
    """Judges a pairing as of now, and plans when to look next; the clock's command, harmless at any time and as often as one likes."""
    pairing = uow.find_one(PAIRINGS, {"_id": pairing_id})
    if pairing is None or pairing.state not in WATCHED:
        uow.unschedule(_key(pairing_id))
    else:
        _look(uow, [pairing])


def plan(uow: UnitOfWork, pairing: Pairing, programme: Programme) -> None:
    """Has the clock look at it on the day after the first paper expires or the programme ends, as that day begins in its time zone."""
    day = safeguarding.today(programme, uow.now)
    after_the_end = programme.ends_on + timedelta(days=1)
    lapse = safeguarding.lapses_on(pairing, uow.get_many(PEOPLE, pairing.members), day)
    coming = [each for each in (lapse, after_the_end) if each and each > day]
    if coming and pairing.state in WATCHED:
        uow.schedule(WATCH, begin_of(min(coming), programme.time_zone), _key(pairing.id), pairing_id=pairing.id)
    else:
        uow.unschedule(_key(pairing.id))


def begin_of(day: date, time_zone: str) -> datetime:
    """The moment at which a day begins in a zone."""
    return datetime.combine(day, time(), ZoneInfo(time_zone))


def _reconsider(uow: UnitOfWork, pairings: Sequence[Pairing]) -> None:
    """Whoever answers a proposal or lets a pairing go on at the same moment does so with the new facts, or comes before them."""
    if pairings:
        repository.hold(uow, pairings)
    _look(uow, pairings)


def _look(uow: UnitOfWork, pairings: Sequence[Pairing]) -> None:
    """Judges those that run, with everybody in them read at once."""
    running = [pairing for pairing in pairings if pairing.state in WATCHED]
    uow.get_many(PEOPLE, {id for pairing in running for id in pairing.members})
    for pairing in running:
        programme = uow.get(PROGRAMMES, pairing.programme_id)
        day = safeguarding.today(programme, uow.now)
        if pairing.state != CLOSING and day > programme.ends_on:
            life.end(uow, pairing.id, PLANNED)
        _judge(uow, pairing, safeguarding.meanwhile(programme, day))
        plan(uow, pairing, programme)


def _judge(uow: UnitOfWork, pairing: Pairing, terms: safeguarding.Terms) -> None:
    """Each rule that forbids them to meet pauses the pairing, or keeps one that comes to its end from meeting once more."""
    found = safeguarding.between(pairing, uow.get_many(PEOPLE, pairing.members), terms)
    for code in dict.fromkeys(breach.code for breach in found):
        life.forbid(uow, pairing, code)


def _key(pairing_id: str) -> str:
    return f"{WATCH}:{pairing_id}"
