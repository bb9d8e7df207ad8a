"""Delivers a queued message: gathers what it needs, writes it in its reader's language, hands it to the mail server."""

from email.message import EmailMessage
from urllib.parse import urlsplit

from chassis import mail
from chassis.config import Settings
from chassis.unit_of_work import UnitOfWork
from notifications.messages import invitation, letters, repository
from notifications.messages.catalogue import MESSAGES
from notifications.messages.model import FAILED, PARKED, QUEUED, SENT, Message
from notifications.messages.outcome import Outcome
from notifications.people.model import Person
from notifications.people.repository import PEOPLE
from notifications.programmes.repository import PROGRAMMES
from ui.language import DEFAULT, LANGUAGES
from ui.mail import compose


def deliver(read: UnitOfWork, message_id: str) -> Outcome:
    """Sends the message, unless that was done, is too late, or has to wait; gives what it came to.

    May run again after a crash: the mail then carries the same Message-ID, by which mail servers and readers know it is the same.
    """
    message = read.get(repository.MESSAGES, message_id)
    if message.state != QUEUED:
        return Outcome(state="")
    if message.came_too_late(read.now):
        return Outcome(state=PARKED, reason="too_late")
    wanted = {id for id in (message.recipient_id, message.about.other_id, message.about.ward_id) if id}
    people = read.get_many(PEOPLE, wanted | message.about.people)
    programmes = read.get_many(PROGRAMMES, [message.about.programme_id])
    if wanted - set(people) or (message.about.programme_id and not programmes):
        return Outcome(state=QUEUED, reason="not_known_yet")
    reader = people[str(message.recipient_id)]
    return _hand_over(message, letters.write(message, reader, people, programmes), reader, read.settings)


def _hand_over(message: Message, letter: letters.Letter, reader: Person, settings: Settings) -> Outcome:
    try:
        mail.send(settings, as_mail(message, letter, reader, settings))
    except mail.MailUnavailable:
        return Outcome(state=QUEUED, reason="mail_server_unavailable")
    except mail.MailRefused:
        return Outcome(state=FAILED, reason="refused_by_mail_server")
    except ValueError:
        return Outcome(state=FAILED, reason="address_unusable")
    return Outcome(state=SENT, language=reader.language if reader.language in LANGUAGES else DEFAULT)


def as_mail(message: Message, letter: letters.Letter, reader: Person, settings: Settings) -> EmailMessage:
    """The mail: own Message-ID, a calendar part when it invites, no address but the reader's and the instance's."""
    invites = MESSAGES[message.kind].invites
    return compose(
        reader.email,
        invitation.sender(settings),
        letter.subject,
        letter.paragraphs,
        language=reader.language,
        message_id=f"<{message.id}@{urlsplit(settings.public_url).hostname}>",
        action=(letter.action, f"{settings.public_url}{letter.path}"),
        calendar=invitation.make(message, letter, reader, settings) if invites else None,
    )
