"""Computes groups for collaborative mentoring, as a run that is published like one of pairs."""

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from chassis.errors import Refused
from chassis.unit_of_work import UnitOfWork
from pairing.matching import repository
from pairing.matching.candidates import Cohort
from pairing.matching.computing import begin
from pairing.matching.gathering import Gathered, gather
from pairing.matching.model import ASKED, NOBODY_LEFT_OUT, Figures, Grouping, MatchRun
from pairing.matching.repository import RUNS
from pairing.pairings.chooser import wanted_models
from pairing.pairings.commands import today
from pairing.pairings.proposing import adults_needed
from pairing.programmes.repository import hold

if TYPE_CHECKING:
    from pairing.matching.groups import Formed, Group

MOST_MENTEES = 80
"""With more, groups take longer to form than somebody waits for a page."""
SECONDS = 4.0
SMALLEST, LARGEST = 2, 12
"""Mentees in a group."""


@dataclass(frozen=True)
class GroupsWanted:
    """Mentees in a group, from and to; of those who wish to learn in a group, or of `everybody` who waits."""

    smallest: int = 3
    largest: int = 6
    everybody: bool = False


def compute_groups(uow: UnitOfWork, programme_id: str, wanted: GroupsWanted) -> MatchRun:
    """A new proposal of groups, kept as a run. Raises Refused when too few or too many mentees wait, or the programme comes to its end."""
    from pairing.matching.groups import form  # here, because numerical libraries would make every idle process larger

    programme = begin(uow, programme_id)
    gathered = gather(uow, programme_id)
    cohort = _who(gathered.cohort, wanted).apart(chain.from_iterable(gathered.barred.values()))
    _check_size(cohort, wanted)
    adults = adults_needed(programme, [gathered.people[mentee.id] for mentee in cohort.mentees], today(programme, uow.now))
    number = repository.next_number(uow, programme_id)
    formed = form(cohort, smallest=wanted.smallest, largest=wanted.largest, adults=adults, seed=number, seconds=SECONDS)
    hold(uow, [programme_id])
    return uow.add(RUNS, _run(uow, gathered, formed, number))


def _run(uow: UnitOfWork, gathered: Gathered, formed: "Formed", number: int) -> MatchRun:
    groups = tuple(map(_grouping, formed.groups))
    placed = sum(len(group.mentee_ids) for group in groups)
    scores = [group.score for group in groups]
    mean = round(sum(scores) / len(scores), 1) if scores else None
    return MatchRun(
        id=uow.new_id(),
        programme_id=gathered.programme.id,
        number=number,
        objective=NOBODY_LEFT_OUT,
        weights=dict(gathered.cohort.terms.weights),
        seed=number,
        made_at=uow.now,
        figures=Figures(len(groups), placed + len(formed.left_out), mean, min(scores, default=None), None),
        groups=groups,
        grouped=True,
        finished=formed.finished,
        minimum=int(gathered.cohort.terms.minimum),
        origin=ASKED,
    )


def _grouping(group: "Group") -> Grouping:
    return Grouping(
        mentor_ids=group.mentor_ids,
        mentee_ids=group.mentee_ids,
        score=round(100 * group.fit, 1),
        balance=round(100 * group.balance, 1),
        languages=group.languages,
        town=group.town,
        windows=group.windows,
        fields=group.fields,
        levels=group.levels,
    )


def _who(cohort: Cohort, wanted: GroupsWanted) -> Cohort:
    if wanted.everybody:
        return cohort
    return replace(cohort, mentees=tuple(mentee for mentee in cohort.mentees if "collaborative" in wanted_models(mentee.needs)))


def _check_size(cohort: Cohort, wanted: GroupsWanted) -> None:
    if len(cohort.mentees) < wanted.smallest:
        raise Refused("group-too-few", "Fewer mentees wait than a group needs. Allow smaller groups, or form them of everybody who waits.")
    if len(cohort.mentees) > MOST_MENTEES:
        raise Refused(
            "group-too-many",
            "Groups can be formed of %(most)s mentees at most. Pair some of them first, or take only those who wish for a group.",
            most=MOST_MENTEES,
        )
