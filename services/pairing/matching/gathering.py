"""Reads from the database all that a computation for a programme needs."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from chassis.errors import Refused
from chassis.unit_of_work import UnitOfWork
from pairing.country_packs.repository import pack_of
from pairing.match_setups.repository import of_programme
from pairing.matching.candidates import AgeRules, Cohort
from pairing.matching.history import Couple, couples_of, free_since, met_before
from pairing.matching.model import LostPair
from pairing.matching.participants import cohort_of
from pairing.pairings.commands import today
from pairing.pairings.model import Pairing
from pairing.pairings.repository import ended_of, taken_by, taken_in
from pairing.people.model import Person
from pairing.people.repository import count, of_role
from pairing.programmes.model import Programme
from pairing.programmes.repository import PROGRAMMES

if TYPE_CHECKING:
    from pairing.matching.problem import Problem
    from pairing.matching.proposal import Outcome

MOST_AT_ONCE = 250_000
"""Mentors times mentees up to which a proposal takes a second or two, so that somebody can wait for it."""
MOST_BESIDE_A_FEW = 10_000
"""People of one side who are looked at beside a few of the other while a page waits."""
EXCLUDED, MET_BEFORE = "excluded", "met_before"
"""Rules beside those of `rules`: a coordinator excluded the pair; it was declined, or ended before its time."""


@dataclass(frozen=True)
class Gathered:
    """A programme with its people by id, and what was laid down or happened between them, as ids of mentee and mentor."""

    programme: Programme
    people: dict[str, Person]
    cohort: Cohort
    busy: frozenset[str]
    locks: tuple[Couple, ...] = ()
    barred: Mapping[str, tuple[Couple, ...]] = field(default_factory=dict)

    def stated(self) -> "Problem":
        """What is to be solved."""
        from pairing.matching.problem import stated  # here, because numerical libraries would make every idle process larger

        return stated(self.cohort, self.locks, self.barred)

    def proposed(self, objective: str, seed: int) -> "tuple[Outcome, tuple[LostPair, ...]]":
        """The best proposal, explained, and the locks that could not be kept; exact, but for more people than one matrix holds."""
        from pairing.matching import proposal, sparse, wide  # here, as above

        if self.combinations > sparse.DENSE:
            return wide.proposed(self.cohort, objective, seed, self.locks, self.barred)
        problem = self.stated()
        return proposal.explained(problem, objective, seed), problem.lost

    @property
    def combinations(self) -> int:
        """How many mentees times how many mentors."""
        return len(self.cohort.mentees) * len(self.cohort.mentors)

    def weighed(self, weights: Mapping[str, int], minimum: int) -> "Gathered":
        """The same under other weights and another minimum of fit, of 100."""
        terms = replace(self.cohort.terms, weights=dict(weights), minimum=minimum)
        return replace(self, cohort=replace(self.cohort, terms=terms))

    @property
    def waiting(self) -> list[Person]:
        """The mentees a proposal is computed for."""
        return [self.people[mentee.id] for mentee in self.cohort.mentees]


def gather(
    uow: UnitOfWork,
    programme_id: str,
    *,
    mentors: Collection[str] | None = None,
    mentees: Collection[str] | None = None,
    searching: Pairing | None = None,
) -> Gathered:
    """Mentors of the programme with their places, mentees without a mentor, and what stands between two of them.

    Everybody of a side, or those with these ids; raises Refused when everybody of one side is more than a page can lay beside a few of
    the other. For a pairing whose mentee is `searching` somebody else she counts as waiting, and its mentor as nobody for her.
    """
    programme = uow.get(PROGRAMMES, programme_id)
    day, near = today(programme, uow.now), mentors is not None and mentees is not None
    leading, learning = _side(uow, programme_id, "mentor", mentors, mentees), _side(uow, programme_id, "mentee", mentees, mentors)
    everybody = {person.id: person for person in (*leading, *learning)}
    taken = taken_by(uow, programme_id, everybody) if near else taken_in(uow, programme_id)
    ended, setup = ended_of(uow, [person.id for person in learning]), of_programme(uow, programme_id)
    waiting = [pairing for pairing in taken if pairing is not searching]
    ages = ages_of(programme.country_pack, day)
    return Gathered(
        programme=programme,
        people=everybody,
        cohort=cohort_of(programme, leading, learning, waiting, day, ages=ages, free_since=free_since(ended)),
        busy=frozenset(id for pairing in taken for id in pairing.members),
        locks=tuple((lock.mentee_id, lock.mentor_id) for lock in setup.locks),
        barred={
            EXCLUDED: tuple((each.mentee_id, each.mentor_id) for each in setup.exclusions),
            MET_BEFORE: tuple(sorted(met_before(ended) | (couples_of(searching) if searching else set()))),
        },
    )


def how_many(uow: UnitOfWork, programme_id: str) -> int:
    """The mentors of the programme times its mentees, whether they wait or not."""
    return count(uow, programme_id, "mentor") * count(uow, programme_id, "mentee")


def kept_apart(uow: UnitOfWork, programme_id: str, mentee_ids: Iterable[str]) -> dict[Couple, str]:
    """Who must not be proposed to each other as things are now, each with the code of the rule: EXCLUDED or MET_BEFORE."""
    excluded = {(each.mentee_id, each.mentor_id): EXCLUDED for each in of_programme(uow, programme_id).exclusions}
    return dict.fromkeys(met_before(ended_of(uow, mentee_ids)), MET_BEFORE) | excluded


def ages_of(country: str, day: date) -> AgeRules:
    """The ages that the country's pack asks for; none without a pack."""
    if not country:
        return AgeRules()
    pack = pack_of(country, day)
    return AgeRules(
        mentor_minimum=pack.mentor_minimum_age.value,
        mentee_minimum=pack.mentee_minimum_age.value,
        mentee_maximum=pack.mentee_maximum_age.value,
    )


def _side(uow: UnitOfWork, programme_id: str, role: str, wanted: Collection[str] | None, others: Collection[str] | None) -> list[Person]:
    if wanted is None and others is not None and count(uow, programme_id, role) > MOST_BESIDE_A_FEW:
        raise Refused(
            "match-too-many-to-list",
            "So many people cannot be listed while a page waits. Read in the proposal why somebody has or has no partner.",
        )
    return of_role(uow, programme_id, role, wanted)
