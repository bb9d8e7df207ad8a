"""A pairing, of two people or of a group, as a state machine: proposed → accepted → active ⇄ paused → closing → closed."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from chassis.errors import Forbidden, Refused
from contracts import pairing as events
from pairing.pairings.records import MENTEE, MENTOR, TIME_TO_CLOSE, Course, Window

STATES = ("proposed", "accepted", "active", "paused", "closing", "closed", "declined", "lapsed")
PROPOSED, ACCEPTED, ACTIVE, PAUSED, CLOSING, CLOSED, DECLINED, LAPSED = STATES
RUNNING = (ACCEPTED, ACTIVE)
OPEN = (PROPOSED, *RUNNING, PAUSED, CLOSING)
"""States in which a mentee has her mentor, and the mentor one place less."""
PLANNED, EARLY, NO_FAULT, SAFEGUARDING = ENDINGS = events.ENDINGS
Settled = events.PairingAccepted | events.GroupAccepted | events.GroupLapsed | events.PairingLapsed


@dataclass
class Pairing:
    """One mentor and one mentee, or a group of more. `interests`, `languages` and `free_together` are what they share; `fit` is of 100.

    `accepted` and `declined` say when who answered. A group goes on while `least_mentors` and `least_mentees` remain. `paused_for` holds
    the codes of what keeps a paused pairing from going on.
    """

    id: str
    programme_id: str
    run_id: str
    mentor_ids: tuple[str, ...]
    mentee_ids: tuple[str, ...]
    models: tuple[str, ...]
    format: str
    proposed_at: datetime
    respond_by: datetime
    fit: float = 0.0
    interests: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    free_together: tuple[Window, ...] = ()
    is_group: bool = False
    least_mentors: int = 1
    least_mentees: int = 1
    state: str = PROPOSED
    accepted: dict[str, datetime] = field(default_factory=dict)
    declined: dict[str, datetime] = field(default_factory=dict)
    begun_at: datetime | None = None
    paused_for: tuple[str, ...] = ()
    ending: str = ""
    closes_at: datetime | None = None
    ended_at: datetime | None = None
    course: Course = field(default_factory=Course)
    version: int = 0

    @property
    def members(self) -> tuple[str, ...]:
        """Everybody in it, mentors first."""
        return (*self.mentor_ids, *self.mentee_ids)

    def side_of(self, person_id: str) -> str:
        """The side of this person; raises Forbidden for everybody else."""
        if person_id not in self.members:
            raise Forbidden("not-your-pairing", "Only the people of this pairing can answer. Sign in as one of them.")
        return MENTOR if person_id in self.mentor_ids else MENTEE

    def proposed(self) -> events.PairingProposed | events.GroupProposed:
        """The fact that everybody can answer now."""
        until = {"respond_by": self.respond_by}
        return events.GroupProposed(**self._all() | until) if self.is_group else events.PairingProposed(**self._two() | until)

    def choose_models(self, models: tuple[str, ...]) -> None:
        """Other ways of working, the main one first; raises Refused once somebody has said yes to those that were proposed."""
        if self.state != PROPOSED or self.accepted:
            raise Refused("pairing-models-agreed", "Somebody has said yes to these ways of working. Note another one in the agreement.")
        self.models = models

    def accept(self, by: str, now: datetime) -> events.PairingAccepted | events.GroupAccepted | None:
        """One of them says yes; the event comes with the last yes, and only then. Saying it again changes nothing."""
        self.side_of(by)
        if self.state in OPEN and by in self.accepted:
            return None
        self._must_be_answerable(now)
        self.accepted[by] = now
        return self._complete()

    def decline(self, by: str, now: datetime) -> events.PairingDeclined | None:
        """One of two says no, also after an own yes, until the other has said yes too. Saying it again changes nothing."""
        side = self.side_of(by)
        if self.state == DECLINED and by in self.declined:
            return None
        self._must_be_answerable(now)
        self.state, self.declined[by], self.ended_at = DECLINED, now, now
        return events.PairingDeclined(declined_by=side, **self._two())

    def leave(self, by: str, now: datetime) -> tuple[events.GroupLeft | Settled, ...]:
        """One of a group says no: the group goes on without her while enough remain, else it ends."""
        if by in self.declined:
            return ()
        self.side_of(by)
        self._must_be_answerable(now)
        self.declined[by], left = now, replace(self.lose(by), mentor_ids=(), mentee_ids=())
        rest = self._complete() if self._are_enough() else self._give_up(DECLINED, now)
        return (left, rest) if rest else (left,)

    def lose(self, person_id: str) -> events.GroupLeft:
        """One of a group leaves it for good, and the others, who go on, are told. Only while enough remain: `goes_on_without`."""
        side = self.side_of(person_id)
        self._keep_only(lambda id: id != person_id)
        return events.GroupLeft(person_id=person_id, side=side, **self._all())

    def lapse(self, now: datetime) -> Settled | None:
        """The time to answer is over: a group goes on with those who said yes. Nothing happens before, or when all answered."""
        if self.state != PROPOSED or now < self.respond_by:
            return None
        if not (self.is_group and self._are_enough(self.accepted.__contains__)):
            return self._give_up(LAPSED, now)
        self._keep_only(self.accepted.__contains__)
        return self._complete()

    def begin(self, now: datetime) -> None:
        """The first session took place; later ones change nothing, and one told of during a pause counts when it goes on."""
        if self.state in (ACCEPTED, PAUSED):
            self.begun_at, self.state = self.begun_at or now, ACTIVE if self.state == ACCEPTED else PAUSED

    def pause(self, reason: str) -> events.PairingPaused | None:
        """It must not go on for now; a further reason joins the first and is told too. Raises Refused unless it runs or is paused."""
        self._must_run((*RUNNING, PAUSED))
        self.state = PAUSED
        return self._hold_for(reason)

    def forbid(self, reason: str) -> events.PairingPaused | None:
        """A rule of safeguarding forbids them to meet: pauses it, or while it comes to its end keeps them from meeting once more."""
        return self._hold_for(reason) if self.state == CLOSING else self.pause(reason)

    def resume(self) -> events.PairingResumed:
        """It goes on where it was; raises Refused unless it is paused."""
        if self.state != PAUSED:
            raise Refused("pairing-not-paused", "Only a paused pairing can go on again. Look at its state first.")
        self.state, self.paused_for = ACTIVE if self.begun_at else ACCEPTED, ()
        return events.PairingResumed(**self._all())

    def end(self, ending: str, now: datetime) -> events.PairingClosing | events.PairingClosed:
        """It comes to its end, of one of ENDINGS: time to look back first, but for safeguarding, which closes at once. Raises Refused."""
        if ending == SAFEGUARDING and self.state in OPEN:
            return self._close(ending, now)
        self._must_run((*RUNNING, PAUSED))
        self.state, self.ending, self.closes_at = CLOSING, ending, now + TIME_TO_CLOSE
        return events.PairingClosing(ending=ending, closes_at=self.closes_at, **self._all())

    def close(self, now: datetime) -> events.PairingClosed | None:
        """It is over; nothing happens unless it is closing."""
        return self._close(self.ending, now) if self.state == CLOSING else None

    def _close(self, ending: str, now: datetime) -> events.PairingClosed:
        self.state, self.ending, self.ended_at = CLOSED, ending, now
        return events.PairingClosed(ending=ending, **self._all())

    def _hold_for(self, reason: str) -> events.PairingPaused | None:
        if reason in self.paused_for:
            return None
        self.paused_for = (*self.paused_for, reason)
        return events.PairingPaused(reason=reason, reasons=self.paused_for, **self._all())

    def _complete(self) -> events.PairingAccepted | events.GroupAccepted | None:
        if not all(id in self.accepted for id in self.members):
            return None
        self.state = ACCEPTED
        if self.is_group:
            return events.GroupAccepted(models=self.models, format=self.format, **self._all())
        return events.PairingAccepted(model=self.models[0], models=self.models, format=self.format, **self._two())

    def goes_on_without(self, person_id: str) -> bool:
        """Whether a group stays large enough when this person is gone; two people never do."""
        return self.is_group and self._are_enough(lambda id: id != person_id)

    def _are_enough(self, stays: Any = bool) -> bool:
        mentors, mentees = (len([*filter(stays, ids)]) for ids in (self.mentor_ids, self.mentee_ids))
        return mentors >= self.least_mentors and mentees >= self.least_mentees

    def _keep_only(self, stays: Any) -> None:
        self.mentor_ids, self.mentee_ids = (tuple(filter(stays, ids)) for ids in (self.mentor_ids, self.mentee_ids))

    def _give_up(self, state: str, now: datetime) -> events.GroupLapsed | events.PairingLapsed:
        self.state, self.ended_at = state, now
        return events.GroupLapsed(**self._all()) if self.is_group else events.PairingLapsed(**self._two())

    def forget(self) -> None:
        """A side is erased: what the two shared goes. That they were a pair stays, for the figures."""
        self.interests, self.languages, self.free_together = (), (), ()

    def _must_be_answerable(self, now: datetime) -> None:
        if self.state != PROPOSED:
            raise Refused("pairing-not-open", "This proposal is no longer open. Your coordinator can make a new one.")
        if now >= self.respond_by:
            raise Refused("pairing-too-late", "The time to answer is over. Your coordinator can make a new proposal.")

    def _must_run(self, states: tuple[str, ...]) -> None:
        if self.state not in states:
            raise Refused("pairing-not-running", "This pairing does not run now: that cannot be done with it. Look at its state first.")

    def _two(self) -> dict[str, Any]:
        return {"pairing_id": self.id, "programme_id": self.programme_id, "mentor_id": self.mentor_ids[0], "mentee_id": self.mentee_ids[0]}

    def _all(self) -> dict[str, Any]:
        return {"pairing_id": self.id, "programme_id": self.programme_id, "mentor_ids": self.mentor_ids, "mentee_ids": self.mentee_ids}
