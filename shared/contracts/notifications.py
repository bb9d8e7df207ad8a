"""Events that `notifications` publishes; ids only."""

from contracts.declare import event

PUBLISHER = "notifications"


@event("message.sent", key="message_id")
class MessageSent:
    """The mail server took a message over; `kind` is a row of the message table, `language` the one it was written in."""

    message_id: str
    recipient_id: str
    kind: str
    language: str
