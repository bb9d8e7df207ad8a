"""Proposing a group to all its people."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import product

from chassis.errors import Refused
from chassis.unit_of_work import UnitOfWork
from pairing.country_packs.repository import pack_of
from pairing.pairings import safeguarding
from pairing.pairings.commands import LAPSE, Fit, today
from pairing.pairings.model import Pairing
from pairing.pairings.repository import PAIRINGS
from pairing.people.model import Person
from pairing.people.repository import hold_people
from pairing.programmes.model import Programme

LEAST_MENTEES = 2
"""With fewer, a group is none."""


def adults_needed(programme: Programme, mentees: Sequence[Person], on: date) -> int:
    """How many mentors a group must have: as the country's pack asks where there are minors, else one."""
    minors = any(mentee.is_minor(on) for mentee in mentees)
    return pack_of(programme.country_pack, on).adults_per_group.value if minors and programme.country_pack else 1


def propose_group(uow: UnitOfWork, programme: Programme, mentors: Sequence[Person], mentees: Sequence[Person], fit: Fit) -> Pairing:
    """Proposes a group to all its people; raises Refused when safeguarding forbids one mentor for one mentee, or adults are missing."""
    adults = _checked(programme, mentors, mentees, today(programme, uow.now))
    group = Pairing(
        id=uow.new_id(),
        programme_id=programme.id,
        run_id=fit.run_id,
        mentor_ids=tuple(person.id for person in mentors),
        mentee_ids=tuple(person.id for person in mentees),
        models=("collaborative",),
        format=_format(mentors, mentees),
        proposed_at=uow.now,
        respond_by=uow.now + timedelta(days=programme.respond_within_days),
        fit=fit.score,
        interests=_in_all([*(mentee.interests for mentee in mentees)]),
        languages=_in_all([person.languages for person in (*mentees, *mentors)]),
        free_together=fit.free_together,
        is_group=True,
        least_mentors=adults,
        least_mentees=min(LEAST_MENTEES, len(mentees)),
    )
    hold_people(uow, group.members)
    uow.emit(group, group.proposed())
    uow.schedule(LAPSE, group.respond_by, f"{LAPSE}:{group.id}", pairing_id=group.id)
    return uow.add(PAIRINGS, group)


def _checked(programme: Programme, mentors: Sequence[Person], mentees: Sequence[Person], day: date) -> int:
    """How many mentors the group must have; raises Refused when a rule forbids one mentor for one mentee, or mentors are missing."""
    for mentor, mentee in product(mentors, mentees):
        safeguarding.check(mentor, mentee, safeguarding.beforehand(programme, day))
    adults = adults_needed(programme, mentees, day)
    if len(mentors) < adults:
        raise Refused(
            "group-needs-adults", "This group needs %(adults)s mentors, because there are minors in it. Add a mentor.", adults=adults
        )
    return adults


def _format(mentors: Sequence[Person], mentees: Sequence[Person]) -> str:
    """Online where nobody asks for more; in person where somebody wants that only, and all are in one town."""
    formats = {person.format for person in (*mentors, *mentees)}
    towns = {(person.country, person.city.casefold()) for person in (*mentors, *mentees)}
    if "online" in formats:
        return "online"
    if "in_person" in formats:
        return "in_person"
    return "either" if len(towns) == 1 else "online"


def _in_all(words: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(word for word in words[0] if all(word in others for others in words[1:])) if words else ()
