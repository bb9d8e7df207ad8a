"""Names of the topics of one instance, and which topic an event travels on."""

import sys

from contracts.people import PersonChanged, PersonErased

SERVICES = ("pairing", "sessions", "feedback", "notifications")
PEOPLE = "people"


def people_topic(instance: str) -> str:
    """The compacted topic with personal data."""
    return f"{instance}.{PEOPLE}"


def events_topic(instance: str, service: str) -> str:
    """The topic with all other events of a service."""
    return f"{instance}.{service}.events"


def dead_letter_topic(instance: str, service: str) -> str:
    """Where a service puts what it could not apply."""
    return f"{instance}.{service}.dead-letter"


def topic_of(instance: str, kind: type) -> str:
    """The topic on which this class of event travels."""
    return people_topic(instance) if kind in (PersonChanged, PersonErased) else events_topic(instance, publisher_of(kind))


def subscribed(instance: str, handled: set[type]) -> list[str]:
    """The topics a consumer needs for the event classes it handles."""
    return sorted({topic_of(instance, kind) for kind in handled})


def publisher_of(kind: type) -> str:
    """The service that publishes this class of event."""
    return str(sys.modules[kind.__module__].PUBLISHER)
