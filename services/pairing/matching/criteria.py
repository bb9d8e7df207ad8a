"""How well each mentee and mentor fit, one matrix per criterion with values from 0 to 1: rows mentees, columns mentors."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from pairing.matching.alike import looks_at
from pairing.matching.availability import QUARTER, common_starts, free_quarters, possible_starts
from pairing.matching.candidates import Candidate, Cohort
from pairing.pairings.chooser import wanted_models

Scores = NDArray[np.float32]
Flags = NDArray[np.bool_]

ENOUGH_INTERESTS = 2
"""More shared fields of interest than this do not make a pair fit better."""
ENOUGH_CHOICE = 120
"""Minutes of choice for the start of a session above which more common time does not make a pair fit better."""
SECOND_LANGUAGE = 0.5
SECOND_PLACE = 0.5
RANKED_WISHES = (1.0, 0.75, 0.5)
"""Worth of the first, second and every later wish."""
LONG_WAIT_DAYS = 180
"""Who has waited this long has the full worth of waiting; half a year is a whole cohort that went by without her."""
MUST = 10
"""The weight that turns a criterion into a rule: a pair with nothing in it is not proposed."""


@looks_at(lambda mentee: mentee.interests, lambda mentor: mentor.expertise)
def interests(cohort: Cohort) -> Scores:
    """Fields of interest that the mentor is an expert in; 1 from two shared fields, or all of the mentee's."""
    shared = overlap([m.interests for m in cohort.mentees], [m.expertise for m in cohort.mentors])
    shared /= np.array([min(ENOUGH_INTERESTS, max(1, len(set(m.interests)))) for m in cohort.mentees], dtype=np.float32)[:, None]
    return np.minimum(1, shared, out=shared)


def free_time(cohort: Cohort) -> Scores:
    """Common free time in which a session fits, counted by the quarters it could start at; 1 from two hours of choice."""
    week, minutes = cohort.terms.reference_week, cohort.terms.meeting_minutes
    mentors = cohort.of_mentors("starts", lambda people: possible_starts(free_quarters(people, week), minutes))
    mentees = possible_starts(free_quarters(cohort.mentees, week), minutes)
    common = common_starts(mentees, mentors)
    common *= np.float32(QUARTER / ENOUGH_CHOICE)
    return np.minimum(1, common, out=common)


@looks_at(lambda mentee: mentee.languages, lambda mentor: mentor.languages)
def language(cohort: Cohort) -> Scores:
    """1 when the mentor speaks the mentee's first language, half for another shared one."""
    spoken = [m.languages for m in cohort.mentors]
    first = overlap([m.languages[:1] for m in cohort.mentees], spoken)
    shared = overlap([m.languages for m in cohort.mentees], spoken)
    return np.maximum(np.minimum(1, first, out=first), np.minimum(SECOND_LANGUAGE, shared, out=shared), out=first)


def wishes(cohort: Cohort) -> Scores:
    """Half from each side: whether she wished for the other, and how much."""
    matrix = np.zeros(cohort.shape, dtype=np.float32)
    for row, column, worth in _wished(cohort.mentees, cohort.mentors):
        matrix[row, column] += worth / 2
    for column, row, worth in _wished(cohort.mentors, cohort.mentees):
        matrix[row, column] += worth / 2
    return matrix


@looks_at(lambda mentee: (mentee.town, mentee.format), lambda mentor: (mentor.town, mentor.format))
def place(cohort: Cohort) -> Scores:
    """1 when they can meet as the mentee likes best (in person where that is possible and welcome), half when only otherwise."""
    online, in_person = meetable(cohort)
    prefers_online = np.array([m.format == "online" for m in cohort.mentees], dtype=bool)[:, None]
    best = in_person | (online & prefers_online)
    return np.maximum(best, online * np.float32(SECOND_PLACE), dtype=np.float32)


@looks_at(lambda mentee: mentee.needs, lambda mentor: mentor.models)
def model(cohort: Cohort) -> Scores:
    """1 when the mentor offers a model that the programme allows and the mentee's needs ask for."""
    allowed = set(cohort.terms.models)
    wanted = [[w for w in wanted_models(m.needs) if not allowed or w in allowed] for m in cohort.mentees]
    return (overlap(wanted, [m.models for m in cohort.mentors]) > 0).astype(np.float32)


@looks_at(lambda mentee: mentee.goal, lambda mentor: mentor.goals)
def goals(cohort: Cohort) -> Scores:
    """1 when the mentee's career goal is one that the mentor offers to help with."""
    return overlap([[m.goal] if m.goal else [] for m in cohort.mentees], [set(m.goals) for m in cohort.mentors])


def waiting(cohort: Cohort) -> Scores:
    """How long the mentee has waited, 1 from half a year; the same for every mentor.

    It cannot say with whom she fits, only who comes first when places are scarce. "best_total" gives the place to who has waited
    longer where two mentees fit as well otherwise. "nobody_left_out" makes as many pairs as before, and leaves out those with the lowest
    fit: who waited is rather among the placed. Where everybody has a place, it adds the same to every arrangement's sum; the worst-off
    pair is then more likely of somebody who came lately, and mentors are shared out with an eye to her, at no place's cost.
    As a must it asks for one day at least.
    """
    waited = np.array([min(1, max(0, m.waited_days) / LONG_WAIT_DAYS) for m in cohort.mentees], dtype=np.float32)
    return np.broadcast_to(waited[:, None], cohort.shape)


CRITERIA: dict[str, Callable[[Cohort], Scores]] = {
    "interests": interests,
    "free_time": free_time,
    "wishes": wishes,
    "language": language,
    "place": place,
    "model": model,
    "goals": goals,
    "waiting": waiting,
}
"""Every criterion; the order is the one in which people read them."""


def scores(cohort: Cohort) -> dict[str, Scores]:
    """The matrix of every criterion that has a weight above 0."""
    return {name: CRITERIA[name](cohort) for name in shares(cohort.terms.weights)}


def shares(weights: Mapping[str, int]) -> dict[str, np.float32]:
    """The share of every criterion with a weight above 0 in the whole, adding up to 1."""
    counted = {name: weights[name] for name in CRITERIA if weights.get(name, 0) > 0}
    total = sum(counted.values())
    return {name: np.float32(weight / total) for name, weight in counted.items()}


def fit(parts: Mapping[str, Scores], weights: Mapping[str, int], shape: tuple[int, int]) -> Scores:
    """The weighted mean of the criteria: from 0 to 1."""
    combined, weighed = np.zeros(shape, dtype=np.float32), np.empty(shape, dtype=np.float32)
    for name, share in shares(weights).items():
        combined += np.multiply(parts[name], share, out=weighed)
    return combined


def overlap(rows: Sequence[Iterable[str]], columns: Sequence[Iterable[str]]) -> Scores:
    """How many words each row shares with each column."""
    both = marked([*rows, *columns])
    return np.asarray(both[: len(rows)] @ both[len(rows) :].T, dtype=np.float32)


def marked(groups: Sequence[Iterable[str]]) -> Scores:
    """1 where a group (row) has a word; the columns are all words in their order."""
    position = {word: index for index, word in enumerate(sorted(set().union(*groups)))}
    matrix = np.zeros((len(groups), len(position)), dtype=np.float32)
    for row, words in enumerate(groups):
        for word in words:
            matrix[row, position[word]] = 1
    return matrix


def meetable(cohort: Cohort) -> tuple[Flags, Flags]:
    """Who can meet (online, in person): two Boolean matrices. In person needs the same town."""
    mentees, mentors = ([person.format for person in people] for people in (cohort.mentees, cohort.mentors))
    online = _not(mentees, "in_person")[:, None] & _not(mentors, "in_person")[None, :]
    in_person = _not(mentees, "online")[:, None] & _not(mentors, "online")[None, :]
    return online, in_person & _same([m.town for m in cohort.mentees], [m.town for m in cohort.mentors])


def _same(rows: Sequence[str], columns: Sequence[str]) -> Flags:
    number: dict[str, int] = {}
    numbered = [np.array([number.setdefault(word, len(number)) for word in words], dtype=np.int32) for words in (rows, columns)]
    return np.asarray(numbered[0][:, None] == numbered[1][None, :])


def _not(formats: Sequence[str], excluded: str) -> Flags:
    return np.array([format != excluded for format in formats], dtype=bool)


def _wished(wishing: Sequence[Candidate], wished: Sequence[Candidate]) -> Iterator[tuple[int, int, float]]:
    position = {person.id: index for index, person in enumerate(wished)}
    for index, person in enumerate(wishing):
        ranks = {id: rank for rank, id in reversed(list(enumerate(person.wishes)))}
        for id, rank in ranks.items():
            if id in position:
                yield index, position[id], RANKED_WISHES[min(rank, len(RANKED_WISHES) - 1)]
