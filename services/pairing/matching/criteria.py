"""How well each mentee and mentor fit, one matrix per criterion with values from 0 to 1: rows mentees, columns mentors."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pairing.matching.availability import QUARTER, common_starts, free_quarters, possible_starts
from pairing.matching.candidates import Candidate, Cohort
from pairing.pairings.chooser import wanted_models

Scores = NDArray[np.float32]

ENOUGH_INTERESTS = 2
"""More shared fields of interest than this do not make a pair fit better."""
ENOUGH_CHOICE = 120
"""Minutes of choice for the start of a session above which more common time does not make a pair fit better."""
SECOND_LANGUAGE = 0.5
SECOND_PLACE = 0.5
RANKED_WISHES = (1.0, 0.75, 0.5)
"""Worth of the first, second and every later wish."""
MUST = 10
"""The weight that turns a criterion into a rule: a pair with nothing in it is not proposed."""


def interests(cohort: Cohort) -> Scores:
    """Fields of interest that the mentor is an expert in; 1 from two shared fields, or all of the mentee's."""
    shared = overlap([m.interests for m in cohort.mentees], [m.expertise for m in cohort.mentors])
    enough = np.array([min(ENOUGH_INTERESTS, max(1, len(set(m.interests)))) for m in cohort.mentees], dtype=np.float32)
    return np.minimum(1, shared / enough[:, None], dtype=np.float32)


def free_time(cohort: Cohort) -> Scores:
    """Common free time in which a session fits, counted by the quarters it could start at; 1 from two hours of choice."""
    terms = cohort.terms
    mentees, mentors = (
        possible_starts(free_quarters(people, terms.reference_week), terms.meeting_minutes) for people in (cohort.mentees, cohort.mentors)
    )
    return np.minimum(1, common_starts(mentees, mentors) * np.float32(QUARTER / ENOUGH_CHOICE), dtype=np.float32)


def language(cohort: Cohort) -> Scores:
    """1 when the mentor speaks the mentee's first language, half for another shared one."""
    spoken = [m.languages for m in cohort.mentors]
    first = overlap([m.languages[:1] for m in cohort.mentees], spoken)
    shared = overlap([m.languages for m in cohort.mentees], spoken)
    return np.where(first > 0, 1, np.where(shared > 0, SECOND_LANGUAGE, 0)).astype(np.float32)


def wishes(cohort: Cohort) -> Scores:
    """Half from each side: whether she wished for the other, and how much."""
    by_mentees = _wished(cohort.mentees, cohort.mentors)
    by_mentors = _wished(cohort.mentors, cohort.mentees)
    return np.asarray((by_mentees + by_mentors.T) / 2, dtype=np.float32)


def place(cohort: Cohort) -> Scores:
    """1 when they can meet as the mentee likes best (in person where that is possible and welcome), half when only otherwise."""
    online, in_person = meetable(cohort)
    prefers_online = np.array([m.format == "online" for m in cohort.mentees], dtype=bool)[:, None]
    best = in_person | (online & prefers_online)
    return np.where(best, 1, np.where(online, SECOND_PLACE, 0)).astype(np.float32)


def model(cohort: Cohort) -> Scores:
    """1 when the mentor offers a model that the programme allows and the mentee's needs ask for."""
    allowed = set(cohort.terms.models)
    wanted = [[w for w in wanted_models(m.needs) if not allowed or w in allowed] for m in cohort.mentees]
    return (overlap(wanted, [m.models for m in cohort.mentors]) > 0).astype(np.float32)


CRITERIA: dict[str, Callable[[Cohort], Scores]] = {
    "interests": interests,
    "free_time": free_time,
    "wishes": wishes,
    "language": language,
    "place": place,
    "model": model,
}
"""Every criterion; the order is the one in which people read them."""


def scores(cohort: Cohort) -> dict[str, Scores]:
    """The matrix of every criterion that has a weight above 0."""
    return {name: CRITERIA[name](cohort) for name in CRITERIA if cohort.terms.weights.get(name, 0) > 0}


def fit(parts: Mapping[str, Scores], weights: Mapping[str, int], shape: tuple[int, int]) -> Scores:
    """The weighted mean of the criteria: from 0 to 1."""
    total = sum(weights[name] for name in parts)
    combined = np.zeros(shape, dtype=np.float32)
    for name, matrix in parts.items():
        combined += matrix * np.float32(weights[name] / total)
    return combined


def overlap(rows: Sequence[Iterable[str]], columns: Sequence[Iterable[str]]) -> Scores:
    """How many words each row shares with each column."""
    vocabulary: set[str] = set().union(*rows, *columns)
    position = {word: index for index, word in enumerate(sorted(vocabulary))}
    return np.asarray(_marked(rows, position) @ _marked(columns, position).T, dtype=np.float32)


def meetable(cohort: Cohort) -> tuple[NDArray[Any], NDArray[Any]]:
    """Who can meet (online, in person): two Boolean matrices. In person needs the same town."""
    mentees, mentors = ([person.format for person in people] for people in (cohort.mentees, cohort.mentors))
    towns = overlap([[m.town] for m in cohort.mentees], [[m.town] for m in cohort.mentors]) > 0
    online = _not(mentees, "in_person")[:, None] & _not(mentors, "in_person")[None, :]
    in_person = _not(mentees, "online")[:, None] & _not(mentors, "online")[None, :] & towns
    return online, in_person


def _not(formats: Sequence[str], excluded: str) -> NDArray[Any]:
    return np.array([format != excluded for format in formats], dtype=bool)


def _marked(groups: Sequence[Iterable[str]], position: Mapping[str, int]) -> Scores:
    matrix = np.zeros((len(groups), len(position)), dtype=np.float32)
    for row, words in enumerate(groups):
        for word in words:
            matrix[row, position[word]] = 1
    return matrix


def _wished(wishing: Sequence[Candidate], wished: Sequence[Candidate]) -> Scores:
    column = {person.id: index for index, person in enumerate(wished)}
    matrix = np.zeros((len(wishing), len(wished)), dtype=np.float32)
    for row, person in enumerate(wishing):
        for rank, id in enumerate(person.wishes):
            if id in column:
                matrix[row, column[id]] = max(matrix[row, column[id]], RANKED_WISHES[min(rank, len(RANKED_WISHES) - 1)])
    return matrix
