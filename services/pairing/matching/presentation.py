"""A match run as its page shows it: names instead of ids, sentences instead of codes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pairing.matching import sentences
from pairing.matching.model import Grouping, Idle, LostPair, Proposal, Unmatched
from pairing.pairings import words
from pairing.pairings.own import called
from pairing.people.model import Person, age
from pairing.people.words import LEVELS
from pairing.programmes.words import NAMES, criterion_name
from ui import gettext as _

SHARES = (("interests",), ("free_time",), ("wishes", "goals"), ("language", "waiting"), ("place", "model"))
"""The criteria as the bar shows them, one colour each."""
People = dict[str, Person]


@dataclass(frozen=True, kw_only=True)
class PairRow:
    """One proposed pair; `shares` are points of 100 in the order of SHARES, `told` the points of each criterion with its sentence."""

    mentee_id: str
    mentor_id: str
    mentee: str
    mentee_note: str
    mentor: str
    mentor_note: str
    told: list[tuple[str, float, str]]
    shares: list[tuple[str, float]]
    score: float
    locked: bool
    alternatives: list[str]


@dataclass(frozen=True, kw_only=True)
class LeftOutRow:
    """One mentee without a mentor, or mentor without a mentee."""

    id: str
    name: str
    note: str
    obstacles: list[str]
    remedies: list[str]


@dataclass(frozen=True, kw_only=True)
class GroupRow:
    """One proposed group; `facts` say what all share and how it is mixed."""

    mentors: str
    mentees: str
    facts: list[tuple[str, str]]
    score: float
    balance: float


def pair_rows(pairs: Iterable[Proposal], people: People, day: date) -> list[PairRow]:
    """Pairs, the weakest fit first."""
    rows = [_pair_row(pair, people, day) for pair in pairs]
    return sorted(rows, key=lambda row: (row.score, row.mentee.casefold(), row.mentor.casefold()))


def left_out_rows(left: Iterable[Unmatched], people: People, day: date) -> list[LeftOutRow]:
    """Mentees without a mentor by name."""
    rows = [
        LeftOutRow(
            id=each.mentee_id,
            name=called(people.get(each.mentee_id), whole=True),
            note=mentee_note(people.get(each.mentee_id), day),
            obstacles=sentences.obstacles(each.reasons),
            remedies=sentences.remedies(each.reasons),
        )
        for each in left
    ]
    return sorted(rows, key=lambda row: row.name.casefold())


def idle_rows(idle: Iterable[Idle], people: People) -> list[LeftOutRow]:
    """Mentors without a mentee by name."""
    rows = [
        LeftOutRow(
            id=each.mentor_id,
            name=called(people.get(each.mentor_id), whole=True),
            note=mentor_note(people.get(each.mentor_id)),
            obstacles=sentences.obstacles(each.reasons, of_mentor=True),
            remedies=sentences.remedies(each.reasons, of_mentor=True),
        )
        for each in idle
    ]
    return sorted(rows, key=lambda row: row.name.casefold())


def group_rows(groups: Iterable[Grouping], people: People) -> list[GroupRow]:
    """Groups, the least even first."""
    rows = [
        GroupRow(
            mentors=words.listed([called(people.get(id), whole=True) for id in group.mentor_ids]),
            mentees=words.listed([called(people.get(id), whole=True) for id in group.mentee_ids]),
            facts=_shared(group),
            score=group.score,
            balance=group.balance,
        )
        for group in groups
    ]
    return sorted(rows, key=lambda row: (row.balance, row.score, row.mentees))


def lost(pairs: Iterable[LostPair], people: People) -> list[dict[str, str]]:
    """Names of mentee and mentor of each pair that came to nothing, and the rule in words."""
    return [
        {
            "mentee": called(people.get(each.mentee_id), whole=True),
            "mentor": called(people.get(each.mentor_id), whole=True),
            "rule": sentences.rule(each.rule),
        }
        for each in pairs
    ]


def share_names() -> list[str]:
    """The names of the bar's colours, in order."""
    return [words.listed([criterion_name(name) for name in share]) for share in SHARES]


def weights(given: dict[str, int]) -> list[tuple[str, str]]:
    """Each criterion of a programme with its weight, the heaviest first."""
    return [(criterion_name(name), str(weight)) for name, weight in sorted(given.items(), key=lambda item: -item[1])]


def told(pair: Proposal) -> list[tuple[str, float, str]]:
    """What each criterion brings to a pair: its name, its points and what there is to say about it."""
    return [(criterion_name(name), pair.parts[name], sentences.pair(pair.reasons, name)) for name in NAMES if name in pair.parts]


def mentee_note(mentee: Person | None, day: date) -> str:
    """How old she is and where."""
    if mentee is None:
        return ""
    years = str(age(mentee.birth_date, day)) if mentee.birth_date else ""
    return ", ".join(part for part in (years, mentee.city) if part)


def mentor_note(mentor: Person | None) -> str:
    """What she knows about."""
    return words.fields(mentor.expertise) if mentor else ""


def _shared(group: Grouping) -> list[tuple[str, str]]:
    levels = [f"{_(LEVELS[code])} {count}" if code in LEVELS else f"{_('not known')} {count}" for code, count in group.levels.items()]
    return [
        (_("Language"), words.languages(group.languages)),
        (_("Free together"), words.weekly(group.windows)),
        (_("They meet"), group.town or _("online")),
        (_("Fields"), ", ".join(f"{words.fields([code])} {count}" for code, count in group.fields.items())),
        (_("Experience"), ", ".join(levels)),
    ]


def _pair_row(pair: Proposal, people: People, day: date) -> PairRow:
    mentor, mentee = people.get(pair.mentor_id), people.get(pair.mentee_id)
    points = [round(sum(pair.parts.get(name, 0) for name in share), 1) for share in SHARES]
    return PairRow(
        mentee_id=pair.mentee_id,
        mentor_id=pair.mentor_id,
        mentee=called(mentee, whole=True),
        mentee_note=mentee_note(mentee, day),
        mentor=called(mentor, whole=True),
        mentor_note=mentor_note(mentor),
        told=told(pair),
        shares=list(zip(share_names(), points, strict=True)),
        score=pair.score,
        locked=pair.locked,
        alternatives=[sentences.alternative(other, called(people.get(other.mentor_id), whole=True)) for other in pair.alternatives],
    )
