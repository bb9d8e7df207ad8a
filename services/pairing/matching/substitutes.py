"""Finding a substitute for a mentor who is away: free mentors by fit, and proposing one while the old pairing stands still."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chassis.errors import NotFound, Refused
from chassis.unit_of_work import UnitOfWork
from pairing.matching.gathering import gather
from pairing.matching.model import Reason
from pairing.matching.rule_words import refusal
from pairing.pairings import commands as pairings
from pairing.pairings import life
from pairing.pairings.model import PAUSED, RUNNING, Pairing
from pairing.pairings.repository import PAIRINGS, taken_in
from pairing.people.model import Person
from pairing.programmes.repository import PROGRAMMES

if TYPE_CHECKING:
    from pairing.matching.problem import Problem

AWAY = "away"
"""Why a pairing is paused whose mentor has a substitute, one of contracts.pairing.ABSENCES."""
MOST = 20


@dataclass(frozen=True)
class Substitute:
    """A mentor who could stand in: her fit of 100, and the reasons that a proposal would give."""

    mentor: Person
    points: float
    reasons: tuple[Reason, ...]


def substitutes(uow: UnitOfWork, pairing_id: str) -> list[Substitute]:
    """The free mentors whom the rules allow for the mentee of a pairing, best fit first; raises Refused where none can be looked for."""
    from pairing.matching import explain

    pairing = _standing(uow, pairing_id)
    problem, people = _problem(uow, pairing)
    row = problem.row[pairing.mentee_ids[0]]
    found = [(problem.points((row, column)), column) for column in range(len(problem.places)) if problem.allowed[row, column]]
    told = []
    for points, column in sorted(found, key=lambda each: (-each[0], each[1]))[:MOST]:
        mentee, mentor = problem.cohort.mentees[row], problem.cohort.mentors[column]
        windows = explain.windows_of(problem.free[0][row], problem.free[1][column], problem.cohort)
        told.append(Substitute(people[mentor.id], points, explain.reasons(mentee, mentor, windows)))
    return told


def substitute(uow: UnitOfWork, pairing_id: str, mentor_id: str, by: str) -> Pairing:
    """Proposes a substitute to the mentee; a pairing that still runs is paused for it. Raises Refused with rule and remedy."""
    from pairing.matching import explain

    pairing = _standing(uow, pairing_id)
    problem, people = _problem(uow, pairing)
    if mentor_id not in problem.column:
        raise NotFound("person")
    row, column = problem.row[pairing.mentee_ids[0]], problem.column[mentor_id]
    broken = problem.broken((row, column))
    if broken:
        raise refusal(broken[0])
    if pairing.state in RUNNING:
        life.pause(uow, pairing.id, AWAY, by)
        uow.flush()
    windows = explain.windows_of(problem.free[0][row], problem.free[1][column], problem.cohort)
    fit = pairings.Fit(run_id=pairing.run_id, score=problem.points((row, column)), free_together=windows)
    return pairings.propose(uow, uow.get(PROGRAMMES, pairing.programme_id), people[mentor_id], people[pairing.mentee_ids[0]], fit)


def _standing(uow: UnitOfWork, pairing_id: str) -> Pairing:
    """The pairing of two that runs or is paused, whose mentee has no other one yet; raises Refused."""
    pairing = uow.get(PAIRINGS, pairing_id)
    if pairing.is_group or pairing.state not in (*RUNNING, PAUSED):
        raise Refused(
            "substitute-not-running",
            "A substitute is found for a pairing of two that runs or is paused. For everybody else, compute a new proposal.",
        )
    mentee = pairing.mentee_ids[0]
    if any(other.id != pairing.id and mentee in other.mentee_ids for other in taken_in(uow, pairing.programme_id)):
        raise Refused("substitute-there", "This mentee has another mentor or an open proposal already. Wait for its end first.")
    return pairing


def _problem(uow: UnitOfWork, pairing: Pairing) -> "tuple[Problem, dict[str, Person]]":
    gathered = gather(uow, pairing.programme_id, mentees=pairing.mentee_ids, searching=pairing)
    gathered.programme.check_before_closing()
    problem = gathered.stated()
    if pairing.mentee_ids[0] not in problem.row:
        raise refusal("consent")
    return problem, gathered.people
