"""A week to tick: every time that was given before has its boxes, and saving what they tick gives the same time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairing.people import where_when
from pairing.people.availability import MINUTES_OF_DAY, Slot, merged, slot_of

MINUTE = st.integers(0, MINUTES_OF_DAY).map(lambda minute: minute - minute % 5)
SLOTS = st.lists(st.tuples(st.integers(0, 6), MINUTE, MINUTE).filter(lambda each: each[1] < each[2]).map(lambda each: Slot(*each)))


@given(SLOTS)
def test_what_is_ticked_is_the_same_time_again(slots):
    free = merged(slots)[0]
    again, overlapped = merged([slot_of(text) for text in where_when.ticked(map(str, free))])
    assert (again, overlapped) == (free, False)


def test_a_time_beside_the_parts_of_a_day_is_split_at_them():
    assert where_when.ticked(["Fri 14:30-17:30"]) == ["Fri 14:30-15:00", "Fri 15:00-17:00", "Fri 17:00-17:30"]
    assert where_when.ticked(["Sat 09:00-21:00"]) == [f"Sat {start:02}:00-{end:02}:00" for start, end in where_when.PARTS]
    assert where_when.ticked(["whenever"]) == []


@pytest.mark.parametrize(
    ("country", "zone"),
    [
        ("IS", "Atlantic/Reykjavik"),
        ("NL", "Europe/Amsterdam"),
        ("PT", "Europe/Lisbon"),
        ("ES", "Europe/Madrid"),
        ("", "UTC"),
        ("US", "UTC"),
    ],
)
def test_the_usual_zone_is_that_of_most_people_in_the_country(country, zone):
    assert where_when.usual_zone(country, "UTC") == zone
