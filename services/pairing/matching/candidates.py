"""What matching needs to know of the people and the programme: plain values, no names and no addresses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

MEETING_MINUTES = 60


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """What mentor and mentee have in common; `languages` best first, `wishes` ids of the other side, dearest first."""

    id: str
    country: str = ""
    city: str = ""
    time_zone: str = "UTC"
    languages: tuple[str, ...] = ()
    format: str = "either"
    availability: tuple[str, ...] = ()
    wishes: tuple[str, ...] = ()

    @property
    def town(self) -> str:
        """Where this person is; somebody without a city is alone in a place."""
        return f"{self.country}/{self.city.casefold()}" if self.city else f"of {self.id}"


@dataclass(frozen=True, kw_only=True)
class Mentor(Candidate):
    """A mentor; `places` is how many more mentees she can take, `vetted` whether that lasts until the programme ends."""

    expertise: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    places: int = 1
    vetted: bool = False
    trained: bool = False


@dataclass(frozen=True, kw_only=True)
class Mentee(Candidate):
    """A mentee; `permitted` whether she may take part: of age, or with a guardian's permission."""

    interests: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    minor: bool = True
    permitted: bool = False


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What the programme lays down; `weights` 0 to 10 per criterion, `models` those it allows (none named: all)."""

    starts_on: date
    ends_on: date
    weights: Mapping[str, int]
    models: tuple[str, ...] = ()
    meeting_minutes: int = MEETING_MINUTES

    @property
    def reference_week(self) -> date:
        """The Monday that opens the first whole week of the programme, or the week of its start when there is none."""
        monday = self.starts_on + timedelta(days=-self.starts_on.weekday() % 7)
        return monday if monday + timedelta(days=6) <= self.ends_on else self.starts_on - timedelta(days=self.starts_on.weekday())


@dataclass(frozen=True, kw_only=True)
class Cohort:
    """Everybody who takes part in one computation; rows of every matrix are `mentees`, columns `mentors`, in the order given here."""

    mentors: tuple[Mentor, ...]
    mentees: tuple[Mentee, ...]
    terms: Terms = field(repr=False)

    @property
    def shape(self) -> tuple[int, int]:
        """(mentees, mentors)."""
        return len(self.mentees), len(self.mentors)

    def in_order(self) -> "Cohort":
        """The same cohort, everybody in the order of their ids."""
        return Cohort(
            mentors=tuple(sorted(self.mentors, key=lambda mentor: mentor.id)),
            mentees=tuple(sorted(self.mentees, key=lambda mentee: mentee.id)),
            terms=self.terms,
        )
