"""Shows a person her own messages in her language and time zone, whatever the mails said when they went out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from chassis.unit_of_work import UnitOfWork
from notifications.messages import letters
from notifications.messages.catalogue import MESSAGES
from notifications.messages.model import Message
from notifications.people.model import Person
from notifications.people.repository import PEOPLE
from notifications.programmes.repository import PROGRAMMES


@dataclass(frozen=True, kw_only=True)
class ReadableMessage:
    """A message in words."""

    id: str
    kind: str
    category: str
    state: str
    subject: str
    paragraphs: tuple[str, ...]
    action: str
    path: str
    queued_at: datetime
    sent_at: datetime | None


def readable(read: UnitOfWork, messages: Iterable[Message], reader_id: str, language: str, time_zone: str) -> list[ReadableMessage]:
    """These messages in words for their reader."""
    held = list(messages)
    people = read.get_many(PEOPLE, {reader_id, *(id for message in held for id in message.about.people)})
    programmes = read.get_many(PROGRAMMES, {message.about.programme_id for message in held})
    name = people[reader_id].given_name if reader_id in people else ""
    reader = Person(id=reader_id, given_name=name, email="", language=language, time_zone=time_zone)
    return [_in_words(message, letters.write(message, reader, people, programmes)) for message in held]


def _in_words(message: Message, letter: letters.Letter) -> ReadableMessage:
    return ReadableMessage(
        id=message.id,
        kind=message.kind,
        category=MESSAGES[message.kind].category,
        state=message.state,
        subject=letter.subject,
        paragraphs=letter.paragraphs,
        action=letter.action,
        path=letter.path,
        queued_at=message.queued_at,
        sent_at=message.sent_at,
    )
