"""Lists every event of the system: what is published, by whom, on which topic, and (when told) who receives it."""

import importlib
from collections.abc import Iterable, Mapping
from typing import Any

from contracts.declare import EVENTS
from contracts.people import PersonErased
from contracts.topics import SERVICES, publisher_of, topic_of

Receivers = Mapping[str, Iterable[type]]
"""Per service the event classes it handles: the keys of its HANDLERS table."""

for _service in ("people", *SERVICES):
    importlib.import_module(f"contracts.{_service}")


def declared() -> list[Any]:
    """Every event class: by publisher in the order of the house, people first, then by declaration, whatever was imported first."""
    return sorted(EVENTS.values(), key=lambda kind: (SERVICES.index(publisher_of(kind)), kind.__module__ != PersonErased.__module__))


def title(kind: Any) -> str:
    """The name of one version of an event, such as "pairing.accepted.v1"."""
    return f"{kind.EVENT_TYPE}.v{kind.EVENT_VERSION}"


def meaning(kind: Any) -> str:
    """The first sentence of the class's docstring."""
    return " ".join((kind.__doc__ or "").split("\n\n")[0].split())


def receivers_of(kind: Any, receivers: Receivers) -> list[str]:
    """The services that handle this class, in the order of the house."""
    return [service for service in SERVICES if kind in set(receivers.get(service, ()))]


def table(receivers: Receivers) -> str:
    """A Markdown table of all events, one row per type and version."""
    head = ["| Event | Version | From | Topic | Key | To | Meaning |", "|---|---|---|---|---|---|---|"]
    return "\n".join([*head, *(_row(kind, receivers) for kind in declared())]) + "\n"


def _row(kind: Any, receivers: Receivers) -> str:
    to = ", ".join(receivers_of(kind, receivers)) or "-"
    version = "tombstone" if kind is PersonErased else str(kind.EVENT_VERSION)
    topic = topic_of("{instance}", kind)
    return f"| `{kind.EVENT_TYPE}` | {version} | {publisher_of(kind)} | `{topic}` | `{kind.KEY_FIELD}` | {to} | {meaning(kind)} |"
