"""What is done with an agreement: written and signed; the only writer of agreements."""

from collections.abc import Mapping

from chassis.errors import Refused
from chassis.unit_of_work import UnitOfWork
from pairing.agreements.model import Agreement
from pairing.agreements.parties import places
from pairing.agreements.repository import AGREEMENTS, of_pairing
from pairing.agreements.template import TEMPLATE, unanswered
from pairing.pairings.model import ACCEPTED, ACTIVE, PAUSED, Pairing
from pairing.pairings.repository import PAIRINGS, hold, of_person
from pairing.people.model import Person

WRITABLE = (ACCEPTED, ACTIVE, PAUSED)


def write(uow: UnitOfWork, pairing_id: str, answers: Mapping[str, str], by: str, based_on: int) -> Agreement:
    """Writes a version that all sign anew; `based_on` is the one its writer read (0: none). Raises Refused when that is not the latest."""
    pairing = _writable(uow, pairing_id)
    known = of_pairing(uow, pairing_id)
    agreement = known or uow.add(AGREEMENTS, Agreement(id=pairing.id, programme_id=pairing.programme_id))
    if based_on != agreement.number and (agreement.latest is None or agreement.latest.answers != dict(answers)):
        raise Refused(
            "agreement-newer", "Somebody changed the agreement while you were writing. Compare yours with the new version, then save again."
        )
    agreement.write(answers, TEMPLATE, by, uow.now)
    return agreement


def sign(uow: UnitOfWork, pairing_id: str, number: int, by: str, language: str) -> Agreement:
    """Signs version `number`, read in this language; raises Forbidden, and Refused when it is not the latest or has open questions."""
    pairing = _writable(uow, pairing_id)
    agreement = uow.get(AGREEMENTS, pairing_id)
    if agreement.latest and unanswered(pairing.models, agreement.latest.answers):
        raise Refused("agreement-incomplete", "Some questions are still open. Fill them in together, then sign.")
    uow.emit(agreement, agreement.sign(number, by, language, places(uow, pairing), uow.now))
    return agreement


def forget(uow: UnitOfWork, person: Person) -> int:
    """What was settled in the pairings of an erased person goes, also what the others wrote: it was about the two. Gives how many.

    A group that goes on keeps what the others settled, without her names, and fills in again what it lacks.
    """
    found = [(pairing, known) for pairing in of_person(uow, person.id, limit=0) if (known := of_pairing(uow, pairing.id))]
    for pairing, agreement in found:
        if pairing.state in WRITABLE and pairing.goes_on_without(person.id):
            agreement.forget(person.id, person.strike)
        else:
            uow.delete(AGREEMENTS, agreement.id)
    return len(found)


def _writable(uow: UnitOfWork, pairing_id: str) -> Pairing:
    pairing = uow.get(PAIRINGS, pairing_id)
    if pairing.state not in WRITABLE:
        raise Refused(
            "agreement-closed", "An agreement can be written and signed while a pairing runs. Look at the state of this pairing first."
        )
    hold(uow, [pairing])
    return pairing
