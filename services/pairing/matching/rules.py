"""The hard rules: which mentee and mentor must not be proposed to each other, one Boolean matrix per rule."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pairing.matching.candidates import Cohort
from pairing.matching.criteria import MUST, Scores, meetable, overlap

Allowed = NDArray[np.bool_]
"""True where a rule lets a pair through: rows mentees, columns mentors."""

MUST_PREFIX = "must_"


def shared_language(cohort: Cohort) -> Allowed:
    """They share a language."""
    return overlap([m.languages for m in cohort.mentees], [m.languages for m in cohort.mentors]) > 0


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


RULES: dict[str, Callable[[Cohort], Allowed]] = {
    "guardian_permission": guardian_permission,
    "vetting": vetting,
    "training": training,
    "shared_language": shared_language,
    "format_and_place": format_and_place,
    "capacity": capacity,
}
"""Every rule by its code; the order is the one in which refusals are told."""


def verdicts(cohort: Cohort, parts: Mapping[str, Scores]) -> dict[str, Allowed]:
    """Every rule's matrix by code; a criterion of weight 10 is a rule too, "must_" and its name."""
    laid_down = {code: rule(cohort) for code, rule in RULES.items()}
    musts = {f"{MUST_PREFIX}{name}": matrix > 0 for name, matrix in parts.items() if cohort.terms.weights[name] >= MUST}
    return laid_down | musts


def passed(judged: Mapping[str, Allowed], shape: tuple[int, int]) -> Allowed:
    """The pairs that every rule lets through."""
    through = np.ones(shape, dtype=bool)
    for matrix in judged.values():
        through &= matrix
    return through


def _for_mentees(cohort: Cohort, values: list[bool]) -> Any:
    return np.broadcast_to(np.array(values, dtype=bool)[:, None], cohort.shape)


def _for_mentors(cohort: Cohort, values: list[bool]) -> Any:
    return np.broadcast_to(np.array(values, dtype=bool)[None, :], cohort.shape)
