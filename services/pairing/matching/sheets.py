"""The explanations of a match run, laid out on sheets of a hundred, so that no document grows with the cohort."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from pairing.matching.model import Idle, Proposal, Unmatched

PAIRS, MENTEES, MENTORS = KINDS = ("pairs", "mentees", "mentors")
"""What is on a sheet: explained pairs, mentees without a mentor, mentors without a mentee."""
PER_SHEET = 100
T = TypeVar("T")


@dataclass
class Sheet:
    """Up to PER_SHEET entries of one kind; `number` counts from 1."""

    id: str
    run_id: str
    kind: str
    number: int
    pairs: tuple[Proposal, ...] = ()
    mentees: tuple[Unmatched, ...] = ()
    mentors: tuple[Idle, ...] = ()
    version: int = 0

    @property
    def entries(self) -> tuple[Proposal, ...] | tuple[Unmatched, ...] | tuple[Idle, ...]:
        """What is on it."""
        return self.pairs or self.mentees or self.mentors

    def forget(self, person_id: str) -> int:
        """Takes the explanations of an erased person away (her field, town, goal, times), and leaves that she was there; gives how many."""
        entries: tuple[Proposal | Unmatched | Idle, ...] = (*self.pairs, *self.mentees, *self.mentors)
        about = [each for each in entries if person_id in _ids(each)]
        self.pairs = tuple(_bare(each) if each in about else each for each in self.pairs)
        self.mentees = tuple(Unmatched(each.mentee_id) if each in about else each for each in self.mentees)
        self.mentors = tuple(Idle(each.mentor_id) if each in about else each for each in self.mentors)
        return len(about)


def _ids(entry: Proposal | Unmatched | Idle) -> tuple[str, ...]:
    return tuple(id for name, id in vars(entry).items() if name in ("mentor_id", "mentee_id"))


def _bare(pair: Proposal) -> Proposal:
    return Proposal(pair.mentor_id, pair.mentee_id, pair.score, pair.locked)


def sheet_id(run_id: str, kind: str, number: int) -> str:
    """Where a sheet lies."""
    return f"{run_id}:{kind}:{number}"


def laid_out(run_id: str, pairs: Sequence[Proposal], mentees: Sequence[Unmatched], mentors: Sequence[Idle]) -> list[Sheet]:
    """The sheets of a run: pairs by fit, the weakest first, then mentees, then mentors."""
    weakest_first = sorted(pairs, key=lambda pair: (pair.score, pair.mentee_id))
    sheets = [Sheet(sheet_id(run_id, PAIRS, n), run_id, PAIRS, n, pairs=cut) for n, cut in _cut(weakest_first)]
    sheets += [Sheet(sheet_id(run_id, MENTEES, n), run_id, MENTEES, n, mentees=cut) for n, cut in _cut(mentees)]
    return sheets + [Sheet(sheet_id(run_id, MENTORS, n), run_id, MENTORS, n, mentors=cut) for n, cut in _cut(mentors)]


def _cut(entries: Sequence[T]) -> list[tuple[int, tuple[T, ...]]]:
    return [(start // PER_SHEET + 1, tuple(entries[start : start + PER_SHEET])) for start in range(0, len(entries), PER_SHEET)]
