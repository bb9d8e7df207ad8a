"""Since when a pairing has had no session; after 90 days of that the conversation about its ending begins."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from contracts.sessions import PairingSilent

LONG = timedelta(days=90)


@dataclass
class Silence:
    """The silence of the pairing with this `id`: it began at its start or with its last held session."""

    id: str
    programme_id: str
    since: datetime
    told_since: datetime | None = None
    version: int = 0

    @property
    def due_at(self) -> datetime:
        """When it will have lasted long enough to be told."""
        return self.since + LONG

    def met(self, at: datetime) -> None:
        """A session took place; one that is heard of late never turns the clock back."""
        self.since = max(self.since, at)

    def notice(self, now: datetime) -> PairingSilent | None:
        """The fact that it has lasted too long, told once for each silence."""
        if now < self.due_at or self.told_since == self.since:
            return None
        self.told_since = self.since
        return PairingSilent(pairing_id=self.id, programme_id=self.programme_id, since=self.since)
