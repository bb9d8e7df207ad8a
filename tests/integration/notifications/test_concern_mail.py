"""Mail about concerns: to those whom the event names, without a word of what was said."""

import uuid

from contracts.pairing import ConcernRaised


def test_safeguarding_leads_are_told_of_a_concern_without_a_word_of_it(notifications, sink, cast):
    notifications.hear(*cast.introduction)
    for urgent, subject in ((False, "Somebody raised a concern"), (True, "Urgent: somebody raised a concern")):
        sink.taken.clear()
        concern = str(uuid.uuid4())
        notifications.hear(ConcernRaised(concern_id=concern, urgent=urgent, told=(cast.niamh,)))
        notifications.tick()
        assert [mail["To"] for mail in sink.taken] == ["niamh@example.org"]
        assert sink.taken[0]["Subject"] == subject
        assert f"https://firda.example.org/pairing/cases/{concern}" in sink.taken[0].get_body(("plain",)).get_content()
        assert "Autumn 2026" not in sink.taken[0].as_string()


def test_without_a_lead_administrators_are_asked_to_appoint_one_and_once_known(notifications, sink, cast):
    event = notifications.delivery(ConcernRaised(concern_id=str(uuid.uuid4()), urgent=True, told=(cast.niamh,), unread=True))
    notifications.apply([event])
    notifications.tick()
    assert sink.taken == []
    notifications.hear(*cast.introduction)
    notifications.hurry()
    notifications.tick()
    assert [mail["Subject"] for mail in sink.taken] == ["A safeguarding lead is needed today"]
    notifications.apply([event])
    notifications.tick()
    assert len(sink.taken) == 1
