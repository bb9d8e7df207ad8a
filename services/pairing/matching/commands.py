"""What a coordinator does with match runs: compute one, publish one; and the clock's follow-up for who waits again."""

from collections import Counter
from dataclasses import asdict
from itertools import product
from typing import Any

from chassis.errors import Refused
from chassis.unit_of_work import UnitOfWork
from pairing.matching import repository
from pairing.matching.computing import Computed, Wanted, computed, keep
from pairing.matching.gathering import kept_apart
from pairing.matching.history import Couple
from pairing.matching.model import ASKED, FOLLOW_UP, NOBODY_LEFT_OUT, MatchRun, Proposal
from pairing.matching.repository import RUNS
from pairing.matching.sheets import PAIRS
from pairing.pairings import commands as pairings
from pairing.pairings import proposing
from pairing.pairings.model import Window
from pairing.pairings.repository import taken_in
from pairing.people.model import Person
from pairing.people.repository import PEOPLE, count
from pairing.programmes import commands as programmes
from pairing.programmes.model import Programme
from pairing.programmes.repository import PROGRAMMES
from pairing.programmes.stages import CLOSING, RUNNING, is_before

People = dict[str, Person]
COMPUTE = "compute-match-run"
MOST_AT_ONCE = 250_000
"""Mentors times mentees up to which a proposal takes a second or two, so that somebody can wait for it."""
MOST = 12_000_000
"""Mentors times mentees that are compared at all: 5,000 with 2,000 take a gigabyte of memory and less than a minute."""


def compute(
    uow: UnitOfWork,
    programme_id: str,
    objective: str = NOBODY_LEFT_OUT,
    minimum: int | None = None,
    seed: int | None = None,
    origin: str = ASKED,
) -> MatchRun:
    """A new proposal for everybody of the programme without a mentor, with the locks and exclusions that were laid down.

    Raises Refused when nobody waits, or when the programme is coming to its end.
    """
    programme = uow.get(PROGRAMMES, programme_id)
    programmes.tell(uow, programme, programme.begin_matching())
    return keep(uow, computed(uow, programme_id, Wanted(objective, minimum, seed, origin)))


def ask(uow: UnitOfWork, programme_id: str, wanted: Wanted) -> MatchRun | None:
    """Computes a proposal at once, or, where so many take part that a request would wait too long, has the clock do it: then none yet.

    Raises Refused as `compute` does, and for more people than can be compared.
    """
    mentors, mentees = (count(uow, programme_id, role) for role in ("mentor", "mentee"))
    if mentors * mentees <= MOST_AT_ONCE:
        return compute(uow, programme_id, wanted.objective, wanted.minimum, wanted.seed, wanted.origin)
    if mentors * mentees > MOST:
        raise Refused(
            "match-too-large",
            "So many people cannot be compared in one programme. Set up several, for example one for each country, and divide them.",
        )
    programme = uow.get(PROGRAMMES, programme_id)
    programmes.tell(uow, programme, programme.begin_matching())
    uow.schedule(COMPUTE, uow.now, f"{COMPUTE}:{programme_id}", programme_id=programme_id, **asdict(wanted))
    return None


def computed_later(reader: UnitOfWork, programme_id: str, **wanted: Any) -> Computed | None:
    """What the clock computes for a large programme, outside any transaction; nothing when nobody waits."""
    try:
        return computed(reader, programme_id, Wanted(**wanted))
    except Refused:
        return None


def keep_later(uow: UnitOfWork, programme_id: str, outcome: Computed | None, **_wanted: Any) -> None:
    """Keeps what the clock computed for a large programme, unless that is coming to its end."""
    if outcome and is_before(uow.get(PROGRAMMES, programme_id).state, CLOSING):
        keep(uow, outcome)


def computed_follow_up(reader: UnitOfWork, programme_id: str) -> Computed | None:
    """A proposal for those who wait again in a programme that runs, with at least one pair; computed outside any transaction."""
    if reader.get(PROGRAMMES, programme_id).state != RUNNING:
        return None
    try:
        found = computed(reader, programme_id, Wanted(origin=FOLLOW_UP))
    except Refused:
        return None
    return found if found.outcome.proposals else None


def follow_up(uow: UnitOfWork, programme_id: str, outcome: Computed | None) -> None:
    """Keeps the follow-up that the clock computed; a coordinator publishes it, or not."""
    if outcome and uow.get(PROGRAMMES, programme_id).state == RUNNING:
        keep(uow, outcome)


def publish(uow: UnitOfWork, run_id: str) -> MatchRun:
    """Proposes every pair or group of the run to its people, and sets the programme's other waiting runs aside.

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
    people = uow.get_many(PEOPLE, _mentors(run).keys() | _mentees(run))
    _check_still_free(uow, run, people)
    _propose_pairs(uow, programme, run, people)
    _propose_groups(uow, programme, run, people)
    return run


def forget(uow: UnitOfWork, person: Person) -> int:
    """Takes an erased person's explanations out of all match runs; gives how many. Who was proposed to whom stays, in ids."""
    for run in repository.runs_grouping(uow, person.id):
        run.forget(person.id)
    return sum(sheet.forget(person.id) for sheet in repository.sheets_about(uow, person.id))


def _propose_pairs(uow: UnitOfWork, programme: Programme, run: MatchRun, people: People) -> None:
    for sheet in repository.sheets(uow, run.id, PAIRS):
        for pair in sheet.pairs:
            fit = pairings.Fit(run_id=run.id, score=pair.score, free_together=_windows(pair))
            pairings.propose(uow, programme, people[pair.mentor_id], people[pair.mentee_id], fit)


def _propose_groups(uow: UnitOfWork, programme: Programme, run: MatchRun, people: People) -> None:
    for group in run.groups:
        fit = pairings.Fit(run_id=run.id, score=group.score, free_together=group.windows)
        mentors, mentees = ([people[id] for id in ids] for ids in (group.mentor_ids, group.mentee_ids))
        proposing.propose_group(uow, programme, mentors, mentees, fit)


def _check_still_free(uow: UnitOfWork, run: MatchRun, people: People) -> None:
    taken, wanted, mentees = taken_in(uow, run.programme_id), _mentors(run), _mentees(run)
    here = {id for id, person in people.items() if run.programme_id in person.programme_ids}
    used = Counter(id for pairing in taken for id in pairing.mentor_ids) + wanted
    full = any(used[id] > people[id].capacity for id in wanted if id in people)
    apart = not _couples(run).isdisjoint(kept_apart(uow, run.programme_id, mentees))
    if full or apart or here != wanted.keys() | mentees or any(not mentees.isdisjoint(pairing.mentee_ids) for pairing in taken):
        raise Refused(
            "match-run-out-of-date",
            "People got another pairing or left since this proposal was computed. Compute a new one; it takes a second.",
        )


def _mentors(run: MatchRun) -> Counter[str]:
    """How many places of each mentor the run takes: a group takes one."""
    return Counter(pair.mentor_id for pair in run.proposals) + Counter(id for group in run.groups for id in group.mentor_ids)


def _mentees(run: MatchRun) -> set[str]:
    return {pair.mentee_id for pair in run.proposals} | {id for group in run.groups for id in group.mentee_ids}


def _couples(run: MatchRun) -> set[Couple]:
    """Each mentee with each mentor whom the run brings together."""
    grouped = {couple for group in run.groups for couple in product(group.mentee_ids, group.mentor_ids)}
    return {(pair.mentee_id, pair.mentor_id) for pair in run.proposals} | grouped


def _windows(pair: Proposal) -> tuple[Window, ...]:
    return tuple(window for reason in pair.reasons for window in reason.windows)
