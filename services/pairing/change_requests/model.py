"""A quiet request to work with somebody else; its words are for the coordinators of the programme alone."""

from dataclasses import dataclass
from datetime import datetime

from chassis.striking import Strike
from contracts.pairing import ChangeRequested, ChangeSettled


@dataclass
class ChangeRequest:
    """Somebody in a pairing asks for a change. `settled_by` is the coordinator who talked with her or ended the pairing."""

    id: str
    pairing_id: str
    programme_id: str
    person_id: str
    words: str
    asked_at: datetime
    settled_at: datetime | None = None
    settled_by: str = ""
    version: int = 0

    def requested(self, members: tuple[str, ...]) -> ChangeRequested:
        """The fact that its coordinators have something to read."""
        return ChangeRequested(request_id=self.id, pairing_id=self.pairing_id, programme_id=self.programme_id, members=members)

    def ask(self, words: str, now: datetime, members: tuple[str, ...]) -> ChangeRequested | None:
        """She asks again: what she says now replaces what she said, and it is open. One that is still open is no news."""
        happened = self.requested(members) if self.settled_at else None
        self.words, self.asked_at, self.settled_at, self.settled_by = words, now, None, ""
        return happened

    def strike(self, strike: Strike) -> None:
        """Somebody of the pairing is erased: her names go out of these words."""
        self.words = strike(self.words)

    def settle(self, by: str, now: datetime) -> ChangeSettled | None:
        """Somebody took care of it; once is enough."""
        if self.settled_at:
            return None
        self.settled_at, self.settled_by = now, by
        return ChangeSettled(request_id=self.id, pairing_id=self.pairing_id, programme_id=self.programme_id, person_id=self.person_id)
