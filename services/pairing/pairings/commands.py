"""What can be done with a proposal: propose, accept, decline; the clock lets unanswered ones lapse. What follows is in `life`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product
from typing import Any

from chassis.errors import Invalid
from chassis.unit_of_work import UnitOfWork
from pairing.pairings import life, safeguarding, watching
from pairing.pairings.chooser import choose_format, suggest
from pairing.pairings.life import LAPSE
from pairing.pairings.model import ACCEPTED, NO_FAULT, PAUSED, PROPOSED, RUNNING, Pairing, Window
from pairing.pairings.rematching import match_again
from pairing.pairings.repository import PAIRINGS
from pairing.pairings.safeguarding import today
from pairing.people.choices import MODELS
from pairing.people.model import Person
from pairing.people.repository import PEOPLE, hold_people
from pairing.programmes.model import Programme
from pairing.programmes.repository import PROGRAMMES
from ui.language import mark

NOT_ALLOWED = mark("Choose at least one of the ways of working that the programme allows.")


@dataclass(frozen=True, kw_only=True)
class Fit:
    """What a match run found about two people."""

    run_id: str
    score: float
    free_together: tuple[Window, ...] = ()


def propose(uow: UnitOfWork, programme: Programme, mentor: Person, mentee: Person, fit: Fit) -> Pairing:
    """Proposes two people to each other; raises Refused when safeguarding forbids it. The clock waits for their answers."""
    safeguarding.check(mentor, mentee, safeguarding.beforehand(programme, today(programme, uow.now)))
    same_place = bool(mentor.city) and (mentor.country, mentor.city.casefold()) == (mentee.country, mentee.city.casefold())
    pairing = Pairing(
        id=uow.new_id(),
        programme_id=programme.id,
        run_id=fit.run_id,
        mentor_ids=(mentor.id,),
        mentee_ids=(mentee.id,),
        models=_models(programme, mentor, mentee),
        format=choose_format(mentor.format, mentee.format, same_place=same_place),
        proposed_at=uow.now,
        respond_by=uow.now + timedelta(days=programme.respond_within_days),
        fit=fit.score,
        interests=tuple(word for word in mentee.interests if word in mentor.expertise),
        languages=tuple(word for word in mentee.languages if word in mentor.languages),
        free_together=fit.free_together,
    )
    hold_people(uow, pairing.members)
    uow.emit(pairing, pairing.proposed())
    uow.schedule(LAPSE, pairing.respond_by, _lapse_key(pairing.id), pairing_id=pairing.id)
    return uow.add(PAIRINGS, pairing)


def choose_models(uow: UnitOfWork, pairing_id: str, models: Iterable[str]) -> Pairing:
    """The coordinator decides how they work, in one way or several; raises Refused when it is agreed, Invalid for what is not allowed."""
    pairing, chosen = uow.get(PAIRINGS, pairing_id), tuple(dict.fromkeys(models))
    allowed = uow.get(PROGRAMMES, pairing.programme_id).models or MODELS
    if not chosen or not set(chosen) <= set(allowed):
        raise Invalid({"models": [NOT_ALLOWED]}, NOT_ALLOWED)
    pairing.choose_models(chosen)
    return pairing


def accept(uow: UnitOfWork, pairing_id: str, by: str) -> Pairing:
    """One side says yes; raises Forbidden for others, Refused when it is too late, the programme ends or safeguarding forbids it."""
    pairing = uow.get(PAIRINGS, pairing_id)
    said_before = by in pairing.accepted
    happened = pairing.accept(by, uow.now)
    if not said_before:
        uow.get(PROGRAMMES, pairing.programme_id).check_before_closing()
        check_safeguarding(uow, pairing)
    uow.emit(pairing, happened)
    if happened:
        _settle(uow, pairing, by)
    return pairing


def decline(uow: UnitOfWork, pairing_id: str, by: str) -> Pairing:
    """One side says no; raises Forbidden for others, Refused when the proposal is no longer open."""
    pairing = uow.get(PAIRINGS, pairing_id)
    happened = _no(pairing, by, uow.now)
    uow.emit(pairing, *happened)
    if pairing.state != PROPOSED:
        _settle(uow, pairing, by)
    if any(happened):
        match_again(uow, pairing.programme_id)
    return pairing


def lapse(uow: UnitOfWork, pairing_id: str) -> None:
    """The time to answer is over; the clock's command, harmless when the answers came."""
    pairing = uow.get(PAIRINGS, pairing_id)
    happened = pairing.lapse(uow.now)
    uow.emit(pairing, happened)
    if happened:
        _settle(uow, pairing)
        match_again(uow, pairing.programme_id)


def leave(uow: UnitOfWork, pairing: Pairing, person_id: str) -> None:
    """One of them is erased: she leaves a proposal, a pairing that runs comes to its end, a group goes on while enough remain."""
    if pairing.state == PROPOSED:
        lapsed = pairing.lapse(uow.now)
        uow.emit(pairing, *((lapsed,) if lapsed else _no(pairing, person_id, uow.now)))
        _settle(uow, pairing, person_id)
        match_again(uow, pairing.programme_id)
    elif pairing.state in (*RUNNING, PAUSED) and pairing.goes_on_without(person_id):
        uow.emit(pairing, pairing.lose(person_id))
        pairing.course.note("left", uow.now, by=person_id)
        return
    elif pairing.state in (*RUNNING, PAUSED):
        life.end(uow, pairing.id, NO_FAULT)
    pairing.forget()


def check_safeguarding(uow: UnitOfWork, pairing: Pairing) -> None:
    """Passes, or raises Refused with the first rule that forbids one of its mentors to work with one of its mentees now."""
    programme, people = uow.get(PROGRAMMES, pairing.programme_id), {id: uow.get(PEOPLE, id) for id in pairing.members}
    terms = safeguarding.beforehand(programme, today(programme, uow.now))
    for mentor_id, mentee_id in product(pairing.mentor_ids, pairing.mentee_ids):
        safeguarding.check(people[mentor_id], people[mentee_id], terms)


def _models(programme: Programme, mentor: Person, mentee: Person) -> tuple[str, ...]:
    found = suggest(mentee.needs, mentee.experience_level, mentee.learning_style, mentor.models, programme.models)
    return tuple(suggestion.model for suggestion in found)


def _no(pairing: Pairing, by: str, now: datetime) -> tuple[Any, ...]:
    return pairing.leave(by, now) if pairing.is_group else (pairing.decline(by, now),)


def _settle(uow: UnitOfWork, pairing: Pairing, by: str = "") -> None:
    """The answers are in: the clock stops waiting for them, and watches over a pairing that begins."""
    uow.unschedule(_lapse_key(pairing.id))
    pairing.course.note(pairing.state, uow.now, by=by)
    if pairing.state == ACCEPTED:
        watching.begin(uow, pairing)


def _lapse_key(pairing_id: str) -> str:
    return f"{LAPSE}:{pairing_id}"
