"""Which agreements wait for somebody's signature: her own, and those of minors whom she answers for."""

from typing import NamedTuple

from chassis.unit_of_work import UnitOfWork
from pairing.agreements.reading import read_agreement
from pairing.agreements.repository import of_pairings
from pairing.pairings.model import RUNNING
from pairing.pairings.repository import open_of_people
from pairing.people.model import Person


class ToSign(NamedTuple):
    """An agreement that can be signed now; `title` says whose it is."""

    pairing_id: str
    title: str


def to_sign(uow: UnitOfWork, person: Person) -> list[ToSign]:
    """What this person can sign and has not; while a pairing is paused nothing is asked of its people."""
    running = [pairing for pairing in open_of_people(uow, {person.id, *person.ward_ids}) if pairing.state in RUNNING]
    written = of_pairings(uow, (pairing.id for pairing in running))
    readings = [(each.id, read_agreement(uow, each, person.id, staff=False)) for each in running if each.id in written]
    return [ToSign(id, reading.title) for id, reading in readings if reading and reading.to_sign]
