"""Dates, times and numbers are written in the reader's language, on the reader's clock, with the zone named."""

from datetime import UTC, date, datetime

import pytest

from ui import formats

NOVEMBER = datetime(2026, 11, 26, 15, 30, tzinfo=UTC)
JULY = datetime(2026, 7, 2, 15, 30, tzinfo=UTC)
TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("language", "zone", "written"),
    [
        ("en", "Europe/Amsterdam", "Thursday 26 November, 16:30 Amsterdam time"),
        ("nl", "Europe/Amsterdam", "donderdag 26 november, 16:30 (tijd in Amsterdam)"),
        ("es", "Europe/Madrid", "jueves 26 de noviembre, 16:30 (hora de Madrid)"),
        ("pt", "Europe/Lisbon", "quinta-feira, 26 de novembro, 15:30 (hora de Lisboa)"),
        ("is", "Atlantic/Reykjavik", "fimmtudagur 26. nóvember, 15:30 (tímabelti: Reykjavík)"),
        ("en", "Europe/Dublin", "Thursday 26 November, 15:30 Dublin time"),
    ],
)
def test_a_moment_is_written_in_each_language_with_its_zone_named(language: str, zone: str, written: str) -> None:
    assert formats.moment_text(NOVEMBER, language, zone, TODAY) == written


@pytest.mark.parametrize(
    ("zone", "winter", "summer"),
    [
        ("Europe/Amsterdam", "16:30", "17:30"),
        ("Europe/Dublin", "15:30", "16:30"),
        ("Atlantic/Reykjavik", "15:30", "15:30"),
        ("Atlantic/Canary", "15:30", "16:30"),
    ],
)
def test_summer_time_counts_where_it_is_kept(zone: str, winter: str, summer: str) -> None:
    assert formats.clock_text(NOVEMBER, "is", zone) == winter
    assert formats.clock_text(JULY, "is", zone) == summer


def test_the_day_is_the_one_on_the_readers_calendar() -> None:
    late = datetime(2026, 11, 26, 23, 30, tzinfo=UTC)
    assert formats.day_text(late, "en", "Europe/Amsterdam") == "Friday 27 November 2026"
    assert formats.day_text(late, "en", "Atlantic/Reykjavik") == "Thursday 26 November 2026"
    assert formats.day_text(date(2026, 11, 26), "es", "Europe/Amsterdam") == "jueves 26 de noviembre de 2026"


def test_another_year_is_said() -> None:
    assert formats.moment_text(NOVEMBER, "en", "UTC", date(2027, 1, 3)) == "Thursday 26 November 2026, 15:30 UTC time"


def test_an_unknown_zone_reads_as_universal_time() -> None:
    assert formats.moment_text(NOVEMBER, "en", "Mars/Olympus", TODAY).endswith("15:30 UTC time")


@pytest.mark.parametrize(
    ("language", "number", "share"),
    [
        ("en", "12,345.5", "76%"),
        ("nl", "12.345,5", "76%"),
        ("es", "12.345,5", "76\u00a0%"),
        ("pt", "12\u00a0345,5", "76%"),
        ("is", "12.345,5", "76%"),
    ],
)
def test_numbers_and_shares_follow_the_language(language: str, number: str, share: str) -> None:
    assert formats.number_text(12345.5, language) == number
    assert formats.percent_text(0.76, language) == share


def test_a_difference_carries_its_sign_unless_it_rounds_to_nothing() -> None:
    assert [formats.signed_text(value, "en") for value in (0.84, -0.3, 0.04, -0.04)] == ["+0.8", "\u22120.3", "0.0", "0.0"]
