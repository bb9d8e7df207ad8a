"""Asking for a change, and answering or settling it."""

from chassis.errors import Refused
from chassis.unit_of_work import UnitOfWork
from pairing.change_requests.model import ChangeRequest
from pairing.change_requests.repository import CHANGE_REQUESTS, id_of, of, of_pairing, of_person, open_of
from pairing.pairings import repository as pairings
from pairing.pairings.model import PAUSED, RUNNING
from pairing.pairings.repository import PAIRINGS
from pairing.people.model import Person


def ask(uow: UnitOfWork, pairing_id: str, by: str, words: str = "") -> ChangeRequest:
    """One of a pairing asks her coordinator for somebody else; raises Forbidden for others, Refused unless it runs or is paused."""
    pairing = uow.get(PAIRINGS, pairing_id)
    pairing.side_of(by)
    if pairing.state not in (*RUNNING, PAUSED):
        raise Refused("pairing-not-running", "This pairing does not run now: that cannot be done with it. Look at its state first.")
    pairings.hold(uow, [pairing])
    request = of(uow, pairing_id, by)
    if request is None:
        fresh = ChangeRequest(
            id=id_of(pairing_id, by),
            pairing_id=pairing_id,
            programme_id=pairing.programme_id,
            person_id=by,
            words=words,
            asked_at=uow.now,
        )
        uow.emit(fresh, fresh.requested(pairing.members))
        return uow.add(CHANGE_REQUESTS, fresh)
    uow.emit(request, request.ask(words, uow.now, pairing.members))
    return request


def answer(uow: UnitOfWork, pairing_id: str, by: str) -> int:
    """A coordinator talked with those who asked, and they go on; gives how many requests were open."""
    waiting = open_of(uow, pairing_id)
    for request in waiting:
        uow.emit(request, request.settle(by, uow.now))
    return len(waiting)


def settle(uow: UnitOfWork, pairing_id: str, by: str) -> None:
    """The pairing ends, of which its people hear anyway: nothing is asked of anybody any more."""
    for request in open_of(uow, pairing_id):
        request.settle(by, uow.now)


def forget(uow: UnitOfWork, person: Person) -> int:
    """Deletes what an erased person asked for, and strikes her names out of what others asked in her pairings; gives how many were hers."""
    asked, strike = of_person(uow, person.id), person.strike
    for pairing in pairings.of_person(uow, person.id, limit=0):
        for other in of_pairing(uow, pairing.id):
            other.strike(strike)
    for own in asked:
        uow.delete(CHANGE_REQUESTS, own.id)
    return len(asked)
