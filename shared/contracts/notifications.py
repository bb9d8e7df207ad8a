"""Events that `notifications` publishes; ids only."""

from contracts.data_rights import Erased, Kept
from contracts.declare import event

PUBLISHER = "notifications"


@event("message.sent", key="message_id")
class MessageSent:
    """The mail server took a message over; `kind` is a row of the message table, `language` the one it was written in."""

    message_id: str
    recipient_id: str
    kind: str
    language: str


@event("notifications.data_contributed", key="export_id")
class DataContributed:
    """Part `part` of `parts` of what `notifications` holds about a person, sealed to the export's key: a compact JWE (RFC 7516)."""

    export_id: str
    part: int
    parts: int
    sealed: str


@event("notifications.data_erased", key="erasure_id")
class DataErased:
    """`notifications` erased what it held about a person: what and how many, and what stays, with the reason."""

    erasure_id: str
    erased: tuple[Erased, ...]
    kept: tuple[Kept, ...]
