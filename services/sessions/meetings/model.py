"""One session of a pairing, from finding its time to its debrief; a meeting in code, because "session" also means sign-in."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from chassis.errors import Forbidden, Invalid, Refused
from chassis.striking import Strike
from contracts.pairing import PairingAccepted
from contracts.sessions import ChecklistConfirmed, DebriefWritten, MeetingHeld, MeetingMoved, MeetingPlanned
from sessions.meetings.records import Confirmation, Debrief, Move
from ui.language import mark

TO_PLAN, PLANNED, HELD, MISSED, CANCELLED = STATES = ("to_plan", "planned", "held", "missed", "cancelled")
MENTOR, MENTEE = SIDES = ("mentor", "mentee")

MINUTE, SHORTEST, LONGEST = timedelta(minutes=1), timedelta(minutes=15), timedelta(hours=8)
LOOK_BACK, LOOK_AHEAD = timedelta(days=7), timedelta(days=366)

WHAT_NOW = {
    TO_PLAN: mark("This session has no time yet. Choose one first."),
    PLANNED: mark("This session has a time already. Move it if that time does not suit."),
    HELD: mark("This session took place. All that is left is to look back on it."),
    MISSED: mark("This session did not take place. Give it a new time first."),
    CANCELLED: mark("This session is off because your pairing has ended or one side left. Talk to your coordinator."),
}
PAUSED, ENDED = "pairing-paused", "pairing-ended"
WHY_STOPPED = {
    PAUSED: mark("Your sessions are paused, so this one cannot take place now. Your coordinator knows and gets in touch with you."),
    ENDED: mark("Your pairing has ended, so there is nothing to do for this session. Talk to your coordinator if you miss something."),
}
"""Why a session stands still, by `Meeting.stopped`."""


def meeting_id(pairing_id: str, number: int) -> str:
    """The id of a pairing's session with this number: the same whenever it is worked out (RFC 9562, version 5)."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{pairing_id}/{number}"))


@dataclass
class Meeting:
    """The session with this `number` of a pairing. `sequence` rises with every new time (RFC 5545, 3.8.7.4).

    `stopped` is a row of WHY_STOPPED while its pairing is paused or has ended: then it cannot be planned, moved or held.
    """

    id: str
    pairing_id: str
    programme_id: str
    mentor_id: str
    mentee_id: str
    format: str
    number: int
    state: str = TO_PLAN
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    sequence: int = 0
    moves: tuple[Move, ...] = ()
    checklist: Confirmation | None = None
    held_at: datetime | None = None
    debriefs: dict[str, Debrief] = field(default_factory=dict)
    stopped: str = ""
    version: int = 0

    @classmethod
    def first_of(cls, pairing: PairingAccepted) -> "Meeting":
        """The first session of a pairing, without a time as yet."""
        return cls(
            id=meeting_id(pairing.pairing_id, 1),
            pairing_id=pairing.pairing_id,
            programme_id=pairing.programme_id,
            mentor_id=pairing.mentor_id,
            mentee_id=pairing.mentee_id,
            format=pairing.format,
            number=1,
        )

    def side_of(self, person_id: str) -> str:
        """ "mentor" or "mentee"; raises Forbidden for anybody else."""
        if person_id not in (self.mentor_id, self.mentee_id):
            raise Forbidden("not_yours", "Only the mentor and the mentee of this session may do that.")
        return MENTOR if person_id == self.mentor_id else MENTEE

    def plan(self, starts_at: datetime, ends_at: datetime) -> MeetingPlanned:
        """Gives a session its first time."""
        self._require(TO_PLAN)
        self.state, self.starts_at, self.ends_at = PLANNED, starts_at, ends_at
        return MeetingPlanned(**self._appointment())

    def move(self, starts_at: datetime, ends_at: datetime, *, by: str, now: datetime) -> MeetingPlanned | MeetingMoved | None:
        """Gives it another time, a missed one too; up to a week back, because it may have happened already. None when nothing changes."""
        self._require(TO_PLAN, PLANNED, MISSED)
        _require_sensible(starts_at, ends_at, now)
        if self.starts_at is None or self.ends_at is None:
            return self.plan(starts_at, ends_at)
        if self.state == PLANNED and (starts_at, ends_at) == (self.starts_at, self.ends_at):
            return None
        self.moves = (*self.moves, Move(self.starts_at, self.ends_at, by, now))
        self.state, self.starts_at, self.ends_at, self.sequence = PLANNED, starts_at, ends_at, self.sequence + 1
        return MeetingMoved(**self._appointment())

    def confirm_checklist(self, checklist_version: int, *, by: str, now: datetime) -> ChecklistConfirmed | None:
        """The mentor went through the checklist; None when this version was confirmed before."""
        if self.side_of(by) != MENTOR:
            raise Forbidden("mentor_only", "The mentor goes through the checklist, not the mentee.")
        self._require(PLANNED)
        if self.checklist is not None and self.checklist.checklist_version == checklist_version:
            return None
        self.checklist = Confirmation(checklist_version, now)
        return ChecklistConfirmed(**self._about(), checklist_version=checklist_version)

    def hold(self, held_at: datetime | None, *, by: str, now: datetime) -> MeetingHeld:
        """It took place, at `held_at` or else as planned; not without the checklist, and not before it began."""
        self.side_of(by)
        starts_at, ends_at = self._time()
        if self.checklist is None:
            raise Refused("checklist_first", "The mentor has to confirm the checklist first. Then mark the session as held.")
        moment = held_at or starts_at
        if moment > now:
            raise Refused("too_early", "This session has not begun. If it took place earlier, say when; otherwise come back after it.")
        if moment < min(starts_at, now - LOOK_BACK):
            raise Refused("too_long_ago", "That is more than a week ago. Give the time that was planned, or ask your coordinator.")
        self.state, self.held_at = HELD, moment
        return MeetingHeld(**self._about(), **self._sides(), held_at=moment, minutes=(ends_at - starts_at) // MINUTE)

    def miss(self, *, by: str, now: datetime) -> None:
        """It did not take place although its time came; `move` gives it a new one."""
        self.side_of(by)
        starts_at, _ = self._time()
        if starts_at > now:
            raise Refused("too_early", "This session has not begun. Move it to another time instead.")
        self.state = MISSED

    def write_debrief(self, important: str, challenge: str, tackled: str, *, by: str, now: datetime) -> DebriefWritten | None:
        """One side's debrief; writing again replaces it, which is no news to others (None)."""
        side = self.side_of(by)
        if self.state != HELD:
            raise Refused("not_held", "Say first that the session took place. Then look back on it.")
        if not (important or challenge or tackled):
            raise Invalid({"important": [mark("Answer at least one of the three questions.")]})
        first_time = side not in self.debriefs
        self.debriefs = {**self.debriefs, side: Debrief(important, challenge, tackled, now)}
        if not first_time:
            return None
        return DebriefWritten(**self._about(), written_by=side)

    def forget(self, person_id: str, strike: Strike) -> None:
        """A side is erased: her words go, her names go out of the other side's words, and a session still to come is off."""
        mine = self.side_of(person_id)
        self.debriefs = {side: debrief.struck(strike) for side, debrief in self.debriefs.items() if side != mine}
        if self.state in (TO_PLAN, PLANNED):
            self.state = CANCELLED

    def stop(self, why: str) -> None:
        """Its pairing pauses or ends (`why` is PAUSED or ENDED); with the end, a session still to come is off."""
        if self.state in (HELD, CANCELLED):
            return
        self.stopped = why
        if why == ENDED and self.state != MISSED:
            self.state = CANCELLED

    def go_on(self) -> None:
        """Its pairing goes on after a pause."""
        if self.stopped == PAUSED:
            self.stopped = ""

    def _time(self) -> tuple[datetime, datetime]:
        self._require(PLANNED)
        if self.starts_at is None or self.ends_at is None:
            raise ValueError(f"meeting {self.id} is planned without a time")
        return self.starts_at, self.ends_at

    def _require(self, *states: str) -> None:
        if self.state not in states:
            raise Refused(self.state, WHAT_NOW[self.state])
        if self.stopped:
            raise Refused(self.stopped, WHY_STOPPED[self.stopped])

    def _about(self) -> dict[str, str]:
        return {"meeting_id": self.id, "pairing_id": self.pairing_id, "programme_id": self.programme_id}

    def _sides(self) -> dict[str, str]:
        return {"mentor_id": self.mentor_id, "mentee_id": self.mentee_id}

    def _appointment(self) -> dict[str, Any]:
        when = {"starts_at": self.starts_at, "ends_at": self.ends_at, "format": self.format, "sequence": self.sequence}
        return {**self._about(), **self._sides(), **when}


def _require_sensible(starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    if not SHORTEST <= ends_at - starts_at <= LONGEST:
        raise Invalid({"ends_at": [mark("A session lasts between 15 minutes and 8 hours. Change how long it takes.")]})
    if not now - LOOK_BACK <= starts_at <= now + LOOK_AHEAD:
        raise Invalid({"starts_at": [mark("Choose a time from a week ago up to a year ahead.")]})
