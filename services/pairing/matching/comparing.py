"""Lays two ways to pair the same people beside each other: their figures, and for whom something changes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pairing.matching.fairness import gap, slices
from pairing.matching.model import COUNTRY, FORMAT, LATE, Proposed
from pairing.matching.problem import Pair, Problem
from pairing.people.model import Person


@dataclass(frozen=True)
class Plan:
    """Who would be with whom: mentor by mentee, and the fit of 100 of each; fits are of 100 in all figures, gaps between groups too."""

    mentors: Mapping[str, str]
    fits: Mapping[str, float]
    mean_fit: float | None
    worst_off: float | None
    total: float
    gaps: Mapping[str, float | None]

    @property
    def pairs(self) -> int:
        """How many mentees have a mentor."""
        return len(self.mentors)


@dataclass(frozen=True)
class Move:
    """A mentee for whom something changes; "" is no mentor."""

    mentee_id: str
    before: str
    after: str


@dataclass(frozen=True)
class Cost:
    """What a change does to the whole: pairs, worst-off fit and sum of fits (points of 100), after less before; and who moves."""

    pairs: int
    worst_off: float
    total: float
    moves: tuple[Move, ...]


def plan_of(problem: Problem, pairs: Iterable[Pair], people: Mapping[str, Person]) -> Plan:
    """The plan that these pairs of a problem make; `people` are everybody by id."""
    ids = {problem.cohort.mentees[row].id: (row, column) for row, column in pairs}
    mentors = {id: problem.cohort.mentors[column].id for id, (_, column) in ids.items()}
    fits = {id: problem.points(pair) for id, pair in ids.items()}
    return _plan(mentors, fits, [people[mentee.id] for mentee in problem.cohort.mentees])


def plan_of_run(proposed: Iterable[Proposed], left_out: Iterable[str], people: Mapping[str, Person]) -> Plan:
    """The plan that a run proposed; who left since is not in it."""
    here = [pair for pair in proposed if pair.mentee_id in people]
    mentees = [people[id] for id in (*(pair.mentee_id for pair in here), *left_out) if id in people]
    return _plan({pair.mentee_id: pair.mentor_id for pair in here}, {pair.mentee_id: pair.score for pair in here}, mentees)


def moves(before: Plan, after: Plan) -> tuple[Move, ...]:
    """Every mentee whose mentor is another one, who gains one or loses hers."""
    everybody = sorted(before.mentors.keys() | after.mentors.keys())
    found = (Move(id, before.mentors.get(id, ""), after.mentors.get(id, "")) for id in everybody)
    return tuple(move for move in found if move.before != move.after)


def cost(before: Plan, after: Plan) -> Cost:
    """What it costs to have the second plan instead of the first; below 0 is a loss."""
    worst = (after.worst_off or 0) - (before.worst_off or 0)
    return Cost(after.pairs - before.pairs, round(worst, 1), round(after.total - before.total, 1), moves(before, after))


def _plan(mentors: Mapping[str, str], fits: Mapping[str, float], mentees: list[Person]) -> Plan:
    total = sum(fits.values())
    found = slices(mentees, fits)
    return Plan(
        mentors=mentors,
        fits=fits,
        mean_fit=round(total / len(fits), 1) if fits else None,
        worst_off=min(fits.values(), default=None),
        total=round(total, 1),
        gaps={by: gap(found, by) for by in (COUNTRY, FORMAT, LATE)},
    )
