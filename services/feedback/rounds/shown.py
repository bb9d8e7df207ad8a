"""What one reader may see of a round; pages and API ask only here, so that neither shows more than the other."""

from dataclasses import dataclass

from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from contracts.feedback import Figure
from feedback.people.repository import is_mentee_in, programmes_of_mentee
from feedback.programmes.model import USUAL_THRESHOLD
from feedback.programmes.repository import of_ids
from feedback.rounds import disclosure, repository
from feedback.rounds.model import OPEN, Round


@dataclass(frozen=True)
class Shown:
    """A round as its reader sees it. `answers` counts them where that is allowed; `answered` is the reader's own part, or none."""

    round: Round
    coordinates: bool
    answers: int | None
    answered: bool | None

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures of a closed round, for its coordinators."""
        return self.round.figures if self.coordinates else ()

    @property
    def comments(self) -> tuple[str, ...]:
        """The free texts of a closed round, for its coordinators."""
        return self.round.comments if self.coordinates else ()


def to(who: Principal, uow: UnitOfWork, seen: Round) -> Shown:
    """This round as that person may see it."""
    coordinates = who.has("coordinator") and seen.programme_id in who.programmes
    asked = is_mentee_in(uow, who.id, seen.programme_id)
    return Shown(
        round=seen,
        coordinates=coordinates,
        answers=_answers(uow, seen) if coordinates else None,
        answered=repository.has_answered(uow, seen.id, who.id) if asked and seen.state == OPEN else None,
    )


def programmes_of(who: Principal, uow: UnitOfWork) -> set[str]:
    """The programmes whose rounds concern this person: those she coordinates, and those in which she is a mentee."""
    return set(who.programmes if who.has("coordinator") else ()) | set(programmes_of_mentee(uow, who.id))


def thresholds(who: Principal | None, uow: UnitOfWork) -> dict[int, list[str]]:
    """From how many answers figures are shown, and in which of the reader's programmes; the usual number for whom none is known."""
    found: dict[int, list[str]] = {}
    for programme in of_ids(uow, programmes_of(who, uow)) if who else ():
        found.setdefault(programme.threshold, []).append(programme.name)
    return dict(sorted(found.items())) or {USUAL_THRESHOLD: []}


def _answers(uow: UnitOfWork, seen: Round) -> int | None:
    if seen.state != OPEN:
        return seen.answers
    return disclosure.shown(repository.tally_of(uow, seen.id).received, seen.threshold)
