"""A report: the figures of one programme at one moment, put together from what was counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from notifications.messages.model import FAILED, QUEUED, SENT
from notifications.reports.model import RoundRecord, RunRecord
from notifications.reports.repository import HELD, NOT_NOTED, TO_COME


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure; `code` is a row of `definitions.FIGURES`, `n` what it is a part of, where that makes sense."""

    code: str
    value: int
    n: int | None = None


@dataclass(frozen=True, kw_only=True)
class Week:
    """The sessions of one ISO week, named like "2026-W48"."""

    week: str
    held: int = 0
    not_noted: int = 0
    to_come: int = 0


@dataclass(frozen=True, kw_only=True)
class Sent:
    """How many messages of a kind went out in a language."""

    kind: str
    language: str
    n: int


@dataclass(frozen=True, kw_only=True)
class Report:
    """All figures of a programme; `time_zone` is the one its weeks are counted in."""

    programme_id: str
    programme: str
    time_zone: str
    computed_at: datetime
    figures: tuple[Figure, ...]
    weeks: tuple[Week, ...]
    messages: tuple[Sent, ...]
    rounds: tuple[RoundRecord, ...]

    @property
    def by_code(self) -> dict[str, Figure]:
        """The figures by their code."""
        return {figure.code: figure for figure in self.figures}

    @property
    def sent_by_kind(self) -> dict[str, dict[str, int]]:
        """Messages sent: kind to language to number."""
        table: dict[str, dict[str, int]] = {}
        for sent in self.messages:
            table.setdefault(sent.kind, {})[sent.language] = sent.n
        return table


def people_figures(mentees: int, with_mentor: int, had_mentor: int, run: RunRecord | None) -> list[Figure]:
    """How many mentees there are, have a mentor now, and had one at any time."""
    return [
        Figure(code="mentees", value=mentees),
        Figure(code="mentees_with_mentor", value=with_mentor, n=mentees),
        Figure(code="mentees_had_mentor", value=had_mentor),
        Figure(code="mentees_unmatched", value=run.unmatched if run else 0),
    ]


def pair_figures(by_state: Mapping[str, int]) -> list[Figure]:
    """All pairs, and those in each state."""
    proposed = sum(by_state.values())
    parts = {"waiting": "proposed", "accepted": "accepted", "declined": "declined", "lapsed": "lapsed"}
    return [
        Figure(code="pairs_proposed", value=proposed),
        *(Figure(code=f"pairs_{name}", value=by_state.get(state, 0), n=proposed) for name, state in parts.items()),
    ]


def session_figures(weeks: Sequence[Week], called_off: int, numbers: Mapping[str, int]) -> list[Figure]:
    """Sessions, and what is known of those held; those called off are planned ones and nothing else."""
    held, not_noted, to_come = (sum(getattr(week, name) for week in weeks) for name in (HELD, NOT_NOTED, TO_COME))
    return [
        Figure(code="sessions_planned", value=held + not_noted + to_come + called_off),
        Figure(code="sessions_held", value=held, n=held + not_noted),
        Figure(code="sessions_to_come", value=to_come),
        Figure(code="sessions_called_off", value=called_off),
        Figure(code="sessions_not_noted", value=not_noted, n=held + not_noted),
        Figure(code="minutes_held", value=numbers["minutes"]),
        Figure(code="checklists_confirmed", value=numbers["checked"]),
        Figure(code="debriefs_by_mentors", value=numbers["mentor"], n=held),
        Figure(code="debriefs_by_mentees", value=numbers["mentee"], n=held),
    ]


def message_figures(rows: Sequence[Mapping[str, Any]]) -> list[Figure]:
    """Messages by what became of them; `rows` have kind, language, state and n."""
    states = {"messages_sent": SENT, "messages_waiting": QUEUED, "messages_not_delivered": FAILED}
    return [Figure(code=code, value=sum(row["n"] for row in rows if row["state"] == state)) for code, state in states.items()]


def sent_messages(rows: Sequence[Mapping[str, Any]]) -> tuple[Sent, ...]:
    """The messages sent, by kind and language."""
    return tuple(Sent(kind=row["kind"], language=row["language"], n=row["n"]) for row in rows if row["state"] == SENT)


def weeks_of(rows: Sequence[tuple[str, str, int]]) -> tuple[Week, ...]:
    """The weeks from the first to the last with a session, those without one too; `rows` are (week, state, number), sorted."""
    if not rows:
        return ()
    counted: dict[str, dict[str, int]] = {}
    for week, state, number in rows:
        counted.setdefault(week, {})[state] = number
    return tuple(Week(week=week, **counted.get(week, {})) for week in _weeks_between(rows[0][0], rows[-1][0]))


def _weeks_between(first: str, last: str) -> list[str]:
    monday, end, weeks = _monday(first), _monday(last), []
    while monday <= end:
        weeks.append(monday.strftime("%G-W%V"))
        monday += timedelta(days=7)
    return weeks


def _monday(week: str) -> date:
    year, _, number = week.partition("-W")
    return date.fromisocalendar(int(year), int(number), 1)
