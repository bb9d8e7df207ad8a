"""Looking back on a pairing that comes to its end; it is over when everybody has."""

from collections.abc import Mapping

from chassis.errors import Refused
from chassis.unit_of_work import UnitOfWork
from pairing.closures.model import LookBack
from pairing.closures.repository import CLOSURES, id_of, of_pairing, of_person
from pairing.pairings import life
from pairing.pairings import repository as pairings
from pairing.pairings.model import CLOSED, CLOSING, SAFEGUARDING, Pairing
from pairing.pairings.repository import PAIRINGS
from pairing.people.model import Person
from pairing.people.repository import PEOPLE, hold_people


def look_back(uow: UnitOfWork, pairing_id: str, by: str, answers: Mapping[str, str], *, shared: bool) -> LookBack:
    """One of a pairing writes or changes her answers; raises Forbidden for others, Refused when it is not the time, Invalid when empty.

    Raises NotFound for who is erased, also at this very moment. With the last of them who looks back, the pairing is closed.
    """
    pairing = uow.get(PAIRINGS, pairing_id)
    pairing.side_of(by)
    hold_people(uow, [uow.get(PEOPLE, by).id])
    require_open(uow, pairing)
    written = of_pairing(uow, pairing_id)
    mine = written.get(by) or LookBack(id=id_of(pairing_id, by), pairing_id=pairing_id, programme_id=pairing.programme_id, person_id=by)
    mine.write(answers, uow.now, shared=shared)
    if by not in written:
        uow.add(CLOSURES, mine)
        pairing.course.note("looked-back", uow.now, by=by)
    if {*written, by}.issuperset(pairing.members):
        life.finish(uow, pairing)
    return mine


def forget(uow: UnitOfWork, person: Person) -> int:
    """Deletes what an erased person wrote, and strikes her names out of what others wrote on her pairings; gives how many she wrote.

    The others' words, shared or not, are theirs: their own memories of the time, which they may keep without saying with whom.
    """
    written, strike = of_person(uow, person.id), person.strike
    for pairing in pairings.of_person(uow, person.id, limit=0):
        for other in of_pairing(uow, pairing.id).values():
            other.strike(strike)
    for own in written:
        uow.delete(CLOSURES, own.id)
    return len(written)


def is_open(uow: UnitOfWork, pairing: Pairing) -> bool:
    """Whether its people can look back now: while it is closing, and until the same day also after it has closed."""
    ended = pairing.state == CLOSED and pairing.ending != SAFEGUARDING
    return (pairing.state == CLOSING or ended) and pairing.closes_at is not None and uow.now < pairing.closes_at


def require_open(uow: UnitOfWork, pairing: Pairing) -> None:
    """Raises Refused when its people cannot look back now."""
    if not is_open(uow, pairing):
        raise Refused("closure-not-open", "This is not the time to look back on this pairing. Look at its state first.")
