"""A diary knows the taken hours to come, one entry per session."""

from datetime import UTC, datetime, timedelta

from sessions.diaries.model import Diary

NOW = datetime(2026, 11, 10, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_a_moved_session_takes_only_its_new_time() -> None:
    diary = Diary(id="femke")
    diary.write("one", NOW + HOUR, NOW + 2 * HOUR, NOW)
    diary.write("two", NOW + 5 * HOUR, NOW + 6 * HOUR, NOW)
    diary.write("one", NOW + 3 * HOUR, NOW + 4 * HOUR, NOW)
    assert diary.busy() == [(NOW + 5 * HOUR, NOW + 6 * HOUR), (NOW + 3 * HOUR, NOW + 4 * HOUR)]


def test_what_is_over_is_no_longer_kept() -> None:
    diary = Diary(id="femke")
    diary.write("one", NOW - 2 * HOUR, NOW - HOUR, NOW - 3 * HOUR)
    diary.write("two", NOW + HOUR, NOW + 2 * HOUR, NOW)
    assert [taken.meeting_id for taken in diary.taken] == ["two"]


def test_a_struck_session_frees_its_time() -> None:
    diary = Diary(id="femke")
    diary.write("one", NOW + HOUR, NOW + 2 * HOUR, NOW)
    diary.strike("one")
    assert diary.busy() == []
