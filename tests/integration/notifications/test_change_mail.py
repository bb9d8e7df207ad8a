"""Mail about requests for somebody else: to the coordinators without a name, and to who asked once it is answered."""

from dataclasses import replace

import pytest

from contracts.pairing import ChangeRequested, ChangeSettled

REQUEST = "0b9f4c1e-7d2a-4c55-9a10-0000000000d1"


@pytest.fixture
def requested(cast):
    return ChangeRequested(request_id=REQUEST, pairing_id=cast.pairing, programme_id=cast.programme, members=(cast.niamh, cast.sigga))


@pytest.fixture
def settled(cast):
    return ChangeSettled(request_id=REQUEST, pairing_id=cast.pairing, programme_id=cast.programme, person_id=cast.sigga)


def mailed(notifications, sink, *events):
    """Whom the mails about these events go to."""
    before = len(sink.taken)
    notifications.hear(*events)
    notifications.tick()
    return [mail["To"] for mail in sink.taken[before:]]


def test_the_coordinators_hear_of_it_in_their_language_and_nobody_is_named(notifications, sink, cast, requested):
    notifications.hear(*cast.introduction)
    assert mailed(notifications, sink, requested) == ["marit@example.org"]
    (mail,) = sink.taken
    assert 'lang="nl"' in mail.get_body(("html",)).get_content()
    text = mail.get_body(("plain",)).get_content()
    assert f"https://firda.example.org/pairing/?programme={cast.programme}" in text
    assert "Niamh" not in text and "Sigríður" not in text and cast.pairing not in text


def test_a_coordinator_who_is_in_the_pairing_is_not_told(notifications, sink, cast, requested):
    niamh = next(event for event in cast.introduction if getattr(event, "person_id", "") == cast.niamh)
    notifications.hear(*cast.introduction, replace(niamh, roles=("mentor", "coordinator")))
    assert mailed(notifications, sink, requested) == ["marit@example.org"]


def test_the_same_event_mails_once_and_a_new_request_again(notifications, sink, cast, requested, settled):
    notifications.hear(*cast.introduction)
    delivery = notifications.delivery(requested)
    notifications.apply([delivery])
    notifications.apply([delivery])
    notifications.tick()
    assert len(sink.taken) == 1
    assert sorted(mailed(notifications, sink, settled, requested)) == ["marit@example.org", "sigga@example.org"]


def test_who_asked_hears_that_it_was_answered_and_nobody_else(notifications, sink, cast, settled):
    notifications.hear(*cast.introduction)
    assert mailed(notifications, sink, settled) == ["sigga@example.org"]
    (mail,) = sink.taken
    assert 'lang="is"' in mail.get_body(("html",)).get_content()
    assert "https://firda.example.org/pairing/pairings" in mail.get_body(("plain",)).get_content()
