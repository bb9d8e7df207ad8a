"""Computes a proposal for a programme from what the database holds, and keeps it as a run with its explanations."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chassis.errors import Refused
from chassis.unit_of_work import UnitOfWork
from pairing.matching import fairness, repository
from pairing.matching.gathering import Gathered, gather
from pairing.matching.model import ASKED, FOLLOW_UP, NOBODY_LEFT_OUT, LostLock, MatchRun
from pairing.matching.repository import RUNS, SHEETS
from pairing.matching.sheets import laid_out

if TYPE_CHECKING:
    from pairing.matching.proposal import Outcome


@dataclass(frozen=True)
class Wanted:
    """How to compute: what is best, from which fit of 100 on (None: as the programme says), which seed (None: the run's number)."""

    objective: str = NOBODY_LEFT_OUT
    minimum: int | None = None
    seed: int | None = None
    origin: str = ASKED


@dataclass(frozen=True)
class Computed:
    """A proposal that is not kept yet, and from what it was computed."""

    gathered: Gathered
    wanted: Wanted
    seed: int
    outcome: "Outcome"
    lost_locks: tuple[LostLock, ...] = ()


def computed(uow: UnitOfWork, programme_id: str, wanted: Wanted) -> Computed:
    """Computes a proposal and writes nothing; raises Refused when nobody waits."""
    from pairing.matching.proposal import explained  # here, because numerical libraries would make every idle process larger

    gathered = gather(uow, programme_id)
    if not gathered.cohort.mentees:
        raise Refused(
            "match-nobody-waits",
            "No mentee of this programme waits for a mentor. Import mentees first, or wait until open proposals are answered.",
        )
    if wanted.minimum is not None:
        gathered = gathered.weighed(gathered.programme.weights, wanted.minimum)
    problem = gathered.stated()
    seed = repository.next_number(uow, programme_id) if wanted.seed is None else wanted.seed
    return Computed(gathered, wanted, seed, explained(problem, wanted.objective, seed), problem.lost)


def keep(uow: UnitOfWork, found: Computed) -> MatchRun:
    """Keeps a computed proposal as a run, its explanations on sheets; a follow-up takes the place of the one before it."""
    gathered, outcome, wanted = found.gathered, found.outcome, found.wanted
    fits = {pair.mentee_id: pair.score for pair in outcome.proposals}
    run = MatchRun(
        id=uow.new_id(),
        programme_id=gathered.programme.id,
        number=repository.next_number(uow, gathered.programme.id),
        objective=wanted.objective,
        weights=dict(gathered.cohort.terms.weights),
        seed=found.seed,
        made_at=uow.now,
        figures=outcome.figures,
        proposals=tuple(pair.short for pair in outcome.proposals),
        unmatched=tuple(left.mentee_id for left in outcome.unmatched),
        fairness=fairness.slices(gathered.waiting, fits),
        lost_locks=found.lost_locks,
        minimum=int(gathered.cohort.terms.minimum),
        origin=wanted.origin,
    )
    idle = [mentor for mentor in outcome.idle if mentor.mentor_id not in gathered.busy]
    for sheet in laid_out(run.id, outcome.proposals, outcome.unmatched, idle):
        uow.add(SHEETS, sheet)
    if wanted.origin == FOLLOW_UP:
        for earlier in repository.waiting_follow_ups(uow, run.programme_id):
            earlier.supersede()
    return uow.add(RUNS, run)
