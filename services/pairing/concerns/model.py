"""A concern: new, looked at by a safeguarding lead, closed; what is said in it is sealed, and its log only grows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from chassis.errors import Forbidden, Refused
from contracts.pairing import ConcernRaised

NEW, TAKEN, CLOSED = STATES = ("new", "taken", "closed")
NOTE, MESSAGE = "note", "message"
VISITOR = ""
"""Stands as raiser where somebody was not signed in: nobody's id."""


@dataclass(frozen=True)
class Content:
    """What the raiser said, unsealed: her words, whom it is about and in which pairing (ids, if she named them), how to reach her.

    Of somebody who was not signed in: the programme that she chose, if any, and the number that she was given.
    """

    words: str
    about_id: str = ""
    pairing_id: str = ""
    reach: str = ""
    programme_id: str = ""
    number: str = ""


@dataclass(frozen=True)
class Entry:
    """One line of the log: who did `what` ("taken", "note", "message" or "closed") and when, with its text sealed."""

    at: datetime
    by: str
    what: str
    sealed: str = ""


@dataclass(kw_only=True)
class Concern:
    """`sealed` holds a Content. Methods take `about_id` out of it: neither she nor the raiser may look after the concern."""

    id: str
    raised_by: str
    raised_at: datetime
    urgent: bool
    sealed: str
    state: str = NEW
    log: tuple[Entry, ...] = ()
    version: int = 0

    @property
    def place(self) -> str:
        """Where the next line of the log stands, as its seal knows it."""
        return f"{self.id}/{len(self.log)}"

    @property
    def taken_by(self) -> str:
        """Who looks after it, or "" while nobody does."""
        return next((entry.by for entry in reversed(self.log) if entry.what == TAKEN), "")

    def may_be_read_by(self, person_id: str, about_id: str) -> bool:
        """Whether a safeguarding lead is free to look after it: she neither raised it nor is it about her."""
        return person_id not in (self.raised_by, about_id)

    def raised(self, leads: Iterable[str], administrators: Iterable[str]) -> ConcernRaised:
        """The fact, told to the leads who may read it; without any, administrators are to appoint one."""
        readers = tuple(leads)
        return ConcernRaised(concern_id=self.id, urgent=self.urgent, told=readers or tuple(administrators), unread=not readers)

    def take(self, by: str, about_id: str, now: datetime) -> None:
        """A lead looks after it from now on, also after another one; again changes nothing. Raises Forbidden, Refused."""
        self._must_be_open(by, about_id)
        if self.taken_by != by:
            self.state, self.log = TAKEN, (*self.log, Entry(now, by, TAKEN))

    def write(self, what: str, by: str, about_id: str, sealed: str, now: datetime) -> None:
        """Adds a note, for leads, or a message, for the raiser, to one that is looked after. Raises Forbidden, Refused."""
        self._must_be_taken(by, about_id)
        self.log = (*self.log, Entry(now, by, what, sealed))

    def close(self, by: str, about_id: str, sealed: str, now: datetime) -> None:
        """It is dealt with; `sealed` says how. Raises Forbidden, Refused."""
        self._must_be_taken(by, about_id)
        self.state, self.log = CLOSED, (*self.log, Entry(now, by, CLOSED, sealed))

    def _must_be_taken(self, by: str, about_id: str) -> None:
        self._must_be_open(by, about_id)
        if self.state == NEW:
            raise Refused("concern-not-taken", "Nobody looks into this concern yet. Say that you do, then write.")

    def _must_be_open(self, by: str, about_id: str) -> None:
        if not self.may_be_read_by(by, about_id):
            raise Forbidden("concern-own", "You raised this concern, or it is about you. Another safeguarding lead looks into it.")
        if self.state == CLOSED:
            raise Refused("concern-closed", "This concern is closed. If something happened since, raise a new one.")
