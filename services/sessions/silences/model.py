"""Since when a pairing has had no session; after 90 days of that the conversation about its ending begins."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from contracts.sessions import PairingSilent

LONG = timedelta(days=90)


@dataclass
class Silence:
    """The silence of the pairing or group with this `id`: it began at its start or with its last held session.

    `mentor_ids` and `mentee_ids` are those who are waited for; nobody is named in silences of earlier versions, which are of two.
    """

    id: str
    programme_id: str
    since: datetime
    told_since: datetime | None = None
    mentor_ids: tuple[str, ...] = ()
    mentee_ids: tuple[str, ...] = ()
    version: int = 0

    @property
    def due_at(self) -> datetime:
        """When it will have lasted long enough to be told."""
        return self.since + LONG

    @property
    def is_over(self) -> bool:
        """Whether a side has nobody left who could meet."""
        return not (self.mentor_ids and self.mentee_ids)

    def lose(self, person_id: str) -> None:
        """Somebody is erased: the others are waited for as before."""
        self.mentor_ids, self.mentee_ids = (tuple(id for id in ids if id != person_id) for ids in (self.mentor_ids, self.mentee_ids))

    def met(self, at: datetime) -> None:
        """A session took place; one that is heard of late never turns the clock back."""
        self.since = max(self.since, at)

    def notice(self, now: datetime) -> PairingSilent | None:
        """The fact that it has lasted too long, told once for each silence."""
        if now < self.due_at or self.told_since == self.since:
            return None
        self.told_since = self.since
        return PairingSilent(pairing_id=self.id, programme_id=self.programme_id, since=self.since)
