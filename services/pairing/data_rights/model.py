"""An export: the services' sealed parts of everything about one person, asked for, gathered by a deadline, kept for a week."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from chassis.errors import Forbidden, Refused
from contracts.pairing import DataExportRequested
from contracts.topics import SERVICES

COLLECTING, READY, INCOMPLETE = STATES = ("collecting", "ready", "incomplete")
ANSWERED, WAITED_FOR, LATE = "answered", "waited_for", "late"

ANSWER_WITHIN = timedelta(hours=24)
KEPT_FOR = timedelta(days=7)
LAWFUL_TIME = timedelta(days=30)
"""A request is answered within one month (GDPR, Art. 12(3)); counted as 30 days, never later than the law's."""


@dataclass
class Export:
    """`reader_id` may fetch it; `locked_key` opens the parts and is itself locked with the instance's secret.

    `heard` counts the parts that came from each service, `expected` how many it announced.
    """

    id: str
    person_id: str
    asked_by: str
    reader_id: str
    programme_ids: tuple[str, ...]
    asked_at: datetime
    answer_by: datetime
    expires_at: datetime
    locked_key: str
    state: str = COLLECTING
    heard: dict[str, tuple[int, ...]] = field(default_factory=dict)
    expected: dict[str, int] = field(default_factory=dict)
    version: int = 0

    @property
    def with_words(self) -> bool:
        """Whether the person's own words are in it: a guardian gets schedule and people, never conversations."""
        return self.reader_id == self.person_id

    @property
    def lawful_until(self) -> datetime:
        """By when the law wants it answered."""
        return self.asked_at + LAWFUL_TIME

    def requested(self, public_key: str) -> DataExportRequested:
        """The request to all services."""
        return DataExportRequested(
            export_id=self.id,
            person_id=self.person_id,
            public_key=public_key,
            with_words=self.with_words,
            answer_by=self.answer_by,
        )

    def hear(self, service: str, part: int, parts: int) -> bool:
        """A part came; says whether the export is whole by it. The same part again changes nothing."""
        if not 1 <= part <= parts:
            raise ValueError(f"part {part} of {parts}")
        self.expected[service] = parts
        self.heard[service] = tuple(sorted({*self.heard.get(service, ()), part}))
        whole = not self.lacking()
        newly, self.state = whole and self.state != READY, READY if whole else self.state
        return newly

    def close(self, now: datetime) -> bool:
        """The deadline has come: what has not answered is late; says whether the export is ready without it only now."""
        if self.state != COLLECTING or now < self.answer_by:
            return False
        self.state = INCOMPLETE
        return True

    def answered(self, service: str) -> bool:
        """Whether all parts of a service are here."""
        return self.expected.get(service) == len(self.heard.get(service, ())) and service in self.expected

    def lacking(self) -> list[str]:
        """The services that have not answered."""
        return [service for service in SERVICES if not self.answered(service)]

    def progress(self) -> dict[str, str]:
        """Service to ANSWERED, WAITED_FOR, or LATE once the deadline has passed."""
        waiting = WAITED_FOR if self.state == COLLECTING else LATE
        return {service: ANSWERED if self.answered(service) else waiting for service in SERVICES}

    def require_readable(self, by: str, now: datetime) -> None:
        """Passes for its reader once it can be fetched; raises Forbidden or Refused."""
        if by != self.reader_id:
            raise Forbidden("not-your-copy", "Only the person for whom this copy was made can fetch it. You can see how far it is.")
        if self.state == COLLECTING:
            raise Refused("copy-not-ready", "The copy is still being gathered. You get an e-mail when it is ready; come back then.")
        if now >= self.expires_at:
            raise Refused("copy-expired", "This copy was kept for a week and is deleted. Ask for a new one.")


@dataclass
class Part:
    """One sealed part of an export, named "<export>/<service>/<number>"."""

    id: str
    export_id: str
    service: str
    number: int
    sealed: str
    expires_at: datetime
    version: int = 0
