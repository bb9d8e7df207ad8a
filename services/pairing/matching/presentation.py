"""A match run as its page shows it: names instead of ids, sentences instead of codes."""

from dataclasses import dataclass
from datetime import date

from pairing.matching import sentences
from pairing.matching.model import Alternative, MatchRun, Proposal
from pairing.pairings import words
from pairing.pairings.own import called
from pairing.people.model import Person, age
from ui import gettext as _

SHARES = (("interests",), ("free_time",), ("wishes",), ("language",), ("place", "model"))
"""The criteria as the bar shows them, one colour each."""


@dataclass(frozen=True, kw_only=True)
class PairRow:
    """One proposed pair; `shares` are points of 100 in the order of SHARES."""

    mentee: str
    mentee_note: str
    mentor: str
    mentor_note: str
    why: str
    shares: list[tuple[str, float]]
    score: float
    alternatives: list[str]


@dataclass(frozen=True, kw_only=True)
class LeftOutRow:
    """One mentee without a mentor."""

    mentee: str
    mentee_note: str
    obstacles: list[str]
    remedies: list[str]


def pair_rows(run: MatchRun, people: dict[str, Person], day: date) -> list[PairRow]:
    """The pairs of a run, the weakest fit first."""
    rows = [_pair_row(proposal, people, day) for proposal in run.proposals]
    return sorted(rows, key=lambda row: (row.score, row.mentee.casefold(), row.mentor.casefold()))


def left_out_rows(run: MatchRun, people: dict[str, Person], day: date) -> list[LeftOutRow]:
    """The mentees without a mentor by name."""
    rows = [
        LeftOutRow(
            mentee=called(people.get(left.mentee_id), whole=True),
            mentee_note=_mentee_note(people.get(left.mentee_id), day),
            obstacles=sentences.obstacles(left.reasons),
            remedies=sentences.remedies(left.reasons),
        )
        for left in run.unmatched
    ]
    return sorted(rows, key=lambda row: row.mentee.casefold())


def share_names() -> list[str]:
    """The names of the bar's colours, in order."""
    return [words.listed([_(sentences.CRITERIA[name]) for name in share]) for share in SHARES]


def weights(given: dict[str, int]) -> list[tuple[str, str]]:
    """Each criterion of a programme with its weight, the heaviest first."""
    return [(_(sentences.CRITERIA[name]), str(weight)) for name, weight in sorted(given.items(), key=lambda item: -item[1])]


def _pair_row(proposal: Proposal, people: dict[str, Person], day: date) -> PairRow:
    mentor, mentee = people.get(proposal.mentor_id), people.get(proposal.mentee_id)
    points = [round(sum(proposal.parts.get(name, 0) for name in share), 1) for share in SHARES]
    return PairRow(
        mentee=called(mentee, whole=True),
        mentee_note=_mentee_note(mentee, day),
        mentor=called(mentor, whole=True),
        mentor_note=words.fields(mentor.expertise) if mentor else "",
        why=sentences.pair(proposal.reasons),
        shares=list(zip(share_names(), points, strict=True)),
        score=proposal.score,
        alternatives=[_alternative(other, people.get(other.mentor_id)) for other in proposal.alternatives],
    )


def _alternative(other: Alternative, mentor: Person | None) -> str:
    name, points = called(mentor, whole=True), round(other.score)
    if other.taken:
        return _("%(name)s, %(points)s: all places went to others.", name=name, points=points)
    return _("%(name)s, %(points)s: still has a place.", name=name, points=points)


def _mentee_note(mentee: Person | None, day: date) -> str:
    if mentee is None:
        return ""
    years = str(age(mentee.birth_date, day)) if mentee.birth_date else ""
    return ", ".join(part for part in (years, mentee.city) if part)
