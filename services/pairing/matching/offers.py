"""What a published run offers its people, and whether they are still free for it at that moment."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from chassis.unit_of_work import UnitOfWork
from pairing.matching.gathering import kept_apart
from pairing.matching.history import Couple
from pairing.matching.model import MatchRun
from pairing.matching.sheets import Sheet
from pairing.pairings.commands import Fit
from pairing.pairings.repository import taken_by
from pairing.people.model import Person
from pairing.people.repository import PEOPLE

LEFT, PLACED, FULL = "left", "placed", "capacity"
"""Why somebody is not free any more: not in the programme, a mentee with a mentor, a mentor without a place."""


@dataclass(frozen=True)
class Offer:
    """A pair or a group that is to be proposed to its people."""

    mentor_ids: tuple[str, ...]
    mentee_ids: tuple[str, ...]
    fit: Fit
    is_group: bool = False


@dataclass
class Standing:
    """How people stand at this moment: how many places of each mentor are used, which mentees have a mentor, who is kept apart."""

    programme_id: str
    people: dict[str, Person]
    used: Counter[str]
    placed: set[str]
    apart: dict[Couple, str]

    def hindrance(self, offer: Offer) -> str:
        """The code of what keeps this offer from being made; "" for nothing."""
        people = [self.people.get(id) for id in (*offer.mentor_ids, *offer.mentee_ids)]
        if any(person is None or self.programme_id not in person.programme_ids for person in people):
            return LEFT
        if not self.placed.isdisjoint(offer.mentee_ids):
            return PLACED
        if any(self.used[id] >= self.people[id].capacity for id in offer.mentor_ids):
            return FULL
        return next((self.apart[couple] for couple in product(offer.mentee_ids, offer.mentor_ids) if couple in self.apart), "")

    def take(self, offer: Offer) -> None:
        """The offer is made: its people are free no more."""
        self.used.update(offer.mentor_ids)
        self.placed.update(offer.mentee_ids)


def standing(uow: UnitOfWork, programme_id: str, offers: Sequence[Offer]) -> Standing:
    """How the people of these offers stand, as the database has it."""
    mentees = {id for offer in offers for id in offer.mentee_ids}
    everybody = mentees | {id for offer in offers for id in offer.mentor_ids}
    taken = taken_by(uow, programme_id, everybody)
    return Standing(
        programme_id=programme_id,
        people=uow.get_many(PEOPLE, everybody),
        used=Counter(id for pairing in taken for id in pairing.mentor_ids),
        placed={id for pairing in taken for id in pairing.mentee_ids},
        apart=kept_apart(uow, programme_id, mentees),
    )


def of_sheets(sheets: Sequence[Sheet]) -> list[Offer]:
    """The pairs on these sheets as offers."""
    return [
        Offer((pair.mentor_id,), (pair.mentee_id,), Fit(run_id=sheet.run_id, score=pair.score, free_together=windows))
        for sheet in sheets
        for pair in sheet.pairs
        for windows in [tuple(window for reason in pair.reasons for window in reason.windows)]
    ]


def of_groups(run: MatchRun) -> list[Offer]:
    """The groups of a run as offers."""
    return [
        Offer(group.mentor_ids, group.mentee_ids, Fit(run_id=run.id, score=group.score, free_together=group.windows), is_group=True)
        for group in run.groups
    ]
