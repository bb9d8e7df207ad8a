"""Laying down what holds for a programme's matching: pairs to keep, pairs never to make, weights that were tried; a pair made by hand."""

from chassis.errors import NotFound
from chassis.unit_of_work import UnitOfWork
from pairing.match_setups.model import Exclusion, Lock, MatchSetup
from pairing.match_setups.repository import SETUPS, naming
from pairing.matching import commands as matching
from pairing.matching.computing import Wanted
from pairing.matching.model import BY_HAND, NEW_WEIGHTS, MatchRun
from pairing.matching.repository import RUNS
from pairing.people.model import Person
from pairing.people.repository import PEOPLE
from pairing.programmes import commands as programmes


def lock(uow: UnitOfWork, run_id: str, mentor_id: str, mentee_id: str, by: str, *, by_hand: bool = False) -> MatchSetup:
    """Keeps a pair in every later proposal; raises Refused with the rule that forbids it and its remedy."""
    from pairing.matching import trying  # here, because numerical libraries would make every idle process larger

    run = uow.get(RUNS, run_id)
    locks = setup_of(uow, run.programme_id).locks
    mentors, mentees = {mentor_id, *(lock.mentor_id for lock in locks)}, {mentee_id, *(lock.mentee_id for lock in locks)}
    gathered = trying.asked_again(uow, run, mentors=mentors, mentees=mentees)
    gathered.programme.check_before_closing()
    problem = gathered.stated()
    trying.with_pair(problem, trying.allowed_pair(problem, gathered, mentor_id, mentee_id))
    setup = setup_of(uow, run.programme_id)
    setup.lock(Lock(mentor_id, mentee_id, by, uow.now, by_hand))
    return setup


def unlock(uow: UnitOfWork, run_id: str, mentee_id: str) -> MatchSetup:
    """Lets go of a mentee's lock; raises NotFound when she has none."""
    setup = setup_of(uow, uow.get(RUNS, run_id).programme_id)
    setup.unlock(mentee_id)
    return setup


def exclude(uow: UnitOfWork, run_id: str, mentor_id: str, mentee_id: str, reason: str, by: str) -> MatchSetup:
    """Never makes a pair, from the next computation on; raises Refused when it is locked, NotFound for people of another programme."""
    run = uow.get(RUNS, run_id)
    for person_id, role in ((mentor_id, "mentor"), (mentee_id, "mentee")):
        person = uow.get(PEOPLE, person_id)
        if run.programme_id not in person.programme_ids or role not in person.roles:
            raise NotFound("person")
    setup = setup_of(uow, run.programme_id)
    setup.exclude(Exclusion(mentor_id, mentee_id, reason, by, uow.now))
    return setup


def allow(uow: UnitOfWork, run_id: str, mentor_id: str, mentee_id: str) -> MatchSetup:
    """Takes an exclusion back; raises NotFound when there is none."""
    setup = setup_of(uow, uow.get(RUNS, run_id).programme_id)
    setup.allow(mentor_id, mentee_id)
    return setup


def pair_by_hand(uow: UnitOfWork, run_id: str, mentor_id: str, mentee_id: str, by: str) -> MatchRun | None:
    """Locks a pair and computes anew around it, at once or as `matching.ask` does; raises Refused with rule and remedy."""
    lock(uow, run_id, mentor_id, mentee_id, by, by_hand=True)
    uow.flush()
    run = uow.get(RUNS, run_id)
    return matching.ask(uow, run.programme_id, Wanted(run.objective, run.minimum, run.seed, BY_HAND))


def use_weights(uow: UnitOfWork, run_id: str, weights: dict[str, int], objective: str, minimum: int) -> MatchRun | None:
    """Makes weights that were tried the programme's own, and computes with them, at once or as `matching.ask` does; raises Invalid."""
    run = uow.get(RUNS, run_id)
    programmes.change(uow, run.programme_id, weights=weights)
    return matching.ask(uow, run.programme_id, Wanted(objective, minimum, run.seed, NEW_WEIGHTS))


def forget(uow: UnitOfWork, person: Person) -> int:
    """Drops the locks and exclusions of an erased person with their reasons, and her names from the reasons of others; gives how many.

    A reason is a coordinator's note for matching, no diary: that of her own exclusions serves nothing any more and goes whole.
    """
    setups = naming(uow, person.id, person.programme_ids)
    return sum(setup.forget(person.id, person.strike) for setup in setups)


def setup_of(uow: UnitOfWork, programme_id: str) -> MatchSetup:
    """The setup of a programme, to change; a new one when nobody laid anything down yet."""
    return uow.find_one(SETUPS, {"_id": programme_id}) or uow.add(SETUPS, MatchSetup(id=programme_id))
