"""How groups of mentees came off in a proposal: by country, by the format they wish for, and those who joined late."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from pairing.matching.model import COUNTRY, FORMAT, LATE, SLICES, Slice
from pairing.people.model import Person

ENOUGH = 5
"""Mentees a group must have before its figures are compared: with fewer, one of them moves the mean by many points."""
LAST_PART = 0.25
"""The part of the intake, at its end, in which somebody counts as late."""


def slices(mentees: Iterable[Person], fits: Mapping[str, float]) -> tuple[Slice, ...]:
    """Every group of the mentees a proposal was computed for; `fits` (of 100) holds those who are paired, by id."""
    people = list(mentees)
    late = late_joiners(people)
    grouped: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for person in people:
        grouped[COUNTRY, person.country].append(person.id)
        grouped[FORMAT, person.format].append(person.id)
        grouped[LATE, "yes" if person.id in late else "no"].append(person.id)
    in_order = sorted(grouped, key=lambda key: (SLICES.index(key[0]), key[1]))
    return tuple(_slice(by, group, grouped[by, group], fits) for by, group in in_order)


def late_joiners(mentees: Iterable[Person]) -> set[str]:
    """Those who joined in the last quarter of the intake, from the first to the last day on which one of these mentees joined."""
    joined = {person.id: person.joined_on for person in mentees if person.joined_on}
    if not joined:
        return set()
    first, last = min(joined.values()), max(joined.values())
    return {id for id, day in joined.items() if day - first > (last - first) * (1 - LAST_PART)}


def gap(found: Iterable[Slice], by: str) -> float | None:
    """The distance between the best and the worst mean fit of groups that are large enough to compare; None with fewer than two."""
    means = [each.mean_fit for each in found if each.by == by and each.mentees >= ENOUGH and each.mean_fit is not None]
    return round(max(means) - min(means), 1) if len(means) > 1 else None


def _slice(by: str, group: str, ids: list[str], fits: Mapping[str, float]) -> Slice:
    paired = [fits[id] for id in ids if id in fits]
    return Slice(by, group, len(ids), len(paired), round(sum(paired) / len(paired), 1) if paired else None)
