"""What would come of other weights, or of a pair made by hand: computed for a coordinator to look at, and not kept."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from chassis.errors import NotFound, Refused
from chassis.unit_of_work import UnitOfWork
from pairing.matching import repository
from pairing.matching.comparing import Cost, Move, Plan, cost, moves, plan_of, plan_of_run
from pairing.matching.gathering import Gathered, gather, how_many
from pairing.matching.model import MatchRun
from pairing.matching.problem import CAPACITY, Pair, Problem
from pairing.matching.rule_words import refusal

MOST_TO_TRY = 1_000_000
"""Mentors times mentees up to which another way to pair them is computed, without words, in about a second and 120 MB."""


@dataclass(frozen=True)
class Trial:
    """A run beside a plan under other terms; `by_old_weights` measures the trial's pairs as the run was measured."""

    now: Plan
    then: Plan
    by_old_weights: Plan
    moves: tuple[Move, ...]


def what_if(uow: UnitOfWork, run: MatchRun, weights: Mapping[str, int], objective: str, minimum: int) -> Trial:
    """The run beside what these terms would give for the people as they are now. Locks and exclusions hold, the seed is the run's.

    Raises Refused for more people than can be compared while somebody waits.
    """
    check_few_enough(uow, run.programme_id)
    gathered = gather(uow, run.programme_id)
    problem = gathered.weighed(weights, minimum).stated()
    pairs = problem.solved(objective, run.seed)
    proposed, left_out = repository.proposed(uow, run.id), repository.left_out(uow, run.id)
    now, then = plan_of_run(proposed, left_out, gathered.people), plan_of(problem, pairs, gathered.people)
    as_before = gathered.weighed(run.weights, 0).stated()
    return Trial(now, then, plan_of(as_before, pairs, gathered.people), moves(now, then))


def cost_of_pair(uow: UnitOfWork, run: MatchRun, mentor_id: str, mentee_id: str) -> Cost:
    """What it would cost the whole to make this pair by hand, by the programme's weights and the run's objective.

    Raises Refused with the rule that forbids the pair and its remedy, or for more people than can be compared while somebody waits.
    """
    check_few_enough(uow, run.programme_id)
    gathered = asked_again(uow, run)
    problem = gathered.stated()
    forced = with_pair(problem, allowed_pair(problem, gathered, mentor_id, mentee_id))
    plans = (plan_of(problem, problem.solved(run.objective, run.seed, locked), gathered.people) for locked in (problem.locked, forced))
    return cost(*plans)


def check_few_enough(uow: UnitOfWork, programme_id: str) -> None:
    """Passes, or raises Refused for more people than can be compared while somebody waits."""
    if how_many(uow, programme_id) > MOST_TO_TRY:
        raise Refused(
            "match-too-many-to-try",
            "So many people cannot be compared while a page waits. Change the weights or lock the pair, compute a proposal, and compare.",
        )


def asked_again(
    uow: UnitOfWork, run: MatchRun, *, mentors: Collection[str] | None = None, mentees: Collection[str] | None = None
) -> Gathered:
    """Everybody as they are now, or those with these ids, for a further computation with the minimum of the run."""
    gathered = gather(uow, run.programme_id, mentors=mentors, mentees=mentees)
    return gathered.weighed(gathered.programme.weights, run.minimum)


def allowed_pair(problem: Problem, gathered: Gathered, mentor_id: str, mentee_id: str) -> Pair:
    """Row and column of a pair that may be made; raises Refused with rule and remedy, NotFound for people of another programme."""
    if any(id in gathered.people and gathered.people[id].consent_withdrawn for id in (mentor_id, mentee_id)):
        raise refusal("consent")
    if mentee_id not in gathered.people or mentor_id not in problem.column:
        raise NotFound("person")
    if mentee_id not in problem.row:
        raise Refused(
            "match-mentee-not-waiting", "This mentee has a mentor or an open proposal. Wait for its end, or choose somebody else."
        )
    pair = problem.row[mentee_id], problem.column[mentor_id]
    broken = problem.broken(pair)
    if broken:
        raise refusal(broken[0])
    return pair


def with_pair(problem: Problem, pair: Pair) -> tuple[Pair, ...]:
    """The locks with this pair instead of the mentee's other lock; raises Refused when the mentor's places are all locked."""
    others = [held for held in problem.locked if held[0] != pair[0]]
    if sum(column == pair[1] for _, column in others) >= problem.places[pair[1]]:
        raise refusal(CAPACITY)
    return (*others, pair)
