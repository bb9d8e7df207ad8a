"""Weekly free time of many people in their own time zones, laid over each other as quarters of an hour of one week in UTC."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from pairing.matching.candidates import Candidate
from pairing.people.availability import slot_of

QUARTER = 15
QUARTERS = 7 * 24 * 60 // QUARTER
Free = NDArray[np.bool_]
"""True for each of the week's 672 quarters of an hour in which somebody is free; a cohort has one row per person."""


@lru_cache(maxsize=65536)
def quarters(text: str, zone: str, monday: date) -> tuple[int, int]:
    """First and past-the-last quarter of a weekly slot, from Monday 00:00 UTC of the week of `monday`; may reach over either end of it.

    The zone's offset is the one of that very day, so daylight saving is right. Only whole quarters count; an unreadable slot has none.
    """
    slot = slot_of(text)
    if slot is None:
        return 0, 0
    first, last = (_utc_minutes(monday, slot.day, minute, zone) for minute in (slot.start, slot.end))
    return -(-first // QUARTER), last // QUARTER


def _utc_minutes(monday: date, weekday: int, minute: int, zone: str) -> int:
    local = datetime.combine(monday, time()) + timedelta(days=weekday, minutes=minute)
    opening = datetime.combine(monday, time(), UTC)
    return int((local.replace(tzinfo=ZoneInfo(zone)) - opening).total_seconds() // 60)


def free_quarters(people: Sequence[Candidate], monday: date) -> Free:
    """When each person is free in the week of `monday`: shape (people, 672)."""
    stretches = [(row, *quarters(slot, person.time_zone, monday)) for row, person in enumerate(people) for slot in person.availability]
    rows, first, past = np.array(stretches, dtype=np.intp).reshape(-1, 3).T
    lengths = np.maximum(0, past - first)
    within = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    week = np.zeros((len(people), QUARTERS), dtype=bool)
    week[np.repeat(rows, lengths), (np.repeat(first, lengths) + within) % QUARTERS] = True
    return week


def possible_starts(free: Free, minutes: int) -> Free:
    """The quarters from which somebody is free for `minutes` without a break; same shape.

    Two people can meet from a quarter exactly when both can start there, so one product of these matrices compares whole cohorts.
    """
    starts = free.copy()
    for step in range(1, -(-minutes // QUARTER)):
        starts &= np.roll(free, -step, axis=-1)
    return starts


def common_starts(mentees: Free, mentors: Free) -> NDArray[np.float32]:
    """How many quarters both can start from: shape (mentees, mentors)."""
    used = mentees.any(axis=0) & mentors.any(axis=0)
    return mentees[:, used].astype(np.float32) @ mentors[:, used].astype(np.float32).T


def common_windows(one: Free, other: Free, monday: date, minutes: int) -> tuple[tuple[datetime, datetime], ...]:
    """The stretches of at least `minutes` that two people (one row each) are both free, in UTC within the week of `monday`."""
    both = one & other
    opening = datetime.combine(monday, time(), UTC)
    edges = np.flatnonzero(np.diff(np.concatenate(([False], both, [False])).astype(np.int8)))
    runs = [(int(first), int(past)) for first, past in edges.reshape(-1, 2)]
    return tuple(
        (opening + timedelta(minutes=first * QUARTER), opening + timedelta(minutes=past * QUARTER))
        for first, past in _joined_over_the_weekend(runs)
        if (past - first) * QUARTER >= minutes
    )


def _joined_over_the_weekend(runs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    if len(runs) > 1 and runs[0][0] == 0 and runs[-1][1] == QUARTERS:
        return [*runs[1:-1], (runs[-1][0], QUARTERS + runs[0][1])]
    return runs
