"""Who can be in one group together: a language that all speak, a time when all are free, a place for all, and nobody kept apart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pairing.matching.availability import free_quarters, possible_starts
from pairing.matching.candidates import Candidate, Cohort
from pairing.matching.criteria import Flags, Scores, marked
from pairing.matching.rules import Allowed

Shares = NDArray[np.float64]
Rows = NDArray[np.intp]
Members = tuple[int, ...]
"""People by their row in `Everybody`, in order: mentees come before mentors."""


@dataclass(frozen=True)
class Everybody:
    """A cohort in matrices with one row per person, the mentees first; `together` is False for two who must not be in one group.

    `traits` are what groups are to be balanced in: a matrix each for level, field and first language, with the mentees' shares.
    """

    cohort: Cohort
    fit: Scores
    starts: Flags
    languages: Flags
    ways: Flags
    together: Flags
    traits: tuple[Shares, ...]

    @classmethod
    def of(cls, cohort: Cohort, fit: Scores, allowed: Allowed) -> "Everybody":
        """The cohort with its fit and what the rules say of each mentee (row) and mentor (column)."""
        people = (*cohort.mentees, *cohort.mentors)
        starts = possible_starts(free_quarters(people, cohort.terms.reference_week), cohort.terms.meeting_minutes)
        interests = [mentee.interests for mentee in cohort.mentees]
        levels, first = ([[mentee.level] for mentee in cohort.mentees], [mentee.languages[:1] for mentee in cohort.mentees])
        return cls(
            cohort=cohort,
            fit=fit,
            starts=np.unique(starts, axis=1),
            languages=marked([person.languages for person in people]) > 0,
            ways=marked([_ways(person) for person in people]) > 0,
            together=_together(people, allowed),
            traits=tuple(_shares(words) for words in (levels, interests, first)),
        )

    @property
    def mentees(self) -> int:
        """How many of the rows are mentees."""
        return len(self.cohort.mentees)

    def open_to(self, members: Sequence[int]) -> Flags:
        """Who could join these people; False for themselves, and for all when they cannot meet at all."""
        chosen = list(members)
        possible = self.together[chosen].all(axis=0)
        for needed in (self.starts, self.languages, self.ways):
            possible &= needed[:, np.all(needed[chosen], axis=0)].any(axis=1)
        return np.asarray(possible)

    def company(self, members: Sequence[int], more: Rows) -> Shares:
        """For each of the others: how many mentees, of 1, could be free with these people and her."""
        common = self.starts[:, np.all(self.starts[list(members)], axis=0)].astype(np.float32)
        return np.asarray((common[more] @ common[: self.mentees].T > 0).mean(axis=1))

    def balance(self, mentees: list[int]) -> float:
        """How much a group's levels, fields and first languages are spread as in the whole cohort: 1 alike, 0 nothing in common."""
        return float(self.balance_with(mentees[:-1], np.array(mentees[-1:]))[0])

    def balance_with(self, mentees: list[int], more: Rows) -> Shares:
        """The balance of these mentees with each of the others added alone; one less the total variation distance, over all traits."""
        distances = [
            np.abs((trait[mentees].sum(axis=0) + trait[more]) / (len(mentees) + 1) - trait.mean(axis=0)).sum(axis=1) / 2
            for trait in self.traits
        ]
        return np.asarray(1 - np.mean(distances, axis=0))

    def worth(self, members: Members) -> float:
        """What a group adds to the whole: for each mentee between 0 and 1, half her fit with its mentors and half the balance."""
        mentees, mentors = self.split(members)
        fit = float(self.fit[mentees][:, mentors].mean())
        return len(mentees) * (fit + self.balance(mentees)) / 2

    def split(self, members: Iterable[int]) -> tuple[list[int], list[int]]:
        """Rows of the mentees and columns of the mentors."""
        chosen = sorted(members)
        return [row for row in chosen if row < self.mentees], [row - self.mentees for row in chosen if row >= self.mentees]


def _ways(person: Candidate) -> list[str]:
    return [way for way, excluded in (("online", "in_person"), (person.town, "online")) if person.format != excluded]


def _together(people: Sequence[Candidate], allowed: Allowed) -> Flags:
    count = allowed.shape[0]
    together = ~np.eye(len(people), dtype=bool)
    together[:count, count:], together[count:, :count] = allowed, allowed.T
    row = {person.id: index for index, person in enumerate(people)}
    for index, person in enumerate(people):
        others = [row[id] for id in person.barred if id in row]
        together[index, others] = together[others, index] = False
    return together


def _shares(words: Sequence[Iterable[str]]) -> Shares:
    there = marked(words).astype(np.float64)
    return there / np.maximum(1, there.sum(axis=1, keepdims=True))
