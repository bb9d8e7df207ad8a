"""Ninety days without a session are told once; a session starts the count anew."""

from datetime import UTC, datetime, timedelta

from contracts.sessions import PairingSilent
from sessions.silences.model import LONG, Silence

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_it_is_told_after_ninety_days_and_once():
    silence = Silence("p", "a", NOW)
    assert silence.notice(NOW + LONG - SECOND) is None
    assert silence.notice(NOW + LONG) == PairingSilent(pairing_id="p", programme_id="a", since=NOW)
    assert silence.notice(NOW + 2 * LONG) is None


def test_a_session_starts_the_count_anew_and_the_next_silence_is_told_again():
    silence = Silence("p", "a", NOW)
    silence.notice(NOW + LONG)
    silence.met(NOW + LONG + SECOND)
    assert silence.notice(NOW + 2 * LONG) is None
    assert silence.notice(NOW + 2 * LONG + SECOND).since == NOW + LONG + SECOND


def test_a_session_that_is_heard_of_late_never_turns_the_clock_back():
    silence = Silence("p", "a", NOW)
    silence.met(NOW - LONG)
    assert (silence.since, silence.due_at) == (NOW, NOW + LONG)
