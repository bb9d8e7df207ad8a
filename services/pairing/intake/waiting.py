"""Who waits for a match in a programme and what is lacking of each; where something is comes first, then who waits longest."""

from datetime import date

from chassis.unit_of_work import UnitOfWork
from pairing.consents import repository as consents
from pairing.intake.journey import Journey, journey_of
from pairing.pairings import repository as pairings
from pairing.people import repository as people
from pairing.people.model import Person
from pairing.programmes.model import Programme

SIDES = ("mentee", "mentor")


def waiting_in(uow: UnitOfWork, programme: Programme) -> dict[str, list[Journey]]:
    """By side, everybody without an open pairing there; mentors as long as none of their places is taken."""
    taken = {id for pairing in pairings.open_in(uow, programme.id) for id in pairing.members}
    found = {side: [each for each in people.of_role(uow, programme.id, side) if each.id not in taken] for side in SIDES}
    asked = consents.latest_requests(uow, (person.id for person in found["mentee"]))

    def way(person: Person) -> Journey:
        return journey_of(person, asked.get(person.id), programme.ends_on, uow.now)

    return {side: sorted(map(way, each), key=_order) for side, each in found.items()}


def journey_in(uow: UnitOfWork, person: Person, programme: Programme) -> Journey:
    """Where one person is."""
    return journey_of(person, consents.latest_request(uow, person.id), programme.ends_on, uow.now)


def _order(journey: Journey) -> tuple[bool, date, str, str]:
    return not journey.lacks, journey.since or date.min, journey.person.name, journey.person.id
