"""All partners that one person of a match run could have: how well each fits, why it is not she, or which rules forbid it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from chassis.errors import NotFound
from chassis.unit_of_work import UnitOfWork
from pairing.matching import repository
from pairing.matching.explain import why_not
from pairing.matching.history import Couple
from pairing.matching.model import MOST_EXPLAINED, MatchRun, Reason
from pairing.matching.problem import Problem
from pairing.matching.trying import asked_again
from pairing.people.model import Person
from pairing.people.repository import PEOPLE

SIDES = frozenset({"mentor", "mentee"})


@dataclass(frozen=True)
class Option:
    """One possible partner; `broken` are the codes of the rules that forbid her.

    `why` says of the MOST_EXPLAINED who fit best why the run chose another one.
    """

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
    person = uow.get(PEOPLE, person_id)
    if run.programme_id not in person.programme_ids or SIDES.isdisjoint(person.roles):
        raise NotFound("person")
    is_mentee = "mentor" not in person.roles
    gathered = asked_again(uow, run, mentees={person_id}) if is_mentee else asked_again(uow, run, mentors={person_id})
    problem = gathered.stated()
    if person.consent_withdrawn or (is_mentee and not problem.row):
        return Options(person, is_mentee, False, (), ())
    made = {pair.mentee_id: pair.mentor_id for pair in repository.proposed(uow, run.id)}
    found = sorted(_judged(problem, made), key=lambda each: (bool(each.broken), -each.points, each.mate_id(is_mentee)))
    why = _reasons(uow, run, [each for each in found if not each.broken and not each.chosen][:MOST_EXPLAINED], made)
    mates = [gathered.people[each.mate_id(is_mentee)] for each in found]
    listed = tuple(Option(mate, each.points, each.chosen, each.broken, why.get(each.pair)) for each, mate in zip(found, mates, strict=True))
    return Options(person, is_mentee, is_mentee or bool(problem.places[0] > 0), listed, tuple(mates))


@dataclass(frozen=True)
class _Judged:
    """A pair (ids of mentee and mentor): its points of 100, the rules it breaks, and whether the run made it."""

    pair: Couple
    points: float
    broken: tuple[str, ...]
    chosen: bool

    def mate_id(self, is_mentee: bool) -> str:
        return self.pair[1] if is_mentee else self.pair[0]


def _judged(problem: Problem, made: Mapping[str, str]) -> Iterator[_Judged]:
    for (row, mentee), (column, mentor) in product(enumerate(problem.cohort.mentees), enumerate(problem.cohort.mentors)):
        pair, place = (mentee.id, mentor.id), (row, column)
        yield _Judged(pair, problem.points(place), problem.broken(place), made.get(mentee.id) == mentor.id)


def _reasons(uow: UnitOfWork, run: MatchRun, others: list[_Judged], made: Mapping[str, str]) -> dict[Couple, Reason]:
    """Why the run made none of these pairs, though the rules allow them."""
    mentees = {each.pair[0] for each in others}
    mentors = {each.pair[1] for each in others} | {made[id] for id in mentees if id in made}
    problem, used = asked_again(uow, run, mentors=mentors, mentees=mentees).stated(), Counter(made.values())
    found = {}
    for mentee_id, mentor_id in (each.pair for each in others):
        row, column = problem.row[mentee_id], problem.column[mentor_id]
        taken, chosen = bool(problem.places[column] <= used[mentor_id]), problem.column.get(made.get(mentee_id, ""))
        if chosen is None:
            found[mentee_id, mentor_id] = Reason("places_taken") if taken else Reason("no_better")
        else:
            found[mentee_id, mentor_id] = why_not(problem, (row, chosen), (row, column), taken=taken)
    return found
