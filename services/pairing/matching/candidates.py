"""What matching needs to know of the people and the programme: plain values, no names and no addresses."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, TypeVar, cast

MEETING_MINUTES = 60
Known = TypeVar("Known")


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """What mentor and mentee have in common; `languages` best first, `wishes` ids of the other side, dearest first.

    `barred` are the ids of people she must never be paired with (same family, teacher and own pupil, listed exclusions): it is enough
    that one of the two names the other. `age` is in completed years. `level` is how experienced she is, one of people.choices.LEVELS.
    """

    id: str
    country: str = ""
    city: str = ""
    time_zone: str = "UTC"
    languages: tuple[str, ...] = ()
    format: str = "either"
    availability: tuple[str, ...] = ()
    wishes: tuple[str, ...] = ()
    barred: frozenset[str] = frozenset()
    age: int | None = None
    level: str = ""
    consented: bool = True

    @property
    def town(self) -> str:
        """Where this person is; somebody without a city is alone in a place."""
        return f"{self.country}/{self.city.casefold()}" if self.city else f"of {self.id}"


@dataclass(frozen=True, kw_only=True)
class Mentor(Candidate):
    """A mentor; `places` is how many more mentees she can take, `vetted` whether that lasts until the programme ends.

    `goals` are the career goals that she can help with.
    """

    expertise: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    places: int = 1
    vetted: bool = False
    trained: bool = False


@dataclass(frozen=True, kw_only=True)
class Mentee(Candidate):
    """A mentee; `permitted` whether she may take part: of age, or with a guardian's permission.

    `goal` is her career goal, `waited_days` how long she has waited for a mentor.
    """

    interests: tuple[str, ...] = ()
    goal: str = ""
    waited_days: int = 0
    needs: tuple[str, ...] = ()
    minor: bool = True
    permitted: bool = False


@dataclass(frozen=True, kw_only=True)
class AgeRules:
    """The ages that the country pack lays down, in completed years, each bound included; None where it lays down nothing."""

    mentor_minimum: int | None = None
    mentee_minimum: int | None = None
    mentee_maximum: int | None = None


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What the programme lays down; `weights` 0 to 10 per criterion, `models` those it allows (none named: all).

    `minimum` is the lowest fit, of 100, at which a pair is still proposed.
    """

    starts_on: date
    ends_on: date
    weights: Mapping[str, int]
    models: tuple[str, ...] = ()
    meeting_minutes: int = MEETING_MINUTES
    minimum: float = 0
    ages: AgeRules = AgeRules()

    @property
    def reference_week(self) -> date:
        """The Monday that opens the first whole week of the programme, or the week of its start when there is none."""
        monday = self.starts_on + timedelta(days=-self.starts_on.weekday() % 7)
        return monday if monday + timedelta(days=6) <= self.ends_on else self.starts_on - timedelta(days=self.starts_on.weekday())


@dataclass(frozen=True, kw_only=True)
class Cohort:
    """Everybody who takes part in one computation; rows of every matrix are `mentees`, columns `mentors`, in the order given here.

    `known` remembers what was worked out about the mentors, for all blocks of the same cohort.
    """

    mentors: tuple[Mentor, ...]
    mentees: tuple[Mentee, ...]
    terms: Terms = field(repr=False)
    known: dict[str, Any] = field(init=False, default_factory=dict, repr=False, compare=False)

    @property
    def shape(self) -> tuple[int, int]:
        """(mentees, mentors)."""
        return len(self.mentees), len(self.mentors)

    def block(self, rows: slice) -> "Cohort":
        """Some of the mentees with all the mentors."""
        block = replace(self, mentees=self.mentees[rows])
        object.__setattr__(block, "known", self.known)
        return block

    def among(self, mentees: Collection[str], mentors: Collection[str]) -> "Cohort":
        """Only the mentees and mentors with these ids."""
        return replace(
            self,
            mentees=tuple(mentee for mentee in self.mentees if mentee.id in mentees),
            mentors=tuple(mentor for mentor in self.mentors if mentor.id in mentors),
        )

    def apart(self, couples: Iterable[tuple[str, str]]) -> "Cohort":
        """The same cohort in which these mentees and mentors, by id, bar each other."""
        others: defaultdict[str, set[str]] = defaultdict(set)
        for mentee_id, mentor_id in couples:
            others[mentee_id].add(mentor_id)
        barring = (replace(mentee, barred=mentee.barred | others[mentee.id]) if mentee.id in others else mentee for mentee in self.mentees)
        return replace(self, mentees=tuple(barring))

    def of_mentors(self, name: str, work_out: Callable[[tuple[Mentor, ...]], Known]) -> Known:
        """What is worked out of the mentors alone, once."""
        if name not in self.known:
            self.known[name] = work_out(self.mentors)
        return cast(Known, self.known[name])

    def in_order(self) -> "Cohort":
        """The same cohort, everybody in the order of their ids."""
        return Cohort(
            mentors=tuple(sorted(self.mentors, key=lambda mentor: mentor.id)),
            mentees=tuple(sorted(self.mentees, key=lambda mentee: mentee.id)),
            terms=self.terms,
        )
