"""Makes the calendar part of an invitation (RFC 5545, with the REQUEST of RFC 5546)."""

from datetime import timedelta
from email.utils import formataddr, parseaddr

from icalendar import Calendar, Event, vCalAddress, vText

from chassis.config import Settings
from notifications.messages.letters import Letter
from notifications.messages.model import Message
from notifications.people.model import Person
from ui.formats import zone

ZONE_MARGIN = timedelta(days=200)
"""How far on each side of the session the time zone is described: it then holds the changes of the clock around it."""


def make(message: Message, letter: Letter, reader: Person, settings: Settings) -> bytes:
    """An invitation for `reader` alone: nobody's address but hers and the instance's is in it, times are in her zone.

    A session keeps its UID through all its times, and SEQUENCE rises, so that a calendar replaces the earlier entry.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//FabConnectHer//FabConnect//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "REQUEST")
    calendar.add_component(_event(message, letter, reader, settings))
    starts_at = message.about.starts_at
    if starts_at is None:
        raise ValueError(f"message {message.id} invites to a session without a time")
    around = starts_at.astimezone(zone(reader.time_zone)).date()
    calendar.add_missing_timezones(first_date=around - ZONE_MARGIN, last_date=around + ZONE_MARGIN)
    return bytes(calendar.to_ical())


def _event(message: Message, letter: Letter, reader: Person, settings: Settings) -> Event:
    event, about, here = Event(), message.about, zone(reader.time_zone)
    event.add("uid", f"{about.subject_id}@{settings.instance}")
    event.add("sequence", about.sequence)
    event.add("dtstamp", message.queued_at)
    for name, moment in (("dtstart", about.starts_at), ("dtend", about.ends_at)):
        if moment is not None:
            event.add(name, moment.astimezone(here))
    event.add("summary", letter.calendar_title)
    event.add("description", f"{letter.action}: {settings.public_url}{letter.path}")
    event.add("url", f"{settings.public_url}{letter.path}")
    event.add("status", "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("organizer", _address(parseaddr(settings.mail_from)[1], settings.instance_name))
    event.add("attendee", _address(reader.email, reader.given_name, partstat="NEEDS-ACTION", role="REQ-PARTICIPANT", rsvp="FALSE"))
    return event


def _address(email: str, name: str, **parameters: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{email}")
    for key, value in {"cn": name, **parameters}.items():
        address.params[key] = vText(value)
    return address


def sender(settings: Settings) -> str:
    """The instance's own address with its name, as a mail shows it."""
    return formataddr((settings.instance_name, parseaddr(settings.mail_from)[1]))
