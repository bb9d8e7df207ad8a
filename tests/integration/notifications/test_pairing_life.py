"""What people are told of the life of a pairing or group: paused, resumed, ended; and what reports count of it."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from contracts.pairing import (
    GroupAccepted,
    GroupLapsed,
    GroupLeft,
    GroupProposed,
    PairingAccepted,
    PairingClosed,
    PairingClosing,
    PairingPaused,
    PairingProposed,
    PairingResumed,
)
from contracts.people import PersonChanged, PersonErased

SOON = datetime.now(UTC).replace(microsecond=0) + timedelta(days=9)
LEAD = "00000000-0000-4000-8000-0000000000aa"


@pytest.fixture
def members(cast):
    return {"pairing_id": cast.pairing, "programme_id": cast.programme, "mentor_ids": (cast.niamh,), "mentee_ids": (cast.sigga,)}


@pytest.fixture
def lead():
    return PersonChanged(
        person_id=LEAD, roles=("safeguarding_lead",), given_name="Liv", family_name="X", email="liv@example.org", language="en",
        time_zone="Europe/Dublin", programme_ids=(),
    )  # fmt: skip


def told(notifications, sink, *events):
    """Who gets which kinds of message of these events."""
    before = len(sink.taken)
    notifications.hear(*events)
    notifications.tick()
    kinds = {row["_id"]: row["kind"] for row in notifications.messages()}
    taken = [(mail["To"].split("@")[0], mail["Message-ID"].strip("<>").split("@")[0]) for mail in sink.taken[before:]]
    return sorted((name, kinds[id]) for name, id in taken)


def report(notifications, cast):
    """Mentees with a mentor, and pairings by state."""
    from chassis.transaction import transact
    from notifications.reports import repository

    def count(uow):
        return repository.mentees_with_mentor(uow, cast.programme), repository.pairings_by_state(uow, cast.programme)

    return transact(notifications.database, notifications.settings, "notifications", count)


@pytest.mark.parametrize("reason", ["vetting", "age"])
def test_what_the_gate_finds_tells_both_sides_the_coordinator_and_the_lead(notifications, cast, sink, members, lead, reason):
    notifications.hear(*cast.introduction, lead)
    assert told(notifications, sink, PairingPaused(reason=reason, reasons=(reason,), **members)) == [
        ("liv", "pairing-paused-staff"), ("marit", "pairing-paused-staff"), ("niamh", "pairing-paused"), ("sigga", "pairing-paused"),
    ]  # fmt: skip
    assert not re.search(rf"\b{reason}\b", "".join(mail.get_body(("plain",)).get_content() for mail in sink.taken), re.IGNORECASE)


def test_one_reason_more_is_for_staff_alone(notifications, cast, sink, members, lead):
    notifications.hear(*cast.introduction, lead)
    assert told(notifications, sink, PairingPaused(reason="training", reasons=("illness", "training"), **members)) == [
        ("liv", "pairing-paused-staff"), ("marit", "pairing-paused-staff"),
    ]  # fmt: skip


def test_an_illness_is_no_matter_for_the_safeguarding_lead(notifications, cast, sink, members, lead):
    notifications.hear(*cast.introduction, lead)
    got = told(notifications, sink, PairingPaused(reason="illness", reasons=("illness",), **members))
    assert [name for name, _ in got] == ["marit", "niamh", "sigga"]


def test_every_pause_and_every_resumption_is_told(notifications, cast, sink, members):
    notifications.hear(*cast.introduction)
    paused, resumed = PairingPaused(reason="illness", reasons=("illness",), **members), PairingResumed(**members)
    for _ in range(2):
        assert len(told(notifications, sink, paused)) == 3
        assert told(notifications, sink, resumed) == [("niamh", "pairing-resumed"), ("sigga", "pairing-resumed")]


def test_an_ending_asks_both_to_look_back_and_says_goodbye(notifications, cast, sink, members):
    notifications.hear(*cast.introduction)
    got = told(notifications, sink, PairingClosing(ending="planned", closes_at=SOON, **members))
    assert got == [("niamh", "pairing-closing"), ("sigga", "pairing-closing")]
    got = told(notifications, sink, PairingClosed(ending="planned", **members))
    assert got == [("niamh", "pairing-closed"), ("sigga", "pairing-closed")]


def test_safeguarding_alerts_staff_and_tells_both_without_a_word_on_why(notifications, cast, sink, members, lead):
    notifications.hear(*cast.introduction, lead)
    got = told(notifications, sink, PairingClosed(ending="safeguarding", **members))
    assert got == [
        ("liv", "pairing-stopped-staff"), ("marit", "pairing-stopped-staff"), ("niamh", "pairing-stopped"), ("sigga", "pairing-stopped"),
    ]  # fmt: skip
    (to_mentor,) = sink.to("niamh@example.org")
    assert "safeguarding" not in (to_mentor["Subject"] + to_mentor.get_body(("plain",)).get_content()).lower()


def test_a_group_is_asked_and_counted_by_its_mentees(notifications, cast, sink, members):
    group = {**members, "mentee_ids": (cast.sigga, "m1", "m2")}
    notifications.hear(*cast.introduction)
    assert told(notifications, sink, GroupProposed(respond_by=SOON, **group)) == [("niamh", "group-proposed"), ("sigga", "group-proposed")]
    left = GroupLeft(pairing_id=cast.pairing, programme_id=cast.programme, person_id="m1", side="mentee")
    assert told(notifications, sink, left) == [("marit", "group-left")]
    notifications.hear(GroupAccepted(models=("collaborative",), format="online", **{**group, "mentee_ids": (cast.sigga, "m2")}))
    notifications.hear(GroupProposed(respond_by=SOON, **group))
    assert report(notifications, cast) == (2, {"accepted": 1})
    notifications.hear(PersonErased(person_id="m2"))
    assert report(notifications, cast) == (1, {"accepted": 1})


def test_a_group_that_becomes_smaller_is_told_to_its_coordinators_and_to_those_who_go_on(notifications, cast, sink, members):
    group = {**members, "mentee_ids": (cast.sigga, "m1")}
    notifications.hear(*cast.introduction, GroupAccepted(models=("collaborative",), format="online", **group))
    told(notifications, sink)
    left = GroupLeft(person_id="m1", side="mentee", **members)
    assert told(notifications, sink, left) == [("marit", "group-smaller-staff"), ("niamh", "group-smaller"), ("sigga", "group-smaller")]
    assert report(notifications, cast) == (1, {"accepted": 1})


def test_a_group_that_does_not_begin_is_told_to_all_who_were_asked(notifications, cast, sink, members):
    notifications.hear(*cast.introduction)
    assert told(notifications, sink, GroupLapsed(**members)) == [("niamh", "group-lapsed"), ("sigga", "group-lapsed")]
    assert report(notifications, cast) == (0, {"lapsed": 1})


def test_what_was_accepted_stays_counted_after_its_end(notifications, cast, members):
    notifications.hear(*cast.introduction, PairingAccepted(**cast.pair, model="structured", format="online"))
    assert report(notifications, cast) == (1, {"accepted": 1})
    notifications.hear(PairingClosed(ending="early", **members))
    assert report(notifications, cast) == (0, {"accepted": 1})


def test_a_proposal_closed_unanswered_waits_no_longer(notifications, cast, members):
    notifications.hear(*cast.introduction, PairingProposed(**cast.pair, respond_by=SOON), PairingClosed(ending="safeguarding", **members))
    assert report(notifications, cast) == (0, {"stopped": 1})
