"""A programme's locks (keep this pair) and exclusions (never this pair); they hold for every later computation until removed."""

from dataclasses import dataclass, replace
from datetime import datetime

from chassis.errors import NotFound, Refused
from chassis.striking import Strike

MOST_EXCLUSIONS = 2_000
"""In one programme; far more than anybody lays down by hand."""


@dataclass(frozen=True)
class Lock:
    """A pair to keep; `by_hand` when a coordinator made it, else she kept one that was proposed. `by` is her id."""

    mentor_id: str
    mentee_id: str
    by: str
    at: datetime
    by_hand: bool = False


@dataclass(frozen=True)
class Exclusion:
    """A pair never to make, and why, for the record; only coordinators read it. `by` is the id of who laid it down."""

    mentor_id: str
    mentee_id: str
    reason: str
    by: str
    at: datetime


@dataclass
class MatchSetup:
    """The locks and exclusions of one programme, whose id it has; a mentee has one lock at most."""

    id: str
    locks: tuple[Lock, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    version: int = 0

    def lock(self, lock: Lock) -> None:
        """Keeps a pair instead of the mentee's other lock, if any; the same again changes nothing. Raises Refused when it is excluded."""
        if self.excludes(lock.mentor_id, lock.mentee_id):
            raise Refused(
                "match-rule-excluded", "This pair is excluded by a coordinator. Remove the exclusion first, if it no longer holds."
            )
        if not self.locks_pair(lock.mentor_id, lock.mentee_id):
            self.locks = (*(kept for kept in self.locks if kept.mentee_id != lock.mentee_id), lock)

    def unlock(self, mentee_id: str) -> None:
        """Lets go of a mentee's lock; raises NotFound when she has none."""
        left = tuple(lock for lock in self.locks if lock.mentee_id != mentee_id)
        if len(left) == len(self.locks):
            raise NotFound("lock")
        self.locks = left

    def exclude(self, exclusion: Exclusion) -> None:
        """Never makes a pair, from now on; another reason replaces the first. Raises Refused when it is locked."""
        if self.locks_pair(exclusion.mentor_id, exclusion.mentee_id):
            raise Refused("match-pair-locked", "This pair is locked: it would be kept. Remove the lock first, then exclude the pair.")
        others = self._without(exclusion.mentor_id, exclusion.mentee_id)
        if len(others) >= MOST_EXCLUSIONS:
            raise Refused(
                "match-too-many-exclusions", "No more pairs can be excluded in this programme. Remove exclusions that no longer hold."
            )
        self.exclusions = (*others, exclusion)

    def allow(self, mentor_id: str, mentee_id: str) -> None:
        """Takes an exclusion back; raises NotFound when there is none."""
        left = self._without(mentor_id, mentee_id)
        if len(left) == len(self.exclusions):
            raise NotFound("exclusion")
        self.exclusions = left

    def forget(self, person_id: str, strike: Strike) -> int:
        """Drops every lock and exclusion of this person, and her name from the reasons of others; gives how many were dropped."""
        before = len(self.locks) + len(self.exclusions)
        self.locks = tuple(each for each in self.locks if person_id not in (each.mentor_id, each.mentee_id))
        others = (each for each in self.exclusions if person_id not in (each.mentor_id, each.mentee_id))
        self.exclusions = tuple(replace(each, reason=strike(each.reason)) for each in others)
        return before - len(self.locks) - len(self.exclusions)

    def locks_pair(self, mentor_id: str, mentee_id: str) -> bool:
        """Whether this very pair is kept."""
        return any((lock.mentor_id, lock.mentee_id) == (mentor_id, mentee_id) for lock in self.locks)

    def excludes(self, mentor_id: str, mentee_id: str) -> bool:
        """Whether this pair is never made."""
        return any((each.mentor_id, each.mentee_id) == (mentor_id, mentee_id) for each in self.exclusions)

    def _without(self, mentor_id: str, mentee_id: str) -> tuple[Exclusion, ...]:
        return tuple(each for each in self.exclusions if (each.mentor_id, each.mentee_id) != (mentor_id, mentee_id))
