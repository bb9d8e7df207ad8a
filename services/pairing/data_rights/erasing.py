"""Asking for an erasure, taking it back, carrying it out through every service: the only writer of erasures."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from chassis.errors import Forbidden, Refused
from chassis.unit_of_work import UnitOfWork
from contracts.data_rights import Erased
from pairing.accounts.model import STAFF
from pairing.data_rights import forgetting, letters, repository
from pairing.data_rights.erasure import ASKED, NO_WARD, RETENTION, TIME_TO_THINK, WAITING, Answer, Erasure
from pairing.data_rights.repository import ERASURES
from pairing.people.forgetting import GUARDIAN, left_alone
from pairing.people.model import Person
from pairing.people.repository import PEOPLE
from pairing.programmes.repository import of_ids

CARRY_OUT, MAIL_ASKED = "carry-out-erasure", "mail-erasure-asked"
NEXT_TRY = timedelta(minutes=15)


def ask_for_erasure(uow: UnitOfWork, person_id: str, *, by: str, at_once: bool = False) -> Erasure:
    """Has a person erased in three days, or at once when she herself asks so; asking again changes nothing but makes it at once.

    Raises Forbidden when somebody else wants it at once, Refused for staff in office.
    """
    person = uow.get(PEOPLE, person_id)
    _require_not_in_office(person)
    if at_once and by != person_id:
        raise Forbidden(
            "erasure-not-at-once",
            "Only the person whose data it is can have it done at once. Leave that out; then it takes three days.",
        )
    erasure = repository.open_erasure(uow, person_id) or _begin(uow, person, by, ASKED)
    if at_once and erasure.state == WAITING:
        erasure.due_at = uow.now
    _plan(uow, erasure)
    return erasure


def erase_after_retention(uow: UnitOfWork, person: Person) -> None:
    """The time for which a person's data is kept is over: she is told, and erased three days later."""
    if repository.open_erasure(uow, person.id) is None:
        _plan(uow, _begin(uow, person, "", RETENTION))


def _let_go(uow: UnitOfWork, guardian: Person) -> None:
    """Who was here as a guardian only, and has no ward left, is needed no more (GDPR, Art. 5(1)(e)): she is told, and erased later."""
    if repository.open_erasure(uow, guardian.id) is None:
        _plan(uow, _begin(uow, guardian, "", NO_WARD))


def _begin(uow: UnitOfWork, person: Person, by: str, because: str) -> Erasure:
    return uow.add(
        ERASURES,
        Erasure(
            id=uow.new_id(),
            person_id=person.id,
            asked_by=by,
            because=because,
            programme_ids=person.programme_ids,
            asked_at=uow.now,
            due_at=uow.now + TIME_TO_THINK,
        ),
    )


def _plan(uow: UnitOfWork, erasure: Erasure) -> None:
    if erasure.state != WAITING:
        return
    uow.schedule(CARRY_OUT, erasure.due_at, _key(erasure.id), erasure_id=erasure.id)
    if erasure.due_at > uow.now:
        uow.schedule(MAIL_ASKED, uow.now, f"{MAIL_ASKED}:{erasure.id}", erasure_id=erasure.id)


def _require_not_in_office(person: Person) -> None:
    if not STAFF.isdisjoint(person.roles):
        raise Refused(
            "erasure-of-staff",
            "This person works here, so others could no longer be looked after. Hand the work over and have the role taken away first.",
        )


def withdraw(uow: UnitOfWork, erasure_id: str) -> Erasure:
    """Takes an erasure back; raises Refused when it has begun. Again is fine."""
    erasure = uow.get(ERASURES, erasure_id)
    erasure.withdraw(uow.now)
    uow.unschedule(_key(erasure_id))
    return erasure


def tell_and_try(read: UnitOfWork, erasure_id: str) -> bool:
    """The effect before an erasure is carried out: the mail with the certificate. False when the mail server should be asked again."""
    erasure = read.find_one(ERASURES, {"_id": erasure_id})
    if erasure is None or erasure.state != WAITING or still_needed(read, erasure):
        return True
    return letters.mail_certificate(read, erasure)


def carry_out(uow: UnitOfWork, outcome: bool, erasure_id: str) -> None:
    """Erases the person here and asks all services to, in one transaction; the clock's command. Nothing when it was taken back."""
    erasure = uow.find_one(ERASURES, {"_id": erasure_id})
    if erasure is None or erasure.state != WAITING:
        return
    if still_needed(uow, erasure):
        erasure.drop(uow.now)
        return
    if not outcome:
        uow.schedule(CARRY_OUT, uow.now + NEXT_TRY, _key(erasure_id), erasure_id=erasure_id)
        return
    person = uow.get_many(PEOPLE, [erasure.person_id]).get(erasure.person_id)
    alone = left_alone(uow, person.id) if person else []
    counts = forgetting.forget(uow, person) if person else {}
    for guardian in alone:
        _let_go(uow, guardian)
    erased = tuple(Erased(kind=kind, number=number) for kind, number in sorted(counts.items()) if number)
    uow.emit(erasure, erasure.begin(Answer(erased, forgetting.KEPT, uow.now), uow.now))


def still_needed(read: UnitOfWork, erasure: Erasure) -> bool:
    """Whether somebody is needed again by now: her time was over and she takes part anew, or she has a ward again."""
    person = read.get_many(PEOPLE, [erasure.person_id]).get(erasure.person_id)
    if erasure.because == ASKED or person is None:
        return False
    if erasure.because == NO_WARD:
        return bool(person.ward_ids) or person.roles != GUARDIAN
    return bool(running(read, person))


def running(read: UnitOfWork, person: Person) -> list[str]:
    """The programmes whose time is not over in which this person is, or one of her wards."""
    wards = read.get_many(PEOPLE, person.ward_ids).values()
    programmes = of_ids(read, {id for each in (person, *wards) for id in each.programme_ids})
    return [programme.id for programme in programmes if programme.erases_on > read.now.date()]


def hear_answer(service: str) -> Callable[[UnitOfWork, Any], None]:
    """A handler for what this service erased; whenever it comes, it counts."""

    def hear(uow: UnitOfWork, event: Any) -> None:
        erasure = uow.find_one(ERASURES, {"_id": event.erasure_id})
        if erasure is not None:
            erasure.hear(service, event.erased, event.kept, uow.now)

    return hear


def _key(erasure_id: str) -> str:
    return f"{CARRY_OUT}:{erasure_id}"
