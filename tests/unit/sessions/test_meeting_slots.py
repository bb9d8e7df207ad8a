"""The first common free time, over clock changes in the five countries."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.meetings import slots

AMSTERDAM, DUBLIN, LISBON, REYKJAVIK, MADRID = "Europe/Amsterdam", "Europe/Dublin", "Europe/Lisbon", "Atlantic/Reykjavik", "Europe/Madrid"
HOUR = timedelta(hours=1)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def free(availability: str, zone: str, earliest: str, latest: str) -> list[tuple[datetime, datetime]]:
    return slots.free_times(availability.split("; "), zone, utc(earliest), utc(latest))


@pytest.mark.parametrize(
    ("zone", "before", "after"),
    [
        (AMSTERDAM, "2026-10-19T14:00", "2026-10-26T15:00"),
        (MADRID, "2026-10-19T14:00", "2026-10-26T15:00"),
        (DUBLIN, "2026-10-19T15:00", "2026-10-26T16:00"),
        (LISBON, "2026-10-19T15:00", "2026-10-26T16:00"),
        (REYKJAVIK, "2026-10-19T16:00", "2026-10-26T16:00"),
    ],
)
def test_a_weekly_slot_keeps_its_wall_clock_time_when_summer_time_ends(zone: str, before: str, after: str) -> None:
    found = free("Mon 16:00-17:00", zone, "2026-10-18T00:00", "2026-10-31T00:00")
    assert found == [(utc(before), utc(before) + HOUR), (utc(after), utc(after) + HOUR)]


@pytest.mark.parametrize(
    ("zone", "before", "after"),
    [
        (AMSTERDAM, "2027-03-22T15:00", "2027-03-29T14:00"),
        (DUBLIN, "2027-03-22T16:00", "2027-03-29T15:00"),
        (LISBON, "2027-03-22T16:00", "2027-03-29T15:00"),
        (REYKJAVIK, "2027-03-22T16:00", "2027-03-29T16:00"),
    ],
)
def test_a_weekly_slot_keeps_its_wall_clock_time_when_summer_time_begins(zone: str, before: str, after: str) -> None:
    found = free("Mon 16:00-17:00", zone, "2027-03-21T00:00", "2027-04-03T00:00")
    assert [begins for begins, _ in found] == [utc(before), utc(after)]


def test_a_slot_over_the_repeated_hour_is_an_hour_longer_than_it_looks() -> None:
    (only,) = free("Sun 01:30-03:30", AMSTERDAM, "2026-10-24T12:00", "2026-10-26T00:00")
    assert only == (utc("2026-10-24T23:30"), utc("2026-10-25T02:30"))


def test_a_slot_over_the_skipped_hour_is_an_hour_shorter_than_it_looks() -> None:
    (only,) = free("Sun 01:30-03:30", AMSTERDAM, "2027-03-27T12:00", "2027-03-29T00:00")
    assert only == (utc("2027-03-28T00:30"), utc("2027-03-28T01:30"))


def test_a_slot_past_midnight_ends_on_the_next_day() -> None:
    assert free("Sat 23:00-01:00", DUBLIN, "2026-11-07T12:00", "2026-11-09T00:00") == [(utc("2026-11-07T23:00"), utc("2026-11-08T01:00"))]


def test_two_people_who_share_an_hour_only_in_winter_meet_after_the_change() -> None:
    reykjavik = free("Mon 17:00-18:00", REYKJAVIK, "2026-10-01T00:00", "2026-12-01T00:00")
    amsterdam = free("Mon 18:00-19:00", AMSTERDAM, "2026-10-01T00:00", "2026-12-01T00:00")
    assert slots.first_meeting(slots.in_common(reykjavik, amsterdam), HOUR) == (utc("2026-10-26T17:00"), utc("2026-10-26T18:00"))


def test_slots_that_touch_are_one() -> None:
    assert free("Wed 15:00-17:30; Wed 17:30-18:30", LISBON, "2026-11-11T00:00", "2026-11-12T00:00") == [
        (utc("2026-11-11T15:00"), utc("2026-11-11T18:30"))
    ]


def test_a_running_slot_counts_from_now_on() -> None:
    assert free("Wed 15:00-17:30", LISBON, "2026-11-11T16:00", "2026-11-12T00:00") == [(utc("2026-11-11T16:00"), utc("2026-11-11T17:30"))]


@pytest.mark.parametrize("text", ["", "Wed", "wed 10:00-11:00", "Wed 24:00-25:00", "Wed 10:00 - 11:00", "Wed 10:00-11:00-12:00"])
def test_what_cannot_be_read_is_not_free(text: str) -> None:
    assert slots.WeeklySlot.read(text) is None


def test_taken_time_is_not_free() -> None:
    day = [(utc("2026-11-11T15:00"), utc("2026-11-11T18:00"))]
    taken = [(utc("2026-11-11T16:00"), utc("2026-11-11T17:00")), (utc("2026-11-11T14:00"), utc("2026-11-11T15:10"))]
    assert slots.without(day, taken) == [
        (utc("2026-11-11T15:10"), utc("2026-11-11T16:00")),
        (utc("2026-11-11T17:00"), utc("2026-11-11T18:00")),
    ]


@pytest.mark.parametrize(("minutes", "length"), [(20, None), (29, None), (30, 30), (45, 45), (60, 60), (90, 60)])
def test_a_first_meeting_lasts_as_planned_or_all_of_a_shorter_time_from_half_an_hour_on(minutes: int, length: int | None) -> None:
    start = utc("2026-11-11T15:00")
    found = slots.first_meeting([(start, start + timedelta(minutes=minutes))], HOUR)
    assert found == (None if length is None else (start, start + timedelta(minutes=length)))


moments = st.integers(0, 60).map(lambda n: utc("2026-11-11T00:00") + timedelta(minutes=n))
intervals = st.lists(st.tuples(moments, moments).filter(lambda pair: pair[0] < pair[1]), max_size=5)


@given(intervals, intervals)
def test_common_time_is_in_both_and_taken_time_in_neither(one: list[slots.Interval], other: list[slots.Interval]) -> None:
    mine, yours = slots._joined(sorted(one)), slots._joined(sorted(other))
    common, left = slots.in_common(mine, yours), slots.without(mine, yours)

    def covers(times: list[slots.Interval], moment: datetime) -> bool:
        return any(begins <= moment < ends for begins, ends in times)

    for minute in range(61):
        moment = utc("2026-11-11T00:00") + timedelta(minutes=minute)
        assert covers(common, moment) == (covers(mine, moment) and covers(yours, moment))
        assert covers(left, moment) == (covers(mine, moment) and not covers(yours, moment))


@given(st.sampled_from([AMSTERDAM, DUBLIN, LISBON, REYKJAVIK, MADRID]), st.integers(0, 400), st.integers(0, 6), st.integers(4, 22))
def test_a_slot_begins_at_its_wall_clock_time_on_every_day_of_the_year(zone: str, day: int, weekday: int, hour: int) -> None:
    earliest = utc("2026-09-01T00:00") + timedelta(days=day)
    found = slots.free_times([f"{slots.WEEKDAYS[weekday]} {hour:02}:00-{hour + 1:02}:00"], zone, earliest, earliest + timedelta(days=21))
    for begins, _ in found[1:]:
        local = begins.astimezone(ZoneInfo(zone))
        assert (local.weekday(), local.hour, local.minute) == (weekday, hour, 0)
    assert len(found) >= 2


@pytest.mark.parametrize(
    ("given_at", "next_at"), [("16:00:00", "16:00"), ("16:00:01", "16:15"), ("16:07:30", "16:15"), ("23:59:00", "00:00")]
)
def test_the_next_quarter_of_an_hour(given_at: str, next_at: str) -> None:
    found = slots.next_quarter(utc(f"2026-11-11T{given_at}"))
    assert (found.strftime("%H:%M"), found.second) == (next_at, 0)
