"""What a coordinator does with match runs: compute one, publish one."""

from collections import Counter

from chassis.errors import Refused
from chassis.unit_of_work import UnitOfWork
from pairing.matching import repository
from pairing.matching.model import NOBODY_LEFT_OUT, MatchRun, Proposal
from pairing.matching.participants import cohort_of
from pairing.matching.repository import RUNS
from pairing.pairings import commands as pairings
from pairing.pairings.model import Window
from pairing.pairings.repository import open_in
from pairing.people.model import Person
from pairing.people.repository import PEOPLE, of_role
from pairing.programmes import commands as programmes
from pairing.programmes.repository import PROGRAMMES


def compute(uow: UnitOfWork, programme_id: str, objective: str = NOBODY_LEFT_OUT) -> MatchRun:
    """A new proposal for everybody without a mentor; the run's number is its seed. Raises Refused when nobody waits or the end has come."""
    from pairing.matching.proposal import propose  # here, because numerical libraries would make every idle process larger

    programme = uow.get(PROGRAMMES, programme_id)
    programmes.tell(uow, programme, programme.begin_matching())
    mentors, mentees = (of_role(uow, programme_id, role) for role in ("mentor", "mentee"))
    cohort = cohort_of(programme, mentors, mentees, open_in(uow, programme_id), pairings.today(programme, uow.now))
    if not cohort.mentees:
        raise Refused(
            "match-nobody-waits",
            "No mentee of this programme waits for a mentor. Import mentees first, or wait until open proposals are answered.",
        )
    number = repository.next_number(uow, programme_id)
    outcome = propose(cohort, objective, seed=number)
    run = MatchRun(
        id=uow.new_id(),
        programme_id=programme_id,
        number=number,
        objective=objective,
        weights=dict(programme.weights),
        seed=number,
        made_at=uow.now,
        figures=outcome.figures,
        proposals=outcome.proposals,
        unmatched=outcome.unmatched,
    )
    return uow.add(RUNS, run)


def publish(uow: UnitOfWork, run_id: str) -> MatchRun:
    """Proposes every pair of the run to both sides, and sets the programme's other waiting runs aside; all of it or nothing.

    Raises Refused when it was published or overtaken, when people are no longer free, when safeguarding forbids a pair meanwhile, or
    when the programme is coming to its end.
    """
    run = uow.get(RUNS, run_id)
    programme = uow.get(PROGRAMMES, run.programme_id)
    programmes.tell(uow, programme, programme.begin_running())
    uow.emit(run, run.publish(uow.now))
    for other in repository.waiting(uow, run.programme_id):
        if other.id != run.id:
            other.supersede()
    people = uow.get_many(PEOPLE, _concerned(run))
    _check_still_free(uow, run, people)
    for proposal in run.proposals:
        fit = pairings.Fit(run_id=run.id, score=proposal.score, free_together=_windows(proposal))
        pairings.propose(uow, programme, people[proposal.mentor_id], people[proposal.mentee_id], fit)
    return run


def _check_still_free(uow: UnitOfWork, run: MatchRun, people: dict[str, Person]) -> None:
    taken = open_in(uow, run.programme_id)
    here = {id for id, person in people.items() if run.programme_id in person.programme_ids}
    used = Counter(id for pairing in taken for id in pairing.mentor_ids) + Counter(proposal.mentor_id for proposal in run.proposals)
    placed = {id for pairing in taken for id in pairing.mentee_ids}
    full = any(used[proposal.mentor_id] > people[proposal.mentor_id].capacity for proposal in run.proposals if proposal.mentor_id in people)
    if full or here != _concerned(run) or any(proposal.mentee_id in placed for proposal in run.proposals):
        raise Refused(
            "match-run-out-of-date",
            "People got another pairing or left since this proposal was computed. Compute a new one; it takes a second.",
        )


def _concerned(run: MatchRun) -> set[str]:
    return {id for proposal in run.proposals for id in (proposal.mentor_id, proposal.mentee_id)}


def _windows(proposal: Proposal) -> tuple[Window, ...]:
    return tuple(window for reason in proposal.reasons for window in reason.windows)
