"""Generates the AsyncAPI 3.0 document of an instance from the declared events (https://www.asyncapi.com/docs/reference/specification/v3.0.0)."""

from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin

from contracts.catalogue import Receivers, declared, meaning, receivers_of, title
from contracts.declare import schema_of
from contracts.envelope import CONTENT_TYPE
from contracts.people import PersonErased
from contracts.topics import publisher_of, topic_of

VERSION = "1.0.0"
INSTANCE = "{instance}"
BINDING = "0.5.0"

CLOUD_EVENT: dict[str, Any] = {
    "type": "object",
    "description": "CloudEvents 1.0, structured JSON. `partitionkey` is the Kafka key; `aggregateversion` counts its changes.",
    "required": ["specversion", "id", "source", "type", "time", "eventversion", "aggregateversion", "partitionkey", "data"],
    "properties": {
        "specversion": {"const": "1.0"},
        "id": {"type": "string", "minLength": 1},
        "source": {"type": "string", "minLength": 1},
        "type": {"type": "string"},
        "subject": {"type": "string"},
        "time": {"type": "string", "format": "date-time"},
        "datacontenttype": {"const": "application/json"},
        "eventversion": {"type": "integer", "minimum": 1},
        "aggregateversion": {"type": "integer", "minimum": 0},
        "partitionkey": {"type": "string"},
        "correlationid": {"type": "string"},
        "causationid": {"type": "string"},
        "traceparent": {"type": "string"},
        "data": {"type": "object"},
    },
}


def document(receivers: Receivers) -> dict[str, Any]:
    """The document: a channel per topic, a message per event and version, operations for those who send and those who receive."""
    kinds = declared()
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "FabConnect events",
            "version": VERSION,
            "description": "What the services of one instance tell each other. Personal data travels on the people topic only.",
            "license": {"name": "EUPL-1.2"},
        },
        "defaultContentType": CONTENT_TYPE.split(";")[0],
        "channels": _channels(kinds),
        "operations": _operations(kinds, receivers),
        "components": {"schemas": _schemas(kinds), "messages": {title(kind): _message(kind) for kind in kinds}},
    }


def _channels(kinds: list[Any]) -> dict[str, Any]:
    channels: dict[str, Any] = {}
    for kind in kinds:
        name = _channel(kind)
        held = channels.setdefault(name, {"address": topic_of(INSTANCE, kind), "messages": {}, "parameters": {"instance": _instance()}})
        held["messages"][title(kind)] = {"$ref": f"#/components/messages/{title(kind)}"}
        held["bindings"] = {"kafka": _topic_binding(name)}
    return channels


def _channel(kind: Any) -> str:
    return topic_of(INSTANCE, kind).removeprefix(f"{INSTANCE}.")


def _topic_binding(channel: str) -> dict[str, Any]:
    compacted = {"topicConfiguration": {"cleanup.policy": ["compact"]}} if channel == "people" else {}
    return {**compacted, "bindingVersion": BINDING}


def _instance() -> dict[str, str]:
    return {"description": "Name of one partner's deployment."}


def _operations(kinds: list[Any], receivers: Receivers) -> dict[str, Any]:
    operations: dict[str, Any] = {}
    for kind in kinds:
        _operation(operations, "send", publisher_of(kind), kind)
    for kind in kinds:
        for service in receivers_of(kind, receivers):
            _operation(operations, "receive", service, kind)
    return operations


def _operation(operations: dict[str, Any], action: str, service: str, kind: Any) -> None:
    """Adds the message to the operation of this service on this channel."""
    channel = {"$ref": f"#/channels/{_channel(kind)}"}
    name = f"{service} {action}s {_channel(kind)}".replace(" ", "-")
    held = operations.setdefault(name, {"action": action, "channel": channel, "messages": [], "tags": [{"name": service}]})
    held["messages"].append({"$ref": f"#/channels/{_channel(kind)}/messages/{title(kind)}"})


def _message(kind: Any) -> dict[str, Any]:
    return {
        "name": kind.EVENT_TYPE,
        "title": title(kind),
        "summary": meaning(kind),
        "contentType": CONTENT_TYPE.split(";")[0],
        "payload": {"type": "null"} if kind is PersonErased else _payload(kind),
        "bindings": {"kafka": {"key": {"type": "string", "description": f"`{kind.KEY_FIELD}`"}, "bindingVersion": BINDING}},
    }


def _payload(kind: Any) -> dict[str, Any]:
    fixed = {"type": {"const": kind.EVENT_TYPE}, "eventversion": {"const": kind.EVENT_VERSION}}
    data = {"$ref": f"#/components/schemas/{title(kind)}"}
    return {"allOf": [{"$ref": "#/components/schemas/CloudEvent"}, {"properties": {**fixed, "data": data}}]}


def _schemas(kinds: list[Any]) -> dict[str, Any]:
    """JSON schemas of the payloads; the classes inside them get their own entry."""
    specification = APISpec("payloads", VERSION, "3.1.0", plugins=[MarshmallowPlugin(schema_name_resolver=_nested_name)])
    for kind in kinds:
        if kind is not PersonErased:
            specification.components.schema(title(kind), schema=schema_of(kind), description=" ".join((kind.__doc__ or "").split()))
    schemas = specification.to_dict()["components"]["schemas"]
    return {"CloudEvent": CLOUD_EVENT, **{name: schemas[name] for name in sorted(schemas)}}


def _nested_name(schema: Any) -> str:
    return type(schema).__name__ if not isinstance(schema, type) else schema.__name__
