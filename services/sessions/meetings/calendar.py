"""A session as a calendar file to download (RFC 5545); the same UID as in the invitation, so that a calendar has one entry."""

from datetime import datetime

from icalendar import Calendar, Event

from sessions.meetings.model import Meeting


def calendar_file(meeting: Meeting, *, title: str, address: str, instance: str, now: datetime) -> bytes:
    """The file of a session that has a time; `address` is its page, `instance` the name that makes the UID ours."""
    event = Event()
    event.add("uid", f"{meeting.id}@{instance}")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", now)
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.ends_at)
    event.add("summary", title)
    event.add("description", address)
    event.add("url", address)
    event.add("class", "PRIVATE")
    calendar = Calendar()
    calendar.add("prodid", "-//FabConnectHer//FabConnect//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
