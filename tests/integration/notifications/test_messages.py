"""From event to mail: once to each person, in her language, whatever is repeated, late, reordered or down."""

from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from chassis.clock import Clock
from contracts.feedback import RoundOpened
from contracts.pairing import PairingAccepted, PairingDeclined, PairingProposed
from contracts.people import PersonErased
from contracts.sessions import MeetingHeld, MeetingMoved, MeetingPlanned
from notifications.app import SERVICE

SOON = datetime.now(UTC).replace(microsecond=0) + timedelta(days=9)


def accepted(cast):
    return PairingAccepted(**cast.pair, model="structured", format="online")


def meeting(cast, kind, sequence=0, starts_at=SOON):
    return kind(
        meeting_id=cast.meeting,
        **cast.pair,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        format="online",
        sequence=sequence,
    )


def test_each_side_is_told_in_her_own_language(notifications, cast, sink):
    notifications.hear(*cast.introduction, accepted(cast))
    notifications.tick()
    (to_mentor,), (to_mentee,) = sink.to("niamh@example.org"), sink.to("sigga@example.org")
    assert to_mentor["Subject"] == "You and Sigríður are a pair"
    assert to_mentee["Subject"] == "Þið Niamh eruð tvíeyki"
    assert len(sink.taken) == 2
    assert notifications.published() == sorted(row["_id"] for row in notifications.messages(state="sent"))


def test_an_event_that_comes_again_makes_no_second_message(notifications, cast, sink):
    first = notifications.delivery(accepted(cast))
    notifications.hear(*cast.introduction)
    notifications.apply([first, first])
    notifications.tick()
    notifications.apply([first])
    notifications.hear(accepted(cast), accepted(cast))
    notifications.tick()
    assert len(sink.taken) == 2
    assert len(notifications.messages()) == 2


def test_a_message_waits_for_the_copies_of_its_people(notifications, cast, sink):
    notifications.hear(accepted(cast))
    notifications.tick()
    assert not sink.taken
    assert {row["reason"] for row in notifications.messages(state="queued")} == {"not_known_yet"}
    notifications.hear(*cast.introduction)
    notifications.hurry()
    notifications.tick()
    assert len(sink.taken) == 2


def test_a_crash_after_sending_gives_the_same_message_id(notifications, cast, sink, monkeypatch):
    notifications.hear(*cast.introduction, accepted(cast))

    def crash(*_args, **_kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr("chassis.clock.transact", crash)
        with pytest.raises(KeyboardInterrupt):
            Clock(SERVICE, notifications.database, notifications.settings).step()
    assert len(sink.taken) == 1
    notifications.database["jobs"].update_many({}, {"$set": {"leased_until": None}})
    notifications.tick()
    assert len(sink.taken) == 3
    assert len({mail["Message-ID"] for mail in sink.taken}) == 2
    assert len(notifications.published()) == 2


def test_a_mail_server_that_says_later_gets_it_later(notifications, cast, sink):
    sink.replies = ["451 not now"] * 2
    notifications.hear(*cast.introduction, accepted(cast))
    notifications.tick()
    assert not sink.taken
    assert {(row["state"], row["reason"], row["attempts"]) for row in notifications.messages()} == {
        ("queued", "mail_server_unavailable", 1)
    }
    notifications.hurry()
    notifications.tick()
    assert len(sink.taken) == 2
    assert {row["state"] for row in notifications.messages()} == {"sent"}


def test_a_refused_address_is_noted_without_the_address(notifications, cast, sink):
    sink.replies = ["550 no such user sigga@example.org"] * 2
    notifications.hear(*cast.introduction, accepted(cast))
    notifications.tick()
    assert {(row["state"], row["reason"]) for row in notifications.messages()} == {("failed", "refused_by_mail_server")}
    assert "@" not in str(notifications.messages())
    assert notifications.published() == []
    assert notifications.database["jobs"].count_documents({}) == 0


def test_an_unusable_address_stops_nothing(notifications, cast, sink):
    notifications.hear(*cast.introduction, accepted(cast))
    notifications.database["people"].update_one({"_id": cast.sigga}, {"$set": {"email": "no address"}})
    notifications.tick()
    assert len(sink.to("niamh@example.org")) == 1
    (failed,) = notifications.messages(state="failed")
    assert failed["reason"] == "address_unusable"


def test_a_moved_session_replaces_the_invitation(notifications, cast, sink):
    notifications.hear(*cast.introduction, meeting(cast, MeetingPlanned))
    notifications.tick()
    notifications.hear(meeting(cast, MeetingMoved, 1, SOON + timedelta(days=1)))
    notifications.tick()
    events = [
        Calendar.from_ical(part.get_content()).walk("VEVENT")[0]
        for mail in sink.to("sigga@example.org")
        for part in mail.walk()
        if part.get_content_type() == "text/calendar"
    ]
    assert [(event["UID"], event["SEQUENCE"]) for event in events] == [
        (f"{cast.meeting}@{notifications.settings.instance}", n) for n in (0, 1)
    ]
    assert [event["DTSTART"].dt for event in events] == [SOON, SOON + timedelta(days=1)]


def test_an_invitation_that_still_waits_gives_way_to_the_newer_one(notifications, cast, sink):
    notifications.hear(*cast.introduction, meeting(cast, MeetingPlanned), meeting(cast, MeetingMoved, 1), meeting(cast, MeetingMoved, 2))
    notifications.tick()
    assert len(sink.taken) == 2
    assert sorted(row["about"]["sequence"] for row in notifications.messages(state="parked", reason="superseded")) == [0, 0, 1, 1]


def test_an_older_time_that_comes_late_invites_nobody(notifications, cast, sink):
    notifications.hear(*cast.introduction, meeting(cast, MeetingMoved, 1))
    notifications.hear(meeting(cast, MeetingPlanned))
    notifications.tick()
    assert len(sink.taken) == 2
    assert {row["kind"] for row in notifications.messages()} == {"meeting-moved"}


def test_nobody_is_invited_to_a_session_that_is_over(notifications, cast, sink):
    notifications.hear(*cast.introduction, meeting(cast, MeetingPlanned, 0, SOON - timedelta(days=20)))
    notifications.tick()
    assert not sink.taken
    assert {row["reason"] for row in notifications.messages(state="parked")} == {"too_late"}


def test_after_a_session_both_are_asked_to_look_back(notifications, cast, sink):
    notifications.hear(*cast.introduction, MeetingHeld(meeting_id=cast.meeting, **cast.pair, held_at=SOON - timedelta(days=9), minutes=60))
    notifications.tick()
    assert {row["kind"] for row in notifications.messages(state="sent")} == {"debrief-asked"}
    assert len(sink.taken) == 2


def test_coordinators_of_the_programme_hear_of_a_declined_pair(notifications, cast, sink):
    notifications.hear(
        *cast.introduction, PairingProposed(**cast.pair, respond_by=SOON), PairingDeclined(**cast.pair, declined_by="mentor")
    )
    notifications.tick()
    (told,) = sink.to("marit@example.org")
    assert told["Subject"] == "Een voorgesteld koppel in Autumn 2026 gaat niet door"
    text = told.get_body(("plain",)).get_content()
    assert "Niamh" not in text
    assert "Sigríður" not in text


def test_a_round_asks_the_whole_group_and_who_joins_it_later(notifications, cast, sink):
    opened = RoundOpened(round_id=cast.round, programme_id=cast.programme, questionnaire="mid", audience="mentees", closes_at=SOON)
    notifications.hear(opened, *cast.introduction)
    notifications.tick()
    assert [mail["To"] for mail in sink.taken] == ["sigga@example.org"]
    late = type(cast.persons["sigga"])(**{**vars(cast.persons["sigga"]), "person_id": cast.run, "email": "late@example.org"})
    notifications.hear(late, cast.persons["niamh"], cast.persons["sigga"])
    notifications.tick()
    assert [mail["To"] for mail in sink.taken] == ["sigga@example.org", "late@example.org"]


def test_a_large_group_is_told_in_steps(notifications, cast, sink, monkeypatch):
    monkeypatch.setattr("notifications.messages.commands.GROUP_STEP", 2)
    person = cast.persons["sigga"]
    notifications.hear(
        *cast.introduction, *(type(person)(**{**vars(person), "person_id": f"{n}", "email": f"p{n}@example.org"}) for n in range(4))
    )
    notifications.hear(
        RoundOpened(round_id=cast.round, programme_id=cast.programme, questionnaire="mid", audience="mentees", closes_at=SOON)
    )
    notifications.tick()
    assert sorted(mail["To"] for mail in sink.taken) == [
        "p0@example.org",
        "p1@example.org",
        "p2@example.org",
        "p3@example.org",
        "sigga@example.org",
    ]


def test_an_erased_person_gets_nothing_more_and_is_parted_from_her_messages(notifications, cast, sink):
    notifications.hear(*cast.introduction, accepted(cast))
    notifications.hear(PersonErased(person_id=cast.sigga))
    notifications.tick()
    assert not sink.to("sigga@example.org")
    assert notifications.database["people"].find_one({"_id": cast.sigga}) is None
    assert notifications.messages(recipient_id=cast.sigga) == []
    (gone,) = notifications.messages(recipient_id=None)
    assert (gone["state"], gone["reason"]) == ("parked", "erased")
