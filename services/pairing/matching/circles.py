"""Finds promising groups: whole arrangements put together by chance, and every group that differs in one person from a good one."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from pairing.matching.circle import Everybody, Members, Rows
from pairing.matching.criteria import Flags


@dataclass(frozen=True)
class Sizes:
    """How many mentees a group has, from and to, and how many mentors lead it."""

    smallest: int
    largest: int
    adults: int


def arrangement(everybody: Everybody, sizes: Sizes, chance: np.random.Generator) -> list[Members]:
    """Groups without a common member: those who fit in with few others are placed first, the rest by fit, balance and chance."""
    count = everybody.mentees
    free = np.ones(len(everybody.starts), dtype=bool)
    company = everybody.together[:count, count:].sum(axis=1) * (0.5 + chance.random(count))
    groups: list[Members] = []
    for first in np.argsort(company).tolist():
        group = _grown(everybody, sizes, first, free, chance) if free[first] else ()
        if group:
            groups.append(group)
            free[list(group)] = False
    for left in np.flatnonzero(free[:count]).tolist():
        _join_somewhere(everybody, sizes, left, groups)
    return groups


def neighbours(everybody: Everybody, sizes: Sizes, group: Members) -> Iterator[Members]:
    """Every possible group with one person more, one less, or another one."""
    mentees, _ = everybody.split(group)
    if len(mentees) < sizes.largest:
        yield from (_sorted(*group, other) for other in _rows(everybody.open_to(group), mentees=everybody.mentees))
    for member in group:
        rest = tuple(other for other in group if other != member)
        if member < everybody.mentees and len(mentees) > sizes.smallest:
            yield rest
        candidates = everybody.open_to(rest)
        others = _rows(candidates, mentees=everybody.mentees) if member < everybody.mentees else _mentors(everybody, candidates)
        yield from (_sorted(*rest, other) for other in others if other != member)


def _grown(everybody: Everybody, sizes: Sizes, first: int, free: Flags, chance: np.random.Generator) -> Members:
    """A group around one mentee: first its mentors, then mentees; empty when it stays too small."""
    group = [first]
    for _ in range(sizes.adults):
        mentors = _mentors(everybody, everybody.open_to(group) & free)
        if not len(mentors):
            return ()
        fitting = everybody.fit[first, mentors - everybody.mentees] + everybody.company(group, mentors) + chance.random(len(mentors))
        group.append(int(mentors[np.argmax(fitting)]))
    size = chance.integers(sizes.smallest, sizes.largest, endpoint=True)
    while len(group) < size + sizes.adults:
        others = _rows(everybody.open_to(group) & free, mentees=everybody.mentees)
        if not len(others):
            break
        mentees, leading = everybody.split(group)
        gain = everybody.balance_with(mentees, others) + everybody.fit[others][:, leading].mean(axis=1) + everybody.company(group, others)
        group.append(int(others[np.argmax(gain + chance.random(len(others)))]))
    return _sorted(*group) if len(group) - sizes.adults >= sizes.smallest else ()


def _join_somewhere(everybody: Everybody, sizes: Sizes, left: int, groups: list[Members]) -> None:
    for index, group in enumerate(groups):
        if len(group) - sizes.adults < sizes.largest and everybody.open_to(group)[left]:
            groups[index] = _sorted(*group, left)
            return


def _rows(chosen: Flags, mentees: int) -> Rows:
    return np.flatnonzero(chosen[:mentees])


def _mentors(everybody: Everybody, chosen: Flags) -> Rows:
    return np.flatnonzero(chosen[everybody.mentees :]) + everybody.mentees


def _sorted(*members: int) -> Members:
    return tuple(sorted(int(member) for member in members))
