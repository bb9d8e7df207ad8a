"""Writes the words of a message for its reader: from the catalogue, in her language, with times in her zone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from notifications.messages.catalogue import CALENDAR_TITLE, GREETING, MESSAGES, NO_LONGER_HERE, PLACES
from notifications.messages.model import Message
from notifications.people.model import Person
from notifications.programmes.model import Programme
from ui.formats import moment_text
from ui.language import Translator, translator

LOCALE = Path(__file__).parents[1] / "locale"
MINUTE_S = 60


@dataclass(frozen=True)
class Letter:
    """A message in words. `path` is where its action leads, without the address of the site; `calendar_title` what a calendar shows."""

    subject: str
    paragraphs: tuple[str, ...]
    action: str
    path: str
    calendar_title: str


def write(message: Message, reader: Person, people: Mapping[str, Person], programmes: Mapping[str, Programme]) -> Letter:
    """The letter to `reader`; `people` and `programmes` hold those that the message is about, by id, as far as they exist."""
    text, words = MESSAGES[message.kind], translator(reader.language, LOCALE)
    values = _values(message, reader, people, programmes, words)
    where = PLACES.get(message.about.format or "") if text.invites else None
    said = (GREETING, text.paragraphs[0], *((where,) if where else ()), *text.paragraphs[1:])
    return Letter(
        subject=words.say(text.subject, **values),
        paragraphs=tuple(words.say(paragraph, **values) for paragraph in said),
        action=words.gettext(text.action),
        path=text.path.format(subject_id=message.about.subject_id, programme_id=message.about.programme_id),
        calendar_title=words.say(CALENDAR_TITLE, **values),
    )


def _values(
    message: Message, reader: Person, people: Mapping[str, Person], programmes: Mapping[str, Programme], words: Translator
) -> dict[str, Any]:
    about = message.about
    other, programme = people.get(about.other_id or ""), programmes.get(about.programme_id)
    values = {
        "given_name": one_line(reader.given_name),
        "other": one_line(other.given_name) if other else words.gettext(NO_LONGER_HERE),
        "programme": one_line(programme.name) if programme else "",
    }
    if about.ward_id:
        values["ward"] = _called([about.ward_id], people, words)
        values["mentors"] = _called(about.mentor_ids, people, words)
    if about.deadline:
        values["deadline"] = moment_text(about.deadline, words.language, reader.time_zone)
    if about.starts_at and about.ends_at:
        values["moment"] = moment_text(about.starts_at, words.language, reader.time_zone)
        values["minutes"] = str(round((about.ends_at - about.starts_at).total_seconds() / MINUTE_S))
    return values


def _called(ids: Iterable[str], people: Mapping[str, Person], words: Translator) -> str:
    """The given names of these people, one after the other."""
    return ", ".join(one_line(people[id].given_name) if id in people else words.gettext(NO_LONGER_HERE) for id in ids)


def one_line(name: str) -> str:
    """A name without line breaks or other control characters, so that it fits in the subject of a mail."""
    return " ".join("".join(c if c.isprintable() else " " for c in name).split())
