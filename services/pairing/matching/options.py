"""All partners that one person of a match run could have: how well each fits, why it is not she, or which rules forbid it."""

from collections.abc import Iterator
from dataclasses import dataclass

from chassis.errors import NotFound
from chassis.unit_of_work import UnitOfWork
from pairing.matching.explain import why_not
from pairing.matching.model import MatchRun, Reason
from pairing.matching.problem import Pair, Problem
from pairing.matching.trying import asked_again
from pairing.people.model import Person


@dataclass(frozen=True)
class Option:
    """One possible partner; `broken` are the codes of the rules that forbid her, `why` says why the run chose another one."""

    person: Person
    points: float
    chosen: bool
    broken: tuple[str, ...]
    why: Reason | None = None


@dataclass(frozen=True)
class Options:
    """Somebody of the programme with everybody she could be paired with, best fit first; empty unless she is free to be paired."""

    person: Person
    is_mentee: bool
    is_free: bool
    options: tuple[Option, ...]
    others: tuple[Person, ...]


def options_of(uow: UnitOfWork, run: MatchRun, person_id: str) -> Options:
    """By the people, weights, locks and exclusions of this moment, beside what the run proposed; raises NotFound for a stranger."""
    gathered = asked_again(uow, run)
    if person_id not in gathered.people:
        raise NotFound("person")
    problem, person = gathered.stated(), gathered.people[person_id]
    is_mentee = person_id not in problem.column
    if person.consent_withdrawn or (is_mentee and person_id not in problem.row):
        return Options(person, "mentor" not in person.roles, False, (), ())
    mates = [gathered.people[mate.id] for mate in (problem.cohort.mentors if is_mentee else problem.cohort.mentees)]
    mine = problem.row[person_id] if is_mentee else problem.column[person_id]
    pairs = [(mine, index) if is_mentee else (index, mine) for index in range(len(mates))]
    found = sorted(zip(_judged(problem, run, pairs), mates, strict=True), key=lambda each: (bool(each[0][1]), -each[0][0], each[1].id))
    listed = tuple(Option(mate, points, chosen, broken, why) for (points, broken, chosen, why), mate in found)
    return Options(person, is_mentee, is_mentee or bool(problem.places[mine] > 0), listed, tuple(mates))


Judged = tuple[float, tuple[str, ...], bool, Reason | None]


def _judged(problem: Problem, run: MatchRun, pairs: list[Pair]) -> Iterator[Judged]:
    made = {
        problem.row[pair.mentee_id]: problem.column[pair.mentor_id]
        for pair in run.proposals
        if pair.mentee_id in problem.row and pair.mentor_id in problem.column
    }
    left = problem.left(made.items())
    for row, column in pairs:
        broken, chosen = problem.broken((row, column)), made.get(row) == column
        why = None if broken or chosen else _why(problem, made, (row, column), taken=bool(left[column] <= 0))
        yield problem.points((row, column)), broken, chosen, why


def _why(problem: Problem, made: dict[int, int], pair: Pair, *, taken: bool) -> Reason:
    row = pair[0]
    if row in made:
        return why_not(problem, (row, made[row]), pair, taken=taken)
    return Reason("places_taken") if taken else Reason("no_better")
