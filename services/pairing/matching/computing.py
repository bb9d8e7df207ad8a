"""Computes a proposal for a programme from what the database holds, and keeps it as a run with its explanations."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from chassis.errors import Refused
from chassis.unit_of_work import UnitOfWork
from pairing.matching import fairness, repository
from pairing.matching.gathering import Gathered, gather
from pairing.matching.model import ASKED, FOLLOW_UP, NOBODY_LEFT_OUT, LostPair, MatchRun
from pairing.matching.repository import RUNS, SHEETS
from pairing.matching.sheets import Sheet, laid_out
from pairing.programmes import commands as programmes
from pairing.programmes.model import Programme
from pairing.programmes.repository import PROGRAMMES, hold

if TYPE_CHECKING:
    from pairing.matching.proposal import Outcome


AT_ONCE = 20
"""Sheets that go into one transaction, of a hundred explained pairs each: two seconds of writing at most."""


@dataclass(frozen=True)
class Wanted:
    """How to compute: what is best, from which fit of 100 on (None: as the programme says), which seed (None: the run's number)."""

    objective: str = NOBODY_LEFT_OUT
    minimum: int | None = None
    seed: int | None = None
    origin: str = ASKED


@dataclass(frozen=True)
class Computed:
    """A proposal that is not kept yet, and from what it was computed; its sheets already bear the id of the run to be."""

    run_id: str
    gathered: Gathered
    wanted: Wanted
    seed: int
    outcome: "Outcome"
    lost_locks: tuple[LostPair, ...] = ()


def begin(uow: UnitOfWork, programme_id: str) -> Programme:
    """The programme is being matched; raises Refused when it comes to its end, or while a proposal goes out to its people."""
    programme = uow.get(PROGRAMMES, programme_id)
    programmes.tell(uow, programme, programme.begin_matching())
    if repository.publishing(uow, programme_id):
        raise Refused(
            "match-publishing",
            "A proposal is going out to its people at this moment. Wait until it has, then compute a new one for those who are left.",
        )
    return programme


def computed(uow: UnitOfWork, programme_id: str, wanted: Wanted, run_id: str = "") -> Computed:
    """Computes a proposal and writes nothing; raises Refused when nobody waits."""
    gathered = gather(uow, programme_id)
    if not gathered.cohort.mentees:
        raise Refused(
            "match-nobody-waits",
            "No mentee of this programme waits for a mentor. Import mentees first, or wait until open proposals are answered.",
        )
    if wanted.minimum is not None:
        gathered = gathered.weighed(gathered.programme.weights, wanted.minimum)
    seed = repository.next_number(uow, programme_id) if wanted.seed is None else wanted.seed
    outcome, lost_locks = gathered.proposed(wanted.objective, seed)
    return Computed(run_id or uow.new_id(), gathered, wanted, seed, outcome, lost_locks)


def keep(uow: UnitOfWork, found: Computed) -> MatchRun:
    """Keeps a computed proposal as a run with its sheets; a follow-up takes the place of the one before it."""
    for sheet in sheets_of(found):
        uow.add(SHEETS, sheet)
    return keep_run(uow, found)


def in_parts(found: Computed | None) -> Iterator[Callable[[UnitOfWork], None]]:
    """The sheets of a computed proposal, to be written before the run, a few in each transaction, and again after a fault."""
    if found is None:
        return
    yield lambda uow: repository.clear(uow, found.run_id)
    sheets = sheets_of(found)
    for start in range(0, len(sheets), AT_ONCE):
        yield partial(repository.lay, sheets=sheets[start : start + AT_ONCE])


def sheets_of(found: Computed) -> list[Sheet]:
    """Everything that explains the proposal."""
    idle = [mentor for mentor in found.outcome.idle if mentor.mentor_id not in found.gathered.busy]
    return laid_out(found.run_id, found.outcome.proposals, found.outcome.unmatched, idle)


def keep_run(uow: UnitOfWork, found: Computed) -> MatchRun:
    """Keeps a computed proposal as a run whose sheets are written."""
    gathered, outcome, wanted = found.gathered, found.outcome, found.wanted
    fits = {pair.mentee_id: pair.score for pair in outcome.proposals}
    run = MatchRun(
        id=found.run_id,
        programme_id=gathered.programme.id,
        number=repository.next_number(uow, gathered.programme.id),
        objective=wanted.objective,
        weights=dict(gathered.cohort.terms.weights),
        seed=found.seed,
        made_at=uow.now,
        figures=outcome.figures,
        fairness=fairness.slices(gathered.waiting, fits),
        lost_locks=found.lost_locks,
        minimum=int(gathered.cohort.terms.minimum),
        origin=wanted.origin,
    )
    if wanted.origin == FOLLOW_UP:
        for earlier in repository.waiting_follow_ups(uow, run.programme_id):
            earlier.supersede()
    hold(uow, [run.programme_id])
    return uow.add(RUNS, run)
