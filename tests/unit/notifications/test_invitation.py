"""The calendar part of an invitation, read back with a calendar library: the right moment in each zone, on both sides of a clock change."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from chassis.config import Settings
from notifications.messages.delivery import as_mail
from notifications.messages.letters import write
from notifications.messages.model import Message, Particulars
from notifications.people.model import Person
from notifications.programmes.model import Programme

SETTINGS = Settings(
    instance="firda",
    instance_name="FabConnect Firda",
    mongo_url="",
    kafka_bootstrap="",
    keys_dir=Path(),
    secret_file=Path(),
    public_url="https://firda.example.org",
    mail_from="mentoring@firda.example.org",
)
ZONES = ["Atlantic/Reykjavik", "Europe/Amsterdam", "Europe/Lisbon"]
MOMENTS = [
    datetime(2026, 10, 24, 17, tzinfo=UTC),
    datetime(2026, 10, 25, 17, tzinfo=UTC),
    datetime(2027, 3, 28, 0, 30, tzinfo=UTC),
    datetime(2027, 3, 28, 1, 30, tzinfo=UTC),
]
MEETING = "0b9f4c1e-7d2a-4c55-9a10-0000000000d3"
PROGRAMMES = {"p": Programme(id="p", name="Autumn", starts_on=MOMENTS[0].date(), ends_on=MOMENTS[0].date(), time_zone="Europe/Amsterdam")}
NIAMH = Person(id="niamh", given_name="Niamh", email="niamh@example.org", language="en", time_zone="Europe/Dublin")


def mail(starts_at: datetime, zone: str, sequence: int = 0, language: str = "nl"):
    about = Particulars(
        subject_id=MEETING,
        programme_id="p",
        other_id="niamh",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        format="online",
        sequence=sequence,
    )
    kind = "meeting-moved" if sequence else "meeting-planned"
    message = Message(
        id="7c6f0a52-0000-5000-8000-000000000001", recipient_id="yara", kind=kind, about=about, queued_at=starts_at - timedelta(days=9)
    )
    yara = Person(id="yara", given_name="Yara", email="yara@example.org", language=language, time_zone=zone)
    return message_from_bytes(
        bytes(as_mail(message, write(message, yara, {"niamh": NIAMH}, PROGRAMMES), yara, SETTINGS)), policy=policy.default
    )


def calendar_part(sent) -> tuple[str, str]:
    part = next(part for part in sent.walk() if part.get_content_type() == "text/calendar")
    return part["Content-Type"].params["method"], part.get_content()


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("starts_at", MOMENTS, ids=str)
def test_the_moment_is_right_in_every_zone(zone, starts_at):
    method, text = calendar_part(mail(starts_at, zone))
    calendar = Calendar.from_ical(text)
    (event,) = calendar.walk("VEVENT")
    assert method == calendar["METHOD"] == "REQUEST"
    assert event["DTSTART"].dt.astimezone(UTC) == starts_at
    assert event["DTEND"].dt.astimezone(UTC) == starts_at + timedelta(hours=1)
    assert event["DTSTART"].dt.utcoffset() == starts_at.astimezone(ZoneInfo(zone)).utcoffset()


@pytest.mark.parametrize("zone", ["Europe/Amsterdam", "Europe/Lisbon"])
def test_a_reader_without_a_zone_table_gets_the_right_offset_from_the_part_itself(zone):
    for starts_at in MOMENTS:
        (described,) = Calendar.from_ical(calendar_part(mail(starts_at, zone))[1]).walk("VTIMEZONE")
        own = described.to_tz(lookup_tzid=False)
        local = starts_at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        assert local.replace(tzinfo=own).utcoffset() == starts_at.astimezone(ZoneInfo(zone)).utcoffset()


def test_the_description_of_the_zone_is_short():
    assert len(calendar_part(mail(MOMENTS[0], "Europe/Amsterdam"))[1]) < 2_500


def test_a_moved_session_keeps_its_uid_and_rises_in_sequence():
    planned, moved = (Calendar.from_ical(calendar_part(mail(MOMENTS[0], "Europe/Amsterdam", n))[1]).walk("VEVENT")[0] for n in (0, 2))
    assert planned["UID"] == moved["UID"] == f"{MEETING}@firda"
    assert (planned["SEQUENCE"], moved["SEQUENCE"]) == (0, 2)


def test_only_the_readers_address_and_the_instances_are_in_it():
    sent = mail(MOMENTS[0], "Europe/Amsterdam")
    (event,) = Calendar.from_ical(calendar_part(sent)[1]).walk("VEVENT")
    assert event["ATTENDEE"] == "mailto:yara@example.org"
    assert event["ORGANIZER"] == "mailto:mentoring@firda.example.org"
    assert event["SUMMARY"] == "Sessie met Niamh"
    assert "niamh@example.org" not in bytes(sent).decode()


def test_the_mail_has_its_own_message_id_and_the_sender_of_the_instance():
    sent = mail(MOMENTS[0], "Europe/Amsterdam")
    assert sent["Message-ID"] == "<7c6f0a52-0000-5000-8000-000000000001@firda.example.org>"
    assert sent["From"] == "FabConnect Firda <mentoring@firda.example.org>"
    assert sent["To"] == "yara@example.org"
    assert sent["List-Unsubscribe"] is None


def test_the_same_message_makes_the_same_calendar_part_again():
    assert calendar_part(mail(MOMENTS[1], "Europe/Lisbon")) == calendar_part(mail(MOMENTS[1], "Europe/Lisbon"))
