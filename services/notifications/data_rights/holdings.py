"""What notifications holds about a person, with readable names, for the copy that she asked for (GDPR, Art. 15 and 20)."""

from typing import Any

from chassis.unit_of_work import UnitOfWork
from notifications.messages.reading import ReadableMessage, readable
from notifications.messages.repository import all_to
from notifications.people.repository import PEOPLE


def holdings(uow: UnitOfWork, person_id: str, with_words: bool) -> dict[str, Any]:
    """Every message to her, in words and in her language, and her copy here."""
    person = uow.get_many(PEOPLE, [person_id]).get(person_id)
    if person is None:
        return {"messages": []}
    messages = readable(uow, all_to(uow, person_id), person_id, person.language, person.time_zone)
    return {
        "messages": [_message(message) for message in messages],
        "copy_of_you": {
            "given_name": person.given_name,
            "email": person.email,
            "language": person.language,
            "roles": list(person.roles),
            "of_age_on": person.of_age_on.isoformat() if person.of_age_on else "",
        },
    }


def _message(message: ReadableMessage) -> dict[str, Any]:
    return {
        "kind": message.kind,
        "subject": message.subject,
        "text": "\n".join(message.paragraphs),
        "state": message.state,
        "written_at": message.queued_at.isoformat(),
        "sent_at": message.sent_at.isoformat() if message.sent_at else None,
    }
