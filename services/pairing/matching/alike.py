"""Compares people who are alike only once: a matrix over the kinds of people, spread over all of them."""

from collections.abc import Callable, Hashable, Sequence
from functools import wraps
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from pairing.matching.candidates import Candidate, Cohort, Mentee, Mentor

Person = TypeVar("Person", bound=Candidate)
Compare = Callable[[Cohort], NDArray[Any]]


def looks_at(mentee: Callable[[Mentee], Hashable], mentor: Callable[[Mentor], Hashable]) -> Callable[[Compare], Compare]:
    """For a function of a cohort that looks only at these things of each mentee and mentor.

    It is then called with one of each kind; what it says of two people holds for all who are like them.
    """

    def decorate(compare: Compare) -> Compare:
        @wraps(compare)
        def compared(cohort: Cohort) -> NDArray[Any]:
            mentees, row = _kinds(cohort.mentees, mentee)
            mentors, column = cohort.of_mentors(compare.__name__, lambda people: _kinds(people, mentor))
            if (len(mentees), len(mentors)) == cohort.shape:
                return compare(cohort)
            few = compare(Cohort(mentors=mentors, mentees=mentees, terms=cohort.terms))
            return np.take(few[row], column, axis=1)

        return compared

    return decorate


def _kinds(people: Sequence[Person], key: Callable[[Person], Hashable]) -> tuple[tuple[Person, ...], NDArray[np.intp]]:
    """One person of each kind, and of which kind each is."""
    number: dict[Hashable, int] = {}
    first: list[Person] = []
    kinds = np.empty(len(people), dtype=np.intp)
    for index, person in enumerate(people):
        kind = number.setdefault(key(person), len(first))
        if kind == len(first):
            first.append(person)
        kinds[index] = kind
    return tuple(first), kinds
