"""Free time of people in different zones is compared at the same instants, also across a clock change."""

from datetime import UTC, date, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairing.matching.availability import QUARTERS, common_starts, common_windows, free_quarters, possible_starts, quarters
from pairing.matching.candidates import Candidate, Terms

WINTER, SUMMER = date(2026, 12, 7), date(2027, 4, 5)


def person(*slots: str, zone: str = "Europe/Amsterdam") -> Candidate:
    return Candidate(id="p", time_zone=zone, availability=slots)


def hours(week: np.ndarray) -> float:
    return float(week.sum()) / 4


@pytest.mark.parametrize(
    ("monday", "zone", "first_hour"),
    [
        (WINTER, "Europe/Amsterdam", 18),
        (SUMMER, "Europe/Amsterdam", 17),
        (WINTER, "Atlantic/Reykjavik", 19),
        (SUMMER, "Atlantic/Reykjavik", 19),
        (WINTER, "Europe/Lisbon", 19),
        (SUMMER, "Europe/Lisbon", 18),
    ],
)
def test_a_slot_stands_at_its_instant_of_that_week(monday, zone, first_hour):
    assert quarters("Wed 19:00-22:30", zone, monday) == ((2 * 24 + first_hour) * 4, (2 * 24 + first_hour) * 4 + 14)


def test_the_clock_change_within_the_week_moves_only_the_days_after_it():
    week_of_the_change = date(2027, 3, 22)
    saturday, sunday = (quarters(f"{day} 10:00-11:00", "Europe/Madrid", week_of_the_change)[0] for day in ("Sat", "Sun"))
    assert sunday - saturday == 23 * 4


def test_iceland_and_spain_meet_in_winter_and_not_in_summer():
    iceland, spain = person("Mon 16:00-17:00", zone="Atlantic/Reykjavik"), person("Mon 17:00-18:00", zone="Europe/Madrid")
    for monday, together in ((WINTER, 1), (SUMMER, 0)):
        free = free_quarters([iceland, spain], monday)
        assert hours(free[0] & free[1]) == together


def test_a_slot_may_reach_over_the_end_of_the_week_in_utc():
    free = free_quarters([person("Mon 00:00-02:00", zone="Europe/Madrid"), person("Sun 23:00-24:00", zone="UTC")], WINTER)
    assert hours(free[0]) == 2
    assert hours(free[0] & free[1]) == 1


def test_only_whole_quarters_count():
    assert hours(free_quarters([person("Tue 09:05-10:25")], WINTER)[0]) == 1


def test_a_session_must_fit_without_a_break():
    free = free_quarters([person("Mon 10:00-10:45", "Mon 11:00-11:45"), person("Mon 10:00-12:00")], WINTER)
    starts = possible_starts(free, 60)
    assert common_starts(starts[:1], starts[1:])[0, 0] == 0
    assert common_starts(*(possible_starts(free, 45)[row : row + 1] for row in (0, 1)))[0, 0] == 2


def test_common_windows_are_told_as_instants():
    free = free_quarters(
        [person("Wed 19:00-22:30", "Fri 09:00-09:30"), person("Wed 17:00-20:30", "Fri 08:00-10:00", zone="Europe/Dublin")], WINTER
    )
    assert common_windows(free[0], free[1], WINTER, 60) == (
        (datetime(2026, 12, 9, 18, 0, tzinfo=UTC), datetime(2026, 12, 9, 20, 30, tzinfo=UTC)),
    )


def test_a_common_window_over_the_end_of_the_week_is_one():
    free = free_quarters([person("Sun 23:00-24:00", "Mon 00:00-01:00", zone="UTC")] * 2, WINTER)
    assert common_windows(free[0], free[1], WINTER, 120) == (
        (datetime(2026, 12, 13, 23, tzinfo=UTC), datetime(2026, 12, 14, 1, tzinfo=UTC)),
    )


WEEK = st.lists(st.integers(0, QUARTERS - 1), max_size=80).map(lambda hits: np.isin(np.arange(QUARTERS), hits))


@given(WEEK, WEEK, st.sampled_from([15, 30, 45, 60]))
def test_common_starts_agree_with_counting_one_by_one(one, other, minutes):
    length, both = minutes // 15, one & other
    expected = sum(all(both[(start + step) % QUARTERS] for step in range(length)) for start in range(QUARTERS))
    starts = possible_starts(np.stack([one, other]), minutes)
    assert common_starts(starts[:1], starts[1:])[0, 0] == expected


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "monday"),
    [
        (date(2026, 12, 7), date(2027, 6, 30), date(2026, 12, 7)),
        (date(2026, 12, 8), date(2027, 6, 30), date(2026, 12, 14)),
        (date(2026, 12, 8), date(2026, 12, 12), date(2026, 12, 7)),
    ],
)
def test_the_reference_week_is_the_first_whole_week_of_the_programme(starts_on, ends_on, monday):
    assert Terms(starts_on=starts_on, ends_on=ends_on, weights={}).reference_week == monday
