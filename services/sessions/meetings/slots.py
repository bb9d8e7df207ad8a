"""Finds the first hours in which two people are both free, each speaking of the clock on their own wall."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
WRITTEN = re.compile(rf"({'|'.join(WEEKDAYS)}) ([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")
SHORTEST = timedelta(minutes=30)
WEEK, QUARTER = timedelta(days=7), timedelta(minutes=15)

Interval = tuple[datetime, datetime]
"""A time from its start up to its end, both in UTC."""


@dataclass(frozen=True)
class WeeklySlot:
    """Free every week on `weekday` (0 is Monday) between two local times; an end at or before the start lies on the next day."""

    weekday: int
    begins: time
    ends: time

    @classmethod
    def read(cls, text: str) -> "WeeklySlot | None":
        """The slot of a text like "Wed 19:00-22:30"; none when it cannot be read, which counts as not free."""
        found = WRITTEN.fullmatch(text.strip())
        if found is None:
            return None
        day, *numbers = found.groups()
        first_hour, first_minute, last_hour, last_minute = (int(number) for number in numbers)
        return cls(WEEKDAYS.index(day), time(first_hour, first_minute), time(last_hour, last_minute))

    def on(self, day: date, zone: ZoneInfo) -> Interval:
        """The slot of that day in UTC; the clock change is in it, so its length may differ from what the clock shows."""
        last = day if self.ends > self.begins else day + timedelta(days=1)
        return _utc(day, self.begins, zone), _utc(last, self.ends, zone)


def free_times(availability: Iterable[str], time_zone: str, earliest: datetime, latest: datetime) -> list[Interval]:
    """Every free time between two moments, in order; times that touch are one."""
    zone = ZoneInfo(time_zone)
    slots = [slot for slot in map(WeeklySlot.read, availability) if slot is not None]
    first, last = earliest.astimezone(zone).date() - timedelta(days=1), latest.astimezone(zone).date()
    found = [slot.on(day, zone) for slot in slots for day in _days(slot.weekday, first, last)]
    clipped = [(max(begins, earliest), min(ends, latest)) for begins, ends in found]
    return _joined(sorted((begins, ends) for begins, ends in clipped if begins < ends))


def without(times: Sequence[Interval], taken: Iterable[Interval]) -> list[Interval]:
    """The times less what is taken."""
    left = list(times)
    for taken_from, taken_to in taken:
        parts = [((begins, min(ends, taken_from)), (max(begins, taken_to), ends)) for begins, ends in left]
        left = [part for pair in parts for part in pair if part[0] < part[1]]
    return sorted(set(left))


def in_common(one: Sequence[Interval], other: Sequence[Interval]) -> list[Interval]:
    """The times that lie in both, in order."""
    common, i, j = [], 0, 0
    while i < len(one) and j < len(other):
        begins, ends = max(one[i][0], other[j][0]), min(one[i][1], other[j][1])
        if begins < ends:
            common.append((begins, ends))
        i, j = (i + 1, j) if one[i][1] <= other[j][1] else (i, j + 1)
    return common


def first_meeting(common: Iterable[Interval], length: timedelta) -> Interval | None:
    """The first time of that length, or the whole of a shorter one from half an hour on; none when there is neither."""
    for begins, ends in common:
        if ends - begins >= min(length, SHORTEST):
            return begins, min(ends, begins + length)
    return None


def next_quarter(moment: datetime) -> datetime:
    """The moment itself at a quarter of an hour, else the next one: nobody meets at 16:07."""
    return moment + (datetime.min.replace(tzinfo=UTC) - moment) % QUARTER


def _utc(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, zone).astimezone(UTC)


def _days(weekday: int, first: date, last: date) -> Iterable[date]:
    day = first + timedelta(days=(weekday - first.weekday()) % 7)
    while day <= last:
        yield day
        day += WEEK


def _joined(times: Iterable[Interval]) -> list[Interval]:
    joined: list[Interval] = []
    for begins, ends in times:
        if joined and begins <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(ends, joined[-1][1]))
        else:
            joined.append((begins, ends))
    return joined
