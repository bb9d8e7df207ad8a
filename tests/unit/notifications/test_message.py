"""A message: its id, its states, and what it does when the mail server does not take it."""

from datetime import UTC, datetime, timedelta

import pytest

from contracts.notifications import MessageSent
from notifications.messages.model import LONGEST_PAUSE, PATIENCE, Message, Particulars, id_of

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


def message(**about) -> Message:
    particulars = Particulars(**{"subject_id": "subject", "programme_id": "programme", **about})
    return Message(id="m", recipient_id="yara", kind="meeting-planned", about=particulars, queued_at=NOW)


def test_the_id_follows_from_kind_subject_sequence_and_recipient():
    same = id_of("meeting-moved", "meeting", "yara", 2)
    assert same == id_of("meeting-moved", "meeting", "yara", 2)
    others = {id_of("meeting-planned", "meeting", "yara", 2), id_of("meeting-moved", "other", "yara", 2)}
    assert same not in others | {id_of("meeting-moved", "meeting", "noor", 2), id_of("meeting-moved", "meeting", "yara", 3)}


def test_sent_once_it_tells_so_once():
    sent = message()
    assert sent.mark_sent("is", NOW) == MessageSent(message_id="m", recipient_id="yara", kind="meeting-planned", language="is")
    assert (sent.state, sent.language, sent.sent_at) == ("sent", "is", NOW)
    assert sent.mark_sent("is", NOW) is None


def test_what_went_out_after_it_was_parked_counts_as_sent():
    late = message()
    late.park("superseded")
    assert late.mark_sent("nl", NOW) is not None
    assert (late.state, late.reason) == ("sent", None)


@pytest.mark.parametrize("change", [lambda m: m.park("superseded"), lambda m: m.mark_failed("refused"), lambda m: m.forget()])
def test_a_sent_message_stays_sent(change):
    sent = message()
    sent.mark_sent("nl", NOW)
    change(sent)
    assert sent.state == "sent"


def test_pauses_grow_and_patience_ends():
    waiting, moments = message(), []
    for _ in range(14):
        moments.append(waiting.wait("mail_server_unavailable", NOW) - NOW)
    assert moments[0] == timedelta(seconds=2)
    assert moments == sorted(moments)
    assert moments[-1] == LONGEST_PAUSE
    assert waiting.wait("mail_server_unavailable", NOW + PATIENCE + timedelta(seconds=1)) is None
    assert (waiting.state, waiting.reason, waiting.attempts) == ("parked", "mail_server_unavailable", 15)


def test_a_message_is_too_late_at_its_deadline_or_when_the_session_is_over():
    assert message(deadline=NOW).came_too_late(NOW)
    assert not message(deadline=NOW + timedelta(seconds=1)).came_too_late(NOW)
    assert message(starts_at=NOW - timedelta(hours=1), ends_at=NOW).came_too_late(NOW)
    assert not message().came_too_late(NOW + timedelta(days=365))


def test_an_erased_recipient_gets_nothing_and_is_not_named():
    gone = message()
    gone.forget()
    assert (gone.state, gone.reason, gone.recipient_id) == ("parked", "erased", None)
    assert gone.mark_sent("nl", NOW) is None
