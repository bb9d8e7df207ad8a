"""JSON API of messages: each person reads her own."""

from typing import Any

from chassis.web import PageArguments, api_blueprint, cursor_page, principal, unit
from notifications.messages import repository
from notifications.messages.model import Message
from notifications.messages.reading import ReadableMessage, readable
from notifications.messages.schemas import MessageSchema

bp = api_blueprint("messages", service="notifications")


@bp.get("")
@bp.arguments(PageArguments, location="query")
@bp.response(200, cursor_page(MessageSchema))
def index(arguments: dict[str, Any]) -> list[ReadableMessage]:
    """The reader's messages."""
    return _for_reader(repository.page_to(unit(), principal().id, arguments["after"], arguments["limit"]))


@bp.get("/<id:message_id>")
@bp.response(200, MessageSchema)
def show(message_id: str) -> ReadableMessage:
    """One of the reader's messages."""
    return _for_reader([unit().get(repository.MESSAGES, message_id)])[0]


def _for_reader(messages: list[Message]) -> list[ReadableMessage]:
    who = principal()
    return readable(unit(), messages, who.id, who.language, who.time_zone)
