"""Weekly free time: slots like "Wed 19:00-22:30", in the person's own time zone."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
WRITTEN = re.compile(r"\s*([A-Za-z]{3})[a-z]*\s+(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})\s*")
MINUTES_OF_DAY = 24 * 60


@dataclass(frozen=True, order=True)
class Slot:
    """A stretch of one weekday (0 = Monday), in minutes after midnight; `end` is at most 1440."""

    day: int
    start: int
    end: int

    def __str__(self) -> str:
        return f"{DAYS[self.day]} {self.start // 60:02}:{self.start % 60:02}-{self.end // 60:02}:{self.end % 60:02}"


def slot_of(text: str) -> Slot | None:
    """The slot that a text names; none when it names none: no such day or hour, or an end that is not after the start."""
    found = WRITTEN.fullmatch(text)
    if not found or found[1].capitalize() not in DAYS:
        return None
    hours = [int(part) for part in found.groups()[1:]]
    start, end = hours[0] * 60 + hours[1], hours[2] * 60 + hours[3]
    if hours[1] > 59 or hours[3] > 59 or not start < end <= MINUTES_OF_DAY:
        return None
    return Slot(DAYS.index(found[1].capitalize()), start, end)


def merged(slots: Iterable[Slot]) -> tuple[list[Slot], bool]:
    """The same time without overlaps, in the order of the week, and whether any slots overlapped; slots that touch are joined too."""
    joined: list[Slot] = []
    overlapped = False
    for slot in sorted(slots):
        last = joined[-1] if joined else None
        if last is None or last.day != slot.day or slot.start > last.end:
            joined.append(slot)
            continue
        overlapped = overlapped or slot.start < last.end
        joined[-1] = Slot(last.day, last.start, max(last.end, slot.end))
    return joined, overlapped
