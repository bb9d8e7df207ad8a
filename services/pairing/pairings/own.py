"""What a participant sees of her own pairings: the other's name, what the two share, what to do next; nothing else about the other."""

from dataclasses import dataclass
from datetime import datetime

from chassis.unit_of_work import UnitOfWork
from pairing.pairings import repository, words
from pairing.pairings.model import MENTOR, PROPOSED, Pairing
from pairing.people.model import Person
from pairing.people.repository import PEOPLE
from ui import gettext as _


@dataclass(frozen=True, kw_only=True)
class OwnPairing:
    """One side's view of a pairing; `answered` is whether this side said yes."""

    id: str
    state: str
    side: str
    other: str
    answered: bool
    respond_by: datetime
    reasons: tuple[str, ...]

    @property
    def can_answer(self) -> bool:
        """Whether a yes of this side is waited for."""
        return self.state == PROPOSED and not self.answered


def own_pairings(uow: UnitOfWork, person_id: str) -> list[OwnPairing]:
    """Everything that was ever proposed to this person, the newest first."""
    found = repository.of_person(uow, person_id)
    people = uow.get_many(PEOPLE, {id for pairing in found for id in (pairing.mentor_id, pairing.mentee_id)})
    return [own_view(pairing, person_id, people) for pairing in found]


def own_view(pairing: Pairing, person_id: str, people: dict[str, Person]) -> OwnPairing:
    """What this person, one of its sides, sees of a pairing."""
    side = pairing.side_of(person_id)
    other = people.get(pairing.mentee_id if side == MENTOR else pairing.mentor_id)
    return OwnPairing(
        id=pairing.id,
        state=pairing.state,
        side=side,
        other=called(other, whole=side != MENTOR),
        answered=pairing.accepted_at(side) is not None,
        respond_by=pairing.respond_by,
        reasons=reasons(pairing),
    )


def called(person: Person | None, *, whole: bool) -> str:
    """A participant's name: the whole of it, or the given name only, which is all that a mentor reads of a mentee."""
    if person is None:
        return _("somebody who left")
    return person.name if whole else person.given_name


def reasons(pairing: Pairing) -> tuple[str, ...]:
    """What the two have in common, one plain sentence each."""
    how = {"model": words.model(pairing.model), "format": words.meeting_format(pairing.format)}
    said = [
        _("You share an interest in %(fields)s.", fields=words.fields(pairing.interests)) if pairing.interests else "",
        _("You both speak %(languages)s.", languages=words.languages(pairing.languages)) if pairing.languages else "",
        _("You are both free on %(times)s.", times=words.weekly(pairing.free_together)) if pairing.free_together else "",
        _("You would work like this: %(model)s, %(format)s.", **how),
    ]
    return tuple(sentence for sentence in said if sentence)
