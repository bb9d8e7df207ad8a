"""The locks and exclusions of a programme with the names of people, for coordinators."""

from dataclasses import dataclass
from datetime import datetime

from chassis.unit_of_work import UnitOfWork
from pairing.match_setups import repository
from pairing.match_setups.model import Exclusion, Lock
from pairing.pairings.own import called
from pairing.people.repository import PEOPLE


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One lock or exclusion: whom it is about, who laid it down and when; `reason` only of an exclusion."""

    mentor_id: str
    mentee_id: str
    mentor: str
    mentee: str
    by: str
    at: datetime
    by_hand: bool = False
    reason: str = ""


@dataclass(frozen=True)
class Listing:
    """All of a programme, the newest last."""

    locks: tuple[Entry, ...]
    exclusions: tuple[Entry, ...]

    def locked(self, mentor_id: str, mentee_id: str) -> bool:
        """Whether this pair is locked now."""
        return any((lock.mentor_id, lock.mentee_id) == (mentor_id, mentee_id) for lock in self.locks)

    def excluded(self, mentor_id: str, mentee_id: str) -> bool:
        """Whether this pair must not be made now."""
        return any((each.mentor_id, each.mentee_id) == (mentor_id, mentee_id) for each in self.exclusions)


def of_programme(uow: UnitOfWork, programme_id: str) -> Listing:
    """What was laid down for a programme."""
    setup = repository.of_programme(uow, programme_id)
    both: tuple[Lock | Exclusion, ...] = (*setup.locks, *setup.exclusions)
    people = uow.get_many(PEOPLE, {id for each in both for id in (each.mentor_id, each.mentee_id, each.by)})

    def entry(mentor_id: str, mentee_id: str, by: str, at: datetime, *, by_hand: bool = False, reason: str = "") -> Entry:
        names = {name: called(people.get(id), whole=True) for name, id in (("mentor", mentor_id), ("mentee", mentee_id), ("by", by))}
        return Entry(mentor_id=mentor_id, mentee_id=mentee_id, at=at, by_hand=by_hand, reason=reason, **names)

    return Listing(
        tuple(entry(lock.mentor_id, lock.mentee_id, lock.by, lock.at, by_hand=lock.by_hand) for lock in setup.locks),
        tuple(entry(each.mentor_id, each.mentee_id, each.by, each.at, reason=each.reason) for each in setup.exclusions),
    )
