"""An erasure: asked for, waiting a few days in which it can be taken back, then carried out by every service, with what each answered."""

import base64
import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from chassis.errors import Refused
from contracts.data_rights import Erased, Kept
from contracts.pairing import DataErasureRequested
from contracts.topics import SERVICES
from pairing.data_rights.model import ANSWERED, LATE, LAWFUL_TIME, WAITED_FOR

WAITING, ERASING, DONE, WITHDRAWN = STATES = ("waiting", "erasing", "done", "withdrawn")
OPEN = (WAITING, ERASING)
ASKED, RETENTION, NO_WARD = BECAUSE = ("asked", "retention", "no_ward")

TIME_TO_THINK = timedelta(days=3)
ANSWER_WITHIN = timedelta(hours=24)
CERTIFICATE_KEPT = timedelta(days=400)


@dataclass(frozen=True)
class Answer:
    """What one service erased, by kind and number, and what it keeps, by kind and reason."""

    erased: tuple[Erased, ...]
    kept: tuple[Kept, ...]
    at: datetime


@dataclass
class Erasure:
    """The erasure of one person; it holds ids, times and numbers, so that it may outlive her data as proof (GDPR, Art. 5(2))."""

    id: str
    person_id: str
    asked_by: str
    because: str
    programme_ids: tuple[str, ...]
    asked_at: datetime
    due_at: datetime
    state: str = WAITING
    erased_at: datetime | None = None
    answers: dict[str, Answer] = field(default_factory=dict)
    ended_at: datetime | None = None
    keep_until: datetime | None = None
    version: int = 0

    @property
    def lawful_until(self) -> datetime:
        """By when the law wants it done (GDPR, Art. 12(3))."""
        return self.asked_at + LAWFUL_TIME

    @property
    def answer_by(self) -> datetime:
        """By when every service should have answered; one that is down answers when it is back."""
        return (self.erased_at or self.due_at) + ANSWER_WITHIN

    def state_at(self, now: datetime) -> str:
        """What its readers are told: from the moment at which it is due it counts as ERASING, also while the clock has not come to it."""
        return ERASING if self.state == WAITING and now >= self.due_at else self.state

    def withdraw(self, now: datetime) -> None:
        """It is taken back; raises Refused when it has begun, or when the time for which data is kept is over. Again changes nothing."""
        if self.state == WITHDRAWN:
            return
        if self.because == RETENTION:
            raise Refused(
                "retention", "The time for which this data is kept is over, so it must go. Ask your coordinator if that is wrong."
            )
        if self.state_at(now) != WAITING:
            raise Refused("erasure-begun", "The data is being erased already, so it cannot be taken back. Ask to be added again.")
        self._end(WITHDRAWN, now)

    def drop(self, now: datetime) -> None:
        """It is needless: the person's data is needed again."""
        self._end(WITHDRAWN, now)

    def begin(self, answer: Answer, now: datetime) -> DataErasureRequested:
        """`pairing` has erased its part, in the same transaction; all others are asked to."""
        if self.state != WAITING:
            raise Refused("erasure-begun", "This erasure has begun already. Look at its certificate.")
        self.state, self.erased_at, self.answers = ERASING, now, {"pairing": answer}
        return self.requested()

    def requested(self) -> DataErasureRequested:
        """The request to all services; one that has answered answers the same again."""
        return DataErasureRequested(erasure_id=self.id, person_id=self.person_id, answer_by=self.answer_by)

    def hear(self, service: str, erased: Iterable[Erased], kept: Iterable[Kept], now: datetime) -> None:
        """A service answered; the first answer counts."""
        if self.state == ERASING and service not in self.answers:
            self.answers = {**self.answers, service: Answer(tuple(erased), tuple(kept), now)}
            if set(SERVICES) <= self.answers.keys():
                self._end(DONE, now)

    def progress(self, now: datetime) -> dict[str, str]:
        """Service to ANSWERED, WAITED_FOR, or LATE after the deadline."""
        waiting = LATE if self.state == ERASING and now >= self.answer_by else WAITED_FOR
        return {service: ANSWERED if service in self.answers else waiting for service in SERVICES}

    def _end(self, state: str, now: datetime) -> None:
        self.state, self.ended_at, self.keep_until = state, now, now + CERTIFICATE_KEPT


def certificate_name(secret: bytes, erasure_id: str) -> str:
    """How the certificate's address ends: the id, and an HMAC-SHA256 (RFC 2104) of it that nobody can guess."""
    digest = hmac.new(secret, b"erasure-certificate:" + erasure_id.encode(), hashlib.sha256).digest()
    return f"{erasure_id}.{base64.urlsafe_b64encode(digest).rstrip(b'=').decode()}"


def is_certificate_of(secret: bytes, name: str, erasure_id: str) -> bool:
    """Whether the end of an address is this erasure's own."""
    return hmac.compare_digest(certificate_name(secret, erasure_id).encode(), name.encode("utf-8", "surrogatepass"))
