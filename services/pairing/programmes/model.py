"""A programme: one cohort with its dates, its rules and the weights its matching uses; and the stages of its life."""

from calendar import monthrange
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from chassis.errors import Invalid, Refused
from contracts.pairing import ProgrammeChanged, RetentionEnding
from pairing.programmes.stages import CLOSED, CLOSING, INTAKE, MATCHING, PLANNED, RUNNING, check_step, is_before

CADENCES = ("weekly", "fortnightly", "monthly")
CRITERIA = ("interests", "free_time", "language", "place", "model", "wishes", "goals", "waiting")
LATER_CRITERIA = frozenset({"goals", "waiting"})
"""Criteria that programmes set up earlier do not know: without a weight they do not matter."""
USUAL_WEIGHTS = {"interests": 8, "free_time": 6, "language": 5, "place": 3, "model": 4, "wishes": 5, "goals": 3, "waiting": 2}
LONGEST_DAYS = 3 * 366
USUAL_THRESHOLD = 5
"""Figures about fewer people are withheld; the floor is 3, by a written decision."""


@dataclass
class Programme:
    """One cohort. `weights` gives each of CRITERIA 0 (no matter) to 10 (a must); `models` are those allowed, none named: all.

    Figures about fewer than `threshold` people are withheld; a match needs a fit of `minimum_fit` of 100; data is kept for
    `keep_months` after the end. `country_pack` names the country whose rules hold, or none in programmes set up earlier.
    """

    id: str
    name: str
    starts_on: date
    ends_on: date
    languages: tuple[str, ...]
    time_zone: str
    cadence: str = "fortnightly"
    meeting_minutes: int = 60
    respond_within_days: int = 7
    weights: dict[str, int] = field(default_factory=lambda: dict(USUAL_WEIGHTS))
    threshold: int = USUAL_THRESHOLD
    threshold_reason: str = ""
    country_pack: str = ""
    models: tuple[str, ...] = ()
    minimum_fit: int = 0
    keep_months: int = 12
    state: str = PLANNED
    version: int = 0

    @property
    def language(self) -> str:
        """The first of its languages: the default for people who gave none that we speak."""
        return self.languages[0]

    @property
    def takes_applications(self) -> bool:
        """Whether people can apply by the public form."""
        return self.state in (INTAKE, MATCHING)

    @property
    def over_at(self) -> datetime:
        """The moment after its last day, in UTC."""
        return datetime.combine(self.ends_on + timedelta(days=1), time(), ZoneInfo(self.time_zone)).astimezone(UTC)

    @property
    def erases_on(self) -> date:
        """The day on which its participants' data is no longer needed: `keep_months` after its end."""
        months = self.ends_on.month - 1 + self.keep_months
        year, month = self.ends_on.year + months // 12, months % 12 + 1
        return date(year, month, min(self.ends_on.day, monthrange(year, month)[1]))

    def retention_ending(self, erases_on: date) -> RetentionEnding:
        """The fact that its data is kept for a few weeks more only."""
        return RetentionEnding(programme_id=self.id, erases_on=erases_on)

    def created(self) -> ProgrammeChanged:
        """The fact that there is a new programme; raises Invalid when its set-up contradicts itself."""
        self._check()
        return self._changed()

    def change(self, **changes: object) -> ProgrammeChanged | None:
        """Takes over the given fields; nothing happened when all of them are as before. Raises Invalid, and Refused once closed."""
        self.check_not_closed()
        different = {name: value for name, value in changes.items() if getattr(self, name) != value}
        for name, value in different.items():
            setattr(self, name, value)
        self._check()
        return self._changed() if different else None

    def told_again(self) -> ProgrammeChanged:
        """Its present set-up; nothing happened."""
        return self._changed()

    def like(self, id: str, name: str, starts_on: date, ends_on: date) -> "Programme":
        """A new programme with the same set-up, at the beginning of its life."""
        dated = replace(self, id=id, name=name, starts_on=starts_on, ends_on=ends_on)
        return replace(dated, weights=dict(self.weights), state=PLANNED, version=0)

    def advance(self, to: str) -> ProgrammeChanged | None:
        """One stage on, or back while nothing is out that cannot be taken back; raises Refused. To where it is: nothing happened."""
        if to == self.state:
            return None
        self.check_not_closed()
        check_step(self.state, to)
        self.state = to
        return self._changed()

    def begin_matching(self) -> ProgrammeChanged | None:
        """A match is computed: the programme is in matching at least. Raises Refused from closing on."""
        self.check_before_closing()
        return self._reach(MATCHING)

    def begin_running(self) -> ProgrammeChanged | None:
        """Proposals go out to people: the programme runs, and there is no way back. Raises Refused from closing on."""
        self.check_before_closing()
        return self._reach(RUNNING)

    def end(self, now: datetime) -> ProgrammeChanged | None:
        """Its last day is over: what runs begins to close; nothing happens before that, or in any other stage."""
        return self.advance(CLOSING) if self.state == RUNNING and now >= self.over_at else None

    def check_not_closed(self) -> None:
        """Raises Refused when the programme is closed: it stays as it was."""
        if self.state == CLOSED:
            raise Refused("programme-closed", "This programme is closed and stays as it was. Set up a new one like it.")

    def check_before_closing(self) -> None:
        """Raises Refused when the programme closes or is closed: nobody new comes in and no pair is made."""
        self.check_not_closed()
        if self.state == CLOSING:
            raise Refused("programme-closing", "This programme is coming to its end: no new people or pairs. Set up a new one like it.")

    def _reach(self, state: str) -> ProgrammeChanged | None:
        if not is_before(self.state, state):
            return None
        self.state = state
        return self._changed()

    def _check(self) -> None:
        wrong: dict[str, list[str]] = {}
        if self.ends_on <= self.starts_on:
            wrong["ends_on"] = ["The programme must end after it starts."]
        elif (self.ends_on - self.starts_on).days > LONGEST_DAYS:
            wrong["ends_on"] = ["A programme lasts three years at most."]
        if not set(CRITERIA) - LATER_CRITERIA <= set(self.weights) <= set(CRITERIA) or not all(0 <= w <= 10 for w in self.weights.values()):
            wrong["weights"] = ["Give every criterion a weight from 0 to 10."]
        if self.threshold < USUAL_THRESHOLD and not self.threshold_reason:
            wrong["threshold_reason"] = ["Write down who decided to show figures about so few people, and why; or choose 5 or more."]
        if wrong:
            raise Invalid(wrong)

    def _changed(self) -> ProgrammeChanged:
        return ProgrammeChanged(
            programme_id=self.id,
            name=self.name,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            language=self.language,
            time_zone=self.time_zone,
            cadence=self.cadence,
            meeting_minutes=self.meeting_minutes,
            state=self.state,
            country_pack=self.country_pack,
            threshold=self.threshold,
            models=self.models,
            keep_months=self.keep_months,
        )
