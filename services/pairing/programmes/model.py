"""A programme: one cohort with its dates, its defaults and the weights its matching uses."""

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date

from chassis.errors import Invalid
from contracts.pairing import ProgrammeChanged, RetentionEnding

CADENCES = ("weekly", "fortnightly", "monthly")
CRITERIA = ("interests", "free_time", "language", "place", "model", "wishes")
USUAL_WEIGHTS = {"interests": 8, "free_time": 6, "language": 5, "place": 3, "model": 4, "wishes": 5}
LONGEST_DAYS = 3 * 366


@dataclass
class Programme:
    """One cohort. `weights` gives each of CRITERIA 0 (no matter) to 10 (a must).

    Figures about fewer than `threshold` people are withheld. Participants' data is kept for `keep_months` after the end.
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
    threshold: int = 5
    keep_months: int = 12
    version: int = 0

    @property
    def language(self) -> str:
        """The first of its languages: the default for people who gave none that we speak."""
        return self.languages[0]

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
        """Takes over the given fields; nothing happened when all of them are as before. Raises Invalid."""
        different = {name: value for name, value in changes.items() if getattr(self, name) != value}
        for name, value in different.items():
            setattr(self, name, value)
        self._check()
        return self._changed() if different else None

    def _check(self) -> None:
        wrong: dict[str, list[str]] = {}
        if self.ends_on <= self.starts_on:
            wrong["ends_on"] = ["The programme must end after it starts."]
        elif (self.ends_on - self.starts_on).days > LONGEST_DAYS:
            wrong["ends_on"] = ["A programme lasts three years at most."]
        if set(self.weights) != set(CRITERIA) or not all(0 <= weight <= 10 for weight in self.weights.values()):
            wrong["weights"] = ["Give every criterion a weight from 0 to 10."]
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
        )
