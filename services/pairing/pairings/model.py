"""A pairing as a state machine: proposed, then active when both sides accepted, or declined, or lapsed."""

from dataclasses import dataclass
from datetime import datetime

from chassis.errors import Forbidden, Refused
from contracts.pairing import PairingAccepted, PairingDeclined, PairingLapsed, PairingProposed

PROPOSED, ACTIVE, DECLINED, LAPSED = STATES = ("proposed", "active", "declined", "lapsed")
OPEN = (PROPOSED, ACTIVE)
"""States in which a mentee has her mentor, and the mentor one place less."""
MENTOR, MENTEE = SIDES = ("mentor", "mentee")


@dataclass(frozen=True)
class Window:
    """A stretch of time in which both are free, in the programme's reference week."""

    starts_at: datetime
    ends_at: datetime


@dataclass
class Pairing:
    """One mentor and one mentee. `interests`, `languages` and `free_together` are what they share; `fit` is of 100."""

    id: str
    programme_id: str
    run_id: str
    mentor_id: str
    mentee_id: str
    model: str
    format: str
    proposed_at: datetime
    respond_by: datetime
    fit: float = 0.0
    interests: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    free_together: tuple[Window, ...] = ()
    state: str = PROPOSED
    mentor_accepted_at: datetime | None = None
    mentee_accepted_at: datetime | None = None
    ended_at: datetime | None = None
    declined_by: str = ""
    version: int = 0

    def proposed(self) -> PairingProposed:
        """The fact that both sides can answer now."""
        return PairingProposed(respond_by=self.respond_by, **self._who())

    def side_of(self, person_id: str) -> str:
        """The side of this person; raises Forbidden for everybody but mentor and mentee."""
        if person_id not in (self.mentor_id, self.mentee_id):
            raise Forbidden("not-your-pairing", "Only the mentor and the mentee of this pairing can answer. Sign in as one of them.")
        return MENTOR if person_id == self.mentor_id else MENTEE

    def accepted_at(self, side: str) -> datetime | None:
        """When this side said yes, or none."""
        return self.mentor_accepted_at if side == MENTOR else self.mentee_accepted_at

    def accept(self, by: str, now: datetime) -> PairingAccepted | None:
        """One side says yes; the event comes with the second yes, and only then. Saying it again changes nothing."""
        side = self.side_of(by)
        if self.state in OPEN and self.accepted_at(side):
            return None
        self._must_be_answerable(now)
        if side == MENTOR:
            self.mentor_accepted_at = now
        else:
            self.mentee_accepted_at = now
        if not (self.mentor_accepted_at and self.mentee_accepted_at):
            return None
        self.state = ACTIVE
        return PairingAccepted(model=self.model, format=self.format, **self._who())

    def decline(self, by: str, now: datetime) -> PairingDeclined | None:
        """One side says no, also after an own yes, until the other has said yes too. Saying it again changes nothing."""
        side = self.side_of(by)
        if self.state == DECLINED and self.declined_by == side:
            return None
        self._must_be_answerable(now)
        self.state, self.declined_by, self.ended_at = DECLINED, side, now
        return PairingDeclined(declined_by=side, **self._who())

    def lapse(self, now: datetime) -> PairingLapsed | None:
        """The time to answer is over; nothing happens when it is not, or when the answers were given."""
        if self.state != PROPOSED or now < self.respond_by:
            return None
        self.state, self.ended_at = LAPSED, now
        return PairingLapsed(**self._who())

    def forget(self) -> None:
        """A side is erased: what the two shared goes. That they were a pair stays, for the figures."""
        self.interests, self.languages, self.free_together = (), (), ()

    def _must_be_answerable(self, now: datetime) -> None:
        if self.state != PROPOSED:
            raise Refused("pairing-not-open", "This proposal is no longer open. Your coordinator can make a new one.")
        if now >= self.respond_by:
            raise Refused("pairing-too-late", "The time to answer is over. Your coordinator can make a new proposal.")

    def _who(self) -> dict[str, str]:
        return {"pairing_id": self.id, "programme_id": self.programme_id, "mentor_id": self.mentor_id, "mentee_id": self.mentee_id}
