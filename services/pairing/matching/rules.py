"""The hard rules: which mentee and mentor must not be proposed to each other, one Boolean matrix per rule."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from pairing.matching.alike import looks_at
from pairing.matching.candidates import Candidate, Cohort
from pairing.matching.criteria import MUST, Flags, Scores, fit, meetable, overlap
from pairing.matching.grid import on_grid

Allowed = Flags
"""True where a rule lets a pair through: rows mentees, columns mentors."""

MUST_PREFIX = "must_"
QUALITY = "quality"


@looks_at(lambda mentee: mentee.languages, lambda mentor: mentor.languages)
def shared_language(cohort: Cohort) -> Allowed:
    """They share a language."""
    return overlap([m.languages for m in cohort.mentees], [m.languages for m in cohort.mentors]) > 0


@looks_at(lambda mentee: (mentee.town, mentee.format), lambda mentor: (mentor.town, mentor.format))
def format_and_place(cohort: Cohort) -> Allowed:
    """They can meet: online, or in person in the same town."""
    online, in_person = meetable(cohort)
    return online | in_person


def capacity(cohort: Cohort) -> Allowed:
    """The mentor has a free place."""
    return _for_mentors(cohort, [m.places > 0 for m in cohort.mentors])


def vetting(cohort: Cohort) -> Allowed:
    """With a minor, the mentor's vetting lasts until the programme ends."""
    return _for_mentees(cohort, [not m.minor for m in cohort.mentees]) | _for_mentors(cohort, [m.vetted for m in cohort.mentors])


def training(cohort: Cohort) -> Allowed:
    """The mentor did the data-protection training."""
    return _for_mentors(cohort, [m.trained for m in cohort.mentors])


def guardian_permission(cohort: Cohort) -> Allowed:
    """The mentee is of age, or her guardian gave permission to take part."""
    return _for_mentees(cohort, [m.permitted for m in cohort.mentees])


def consent(cohort: Cohort) -> Allowed:
    """Both consented that their data are used, and did not withdraw it."""
    return _for_mentees(cohort, [m.consented for m in cohort.mentees]) & _for_mentors(cohort, [m.consented for m in cohort.mentors])


def conflict_of_interest(cohort: Cohort) -> Allowed:
    """Neither is barred from the other: no family, no teacher with an own pupil, nobody whom the coordinator listed."""
    free = np.ones(cohort.shape, dtype=bool)
    for row, column in _barred(cohort.mentees, cohort.mentors):
        free[row, column] = False
    for column, row in _barred(cohort.mentors, cohort.mentees):
        free[row, column] = False
    return free


def age(cohort: Cohort) -> Allowed:
    """Both are of the age that the country pack asks for; an age that is not known is not judged here."""
    ages = cohort.terms.ages
    mentees = _for_mentees(cohort, [_within(m.age, ages.mentee_minimum, ages.mentee_maximum) for m in cohort.mentees])
    return mentees & _for_mentors(cohort, [_within(m.age, ages.mentor_minimum, None) for m in cohort.mentors])


RULES: dict[str, Callable[[Cohort], Allowed]] = {
    "guardian_permission": guardian_permission,
    "consent": consent,
    "vetting": vetting,
    "training": training,
    "age": age,
    "conflict_of_interest": conflict_of_interest,
    "shared_language": shared_language,
    "format_and_place": format_and_place,
    "capacity": capacity,
}
"""Every rule by its code; the order is the one in which refusals are told."""


def verdicts(cohort: Cohort, parts: Mapping[str, Scores], fitting: Scores | None = None) -> dict[str, Allowed]:
    """Every rule's matrix by code, in the order of telling.

    A criterion of weight 10 is a rule too, "must_" and its name; so is a minimum above 0, "quality". `fitting` is the fit of the same
    parts, where the caller has it already.
    """
    weights, minimum = cohort.terms.weights, cohort.terms.minimum
    musts = {f"{MUST_PREFIX}{name}": matrix > 0 for name, matrix in parts.items() if weights[name] >= MUST}
    if minimum <= 0:
        return laid_down(cohort) | musts
    fitting = fit(parts, weights, cohort.shape) if fitting is None else fitting
    return laid_down(cohort) | musts | {QUALITY: good_enough(fitting, minimum)}


def laid_down(cohort: Cohort) -> dict[str, Allowed]:
    """The rules that do not ask for scores."""
    return {code: rule(cohort) for code, rule in RULES.items()}


def good_enough(fitting: Scores, minimum: float) -> Allowed:
    """The fit is at least `minimum` of 100, compared on the solver's grid."""
    return np.asarray(on_grid(fitting) >= on_grid(minimum / 100))


def passed(judged: Mapping[str, Allowed], shape: tuple[int, int]) -> Allowed:
    """The pairs that every rule lets through."""
    through = np.ones(shape, dtype=bool)
    for matrix in judged.values():
        through &= matrix
    return through


def _within(value: int | None, minimum: int | None, maximum: int | None) -> bool:
    return value is None or ((minimum is None or value >= minimum) and (maximum is None or value <= maximum))


def _barred(naming: Sequence[Candidate], named: Sequence[Candidate]) -> Iterator[tuple[int, int]]:
    position = {person.id: index for index, person in enumerate(named)}
    for index, person in enumerate(naming):
        for id in person.barred & position.keys():
            yield index, position[id]


def _for_mentees(cohort: Cohort, values: list[bool]) -> Any:
    return np.broadcast_to(np.array(values, dtype=bool)[:, None], cohort.shape)


def _for_mentors(cohort: Cohort, values: list[bool]) -> Any:
    return np.broadcast_to(np.array(values, dtype=bool)[None, :], cohort.shape)
