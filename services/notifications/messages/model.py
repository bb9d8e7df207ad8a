"""One message to one person: queued by an event, then sent once, refused by the mail server, or left unsent because it came too late."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from contracts.notifications import MessageSent

QUEUED, SENT, FAILED, PARKED = STATES = ("queued", "sent", "failed", "parked")
LONGEST_PAUSE = timedelta(minutes=15)
PATIENCE = timedelta(days=7)
"""How long a message waits for the mail server, and for the copies of the people it is about."""

NAMESPACE = uuid.UUID("6d0f3a52-6a0b-5c1e-8f5b-0e6a3c1d9b77")


def id_of(kind: str, subject_id: str, recipient_id: str, sequence: int = 0) -> str:
    """The id of the message of this kind on this subject to this person: the same whenever it is worked out (RFC 9562, version 5)."""
    return str(uuid.uuid5(NAMESPACE, f"{kind}/{subject_id}/{sequence}/{recipient_id}"))


@dataclass(frozen=True, kw_only=True)
class Particulars:
    """What a message is about: ids and times only; names are looked up when it is written. Without `programme_id` it is about none.

    `subject_id` is a pairing, request, meeting, round or concern; `deadline` the last moment for an answer; `sequence` as in RFC 5545
    (3.8.7.4). `ward_id` is the minor whom a message to her guardian is about, `mentor_ids` those whom she is with.
    """

    subject_id: str
    programme_id: str = ""
    other_id: str | None = None
    deadline: datetime | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    format: str | None = None
    sequence: int = 0
    ward_id: str | None = None
    mentor_ids: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What tells it from others of its kind to the same person: its subject, and its ward where there is one."""
        return f"{self.subject_id}/{self.ward_id}" if self.ward_id else self.subject_id

    @property
    def people(self) -> set[str]:
        """Everybody whose name it may need."""
        return {id for id in (self.other_id, self.ward_id, *self.mentor_ids) if id}


@dataclass(kw_only=True)
class Message:
    """`kind` is a row of the catalogue; `reason` says in a code why it was not sent; `language` is the one it was written in."""

    id: str
    recipient_id: str | None
    kind: str
    about: Particulars
    queued_at: datetime
    state: str = QUEUED
    reason: str | None = None
    language: str | None = None
    sent_at: datetime | None = None
    attempts: int = 0
    version: int = 0

    def came_too_late(self, now: datetime) -> bool:
        """Whether its deadline, or the end of its session, has passed."""
        last = self.about.deadline or self.about.ends_at
        return last is not None and last <= now

    def wait(self, reason: str, now: datetime) -> datetime | None:
        """An attempt came to nothing for now: the moment of the next one, each pause twice the last; None when patience is at its end."""
        if self.state != QUEUED:
            return None
        self.attempts, self.reason = self.attempts + 1, reason
        if now - self.queued_at > PATIENCE:
            self.park(reason)
            return None
        return now + min(LONGEST_PAUSE, timedelta(seconds=2 ** min(self.attempts, 20)))

    def mark_sent(self, language: str, now: datetime) -> MessageSent | None:
        """The mail server took it over; None when that was known, or when its recipient is erased."""
        if self.state == SENT:
            return None
        self.state, self.reason, self.language, self.sent_at = SENT, None, language, now
        if self.recipient_id is None:
            return None
        return MessageSent(message_id=self.id, recipient_id=self.recipient_id, kind=self.kind, language=language)

    def mark_failed(self, reason: str) -> None:
        """The mail server will never take it."""
        if self.state == QUEUED:
            self.state, self.reason = FAILED, reason

    def park(self, reason: str) -> None:
        """It is not sent any more."""
        if self.state == QUEUED:
            self.state, self.reason = PARKED, reason

    def forget(self) -> None:
        """Its recipient is erased: only what the figures need stays."""
        self.park("erased")
        self.recipient_id = None
