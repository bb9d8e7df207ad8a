"""A week to tick: every time that was given before has its boxes, and saving what they tick gives the same time."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairing.people import cells, where_when
from pairing.people.availability import MINUTES_OF_DAY, Slot, merged, slot_of
from ui.language import LANGUAGES

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


def read_in(monkeypatch, language):
    monkeypatch.setattr(where_when, "reader", lambda: SimpleNamespace(language=language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_country_is_offered_by_a_name_and_none_by_its_code(monkeypatch, language):
    read_in(monkeypatch, language)
    offered = dict(where_when.countries())
    assert [code for code, name in offered.items() if name == code] == []
    assert len(offered) > 240 and offered.keys() <= cells.country_codes()


def test_a_country_without_a_name_in_the_language_is_offered_only_where_it_is_kept(monkeypatch):
    read_in(monkeypatch, "is")
    assert "CQ" not in dict(where_when.countries())
    assert dict(where_when.countries("CQ"))["CQ"] == "Sark"
    assert "XX" not in dict(where_when.countries("XX"))


@pytest.mark.parametrize(
    ("language", "first", "between", "last"),
    [
        ("nl", "AF", "AX", "AL"),
        ("pt", "AF", "ZA", "AL"),
        ("pt", "AU", "AT", "AZ"),
        ("es", "LV", "LB", "LR"),
        ("is", "AZ", "AX", "BS"),
        ("is", "TH", "TR", "DE"),
        ("is", "IN", "IQ", "JM"),
    ],
)
def test_countries_stand_in_the_order_of_the_readers_alphabet(monkeypatch, language, first, between, last):
    read_in(monkeypatch, language)
    near, codes = set(where_when.packs()), [code for code, _ in where_when.countries()]
    assert set(codes[: len(near)]) == near, "those that have a pack come first"
    assert codes.index(first) < codes.index(between) < codes.index(last)
