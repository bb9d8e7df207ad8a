"""The CloudEvents 1.0 envelope around every event, in structured JSON, with this system's extensions."""

import json
from datetime import UTC, datetime
from typing import Any, NamedTuple

from marshmallow import ValidationError

from contracts.declare import EVENTS, from_payload, to_payload

CONTENT_TYPE = "application/cloudevents+json; charset=utf-8"
REQUIRED = ("id", "source", "type", "eventversion", "data")


class Undecodable(ValueError):
    """These bytes are not an event of this system; the message says why, without the content."""


class Envelope(NamedTuple):
    """An event and what is known of its making.

    `aggregate_version` counts the changes of the aggregate, so that a reader can tell an older state from a newer one;
    `correlation_id` is the same through all that one request caused, `causation_id` is the id of what caused this directly.
    """

    id: str
    source: str
    time: datetime
    key: str
    aggregate_version: int
    event: Any
    correlation_id: str = ""
    causation_id: str = ""
    traceparent: str = ""

    def encode(self) -> bytes:
        """Structured-mode JSON (CloudEvents 1.0, section 3.1 of the JSON format)."""
        return json.dumps(self._attributes(), ensure_ascii=False, separators=(",", ":")).encode()

    def _attributes(self) -> dict[str, Any]:
        kind = type(self.event)
        traced = {"correlationid": self.correlation_id, "causationid": self.causation_id, "traceparent": self.traceparent}
        return {
            "specversion": "1.0",
            "id": self.id,
            "source": self.source,
            "type": kind.EVENT_TYPE,
            "subject": self.key,
            "time": self.time.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "datacontenttype": "application/json",
            "eventversion": kind.EVENT_VERSION,
            "aggregateversion": self.aggregate_version,
            "partitionkey": self.key,
            **{name: value for name, value in traced.items() if value},
            "data": to_payload(self.event),
        }


def decode(value: bytes) -> Envelope:
    """The envelope in these bytes; raises Undecodable with the reason."""
    attributes = _attributes_of(value)
    kind = EVENTS.get((attributes["type"], attributes["eventversion"]))
    if kind is None:
        raise Undecodable(_why_unknown(attributes))
    try:
        return Envelope(
            id=attributes["id"],
            source=attributes["source"],
            time=datetime.fromisoformat(attributes["time"]),
            key=attributes["partitionkey"],
            aggregate_version=attributes["aggregateversion"],
            correlation_id=attributes.get("correlationid", ""),
            causation_id=attributes.get("causationid", ""),
            traceparent=attributes.get("traceparent", ""),
            event=from_payload(kind, attributes["data"]),
        )
    except KeyError as lacking:
        raise Undecodable(f"the envelope has no {lacking}") from None
    except (ValidationError, ValueError, TypeError, AttributeError) as wrong:
        raise Undecodable(f"{attributes['type']} version {attributes['eventversion']}: {_reason(wrong)}") from None


def _attributes_of(value: bytes) -> dict[str, Any]:
    try:
        attributes = json.loads(value)
    except ValueError:
        raise Undecodable("the value is not JSON in UTF-8") from None
    if not isinstance(attributes, dict) or attributes.get("specversion") != "1.0":
        raise Undecodable("the value is not a CloudEvents 1.0 envelope")
    lacking = [name for name in REQUIRED if name not in attributes]
    if lacking or not isinstance(attributes["id"], str) or not isinstance(attributes["type"], str):
        raise Undecodable(f"the envelope lacks {', '.join(lacking) or 'a text id or type'}")
    if type(attributes["eventversion"]) is not int:
        raise Undecodable("eventversion is not an integer")
    return attributes


def _why_unknown(attributes: dict[str, Any]) -> str:
    name, version = attributes["type"], attributes["eventversion"]
    known = sorted(v for t, v in EVENTS if t == name)
    return f"unknown version {version!r} of {name}; known: {known}" if known else f"unknown type {name!r}"


def _reason(wrong: Exception) -> str:
    messages = getattr(wrong, "messages", None)
    return f"wrong fields {sorted(messages)}" if isinstance(messages, dict) else type(wrong).__name__
