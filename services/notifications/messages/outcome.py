"""What a delivery came to."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """`state` as in `model.STATES`: "queued" when it has to wait; "" when nothing was left to do.

    `language` is that of a sent message, `reason` a code that says why one was not sent.
    """

    state: str
    language: str = ""
    reason: str = ""
