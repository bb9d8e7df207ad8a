"""Computing match runs: at once, by the clock for many people, and for those who wait again; `publishing` sends them out."""

from dataclasses import asdict
from typing import Any

from chassis.errors import Refused
from chassis.unit_of_work import UnitOfWork
from pairing.matching import repository
from pairing.matching.computing import Computed, Wanted, begin, computed, keep, keep_run
from pairing.matching.gathering import MOST_AT_ONCE, how_many
from pairing.matching.model import ASKED, FOLLOW_UP, NOBODY_LEFT_OUT, MatchRun
from pairing.pairings.rematching import match_again, run_to_be
from pairing.people.model import Person
from pairing.people.repository import how_many_of
from pairing.programmes import repository as programmes
from pairing.programmes.repository import PROGRAMMES
from pairing.programmes.stages import CLOSING, RUNNING, is_before

COMPUTE = "compute-match-run"
MOST = 1_000_000_000
"""Mentors times mentees that are compared at all: 50,000 with 20,000 take minutes."""


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
    begin(uow, programme_id)
    return keep(uow, computed(uow, programme_id, Wanted(objective, minimum, seed, origin)))


def ask(uow: UnitOfWork, programme_id: str, wanted: Wanted) -> MatchRun | None:
    """Computes a proposal at once, or, where so many take part that a request would wait too long, has the clock do it: then none yet.

    Raises Refused as `compute` does, and for more people than can be compared.
    """
    size = how_many(uow, programme_id)
    if size <= MOST_AT_ONCE:
        return compute(uow, programme_id, wanted.objective, wanted.minimum, wanted.seed, wanted.origin)
    if size > MOST:
        raise Refused(
            "match-too-large",
            "So many people cannot be compared in one programme. Set up several, for example one for each country, and divide them.",
        )
    begin(uow, programme_id)
    _compute_later(uow, programme_id, wanted)
    return None


def computed_later(reader: UnitOfWork, programme_id: str, run_id: str = "", **wanted: Any) -> Computed | None:
    """What the clock computes for a large programme, outside any transaction; nothing when nobody waits."""
    try:
        return computed(reader, programme_id, Wanted(**wanted), run_id)
    except Refused:
        return None


def keep_later(uow: UnitOfWork, programme_id: str, outcome: Computed | None, run_id: str = "", **wanted: Any) -> None:
    """Keeps what the clock computed for a large programme, unless that is coming to its end; anew when it no longer holds."""
    if outcome is None or not is_before(uow.get(PROGRAMMES, programme_id).state, CLOSING):
        repository.clear(uow, run_id)
    elif _holds_still(uow, programme_id, outcome):
        keep_run(uow, outcome)
    else:
        repository.clear(uow, run_id)
        _compute_later(uow, programme_id, Wanted(**wanted))


def computed_follow_up(reader: UnitOfWork, programme_id: str, run_id: str = "") -> Computed | None:
    """A proposal for those who wait again in a programme that runs, with at least one pair; computed outside any transaction."""
    if reader.get(PROGRAMMES, programme_id).state != RUNNING or repository.publishing(reader, programme_id):
        return None
    try:
        found = computed(reader, programme_id, Wanted(origin=FOLLOW_UP), run_id)
    except Refused:
        return None
    return found if found.outcome.proposals else None


def follow_up(uow: UnitOfWork, programme_id: str, outcome: Computed | None, run_id: str = "") -> None:
    """Keeps the follow-up that the clock computed; a coordinator publishes it, or not."""
    if outcome is None or uow.get(PROGRAMMES, programme_id).state != RUNNING:
        repository.clear(uow, run_id)
    elif _holds_still(uow, programme_id, outcome):
        keep_run(uow, outcome)
    else:
        repository.clear(uow, run_id)
        match_again(uow, programme_id)


def forget(uow: UnitOfWork, person: Person) -> int:
    """Takes an erased person's explanations out of all match runs; gives how many. Who was proposed to whom stays, in ids.

    What is computed for her programmes at the same moment is computed without her, or comes before.
    """
    programmes.hold(uow, person.programme_ids)
    for run in repository.runs_grouping(uow, person.id):
        run.forget(person.id)
    return sum(sheet.forget(person.id) for sheet in repository.sheets_about(uow, person.id))


def _compute_later(uow: UnitOfWork, programme_id: str, wanted: Wanted) -> None:
    key = f"{COMPUTE}:{programme_id}"
    uow.schedule(COMPUTE, uow.now, key, programme_id=programme_id, run_id=run_to_be(uow, key), **asdict(wanted))


def _holds_still(uow: UnitOfWork, programme_id: str, found: Computed) -> bool:
    """Whether no proposal goes out to its people meanwhile, and nobody of them was erased, of whom it would speak."""
    return not repository.publishing(uow, programme_id) and how_many_of(uow, found.gathered.people) == len(found.gathered.people)
