"""The explanations of a match run, laid out on sheets of a hundred, so that no document grows with the cohort."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
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

    def forget(self, person_id: str) -> None:
        """Drops what is told of a person's pairs: towns, free times, wishes; that there was a pair of this fit stays."""
        self.pairs = tuple(replace(pair, reasons=()) if person_id in (pair.mentor_id, pair.mentee_id) else pair for pair in self.pairs)


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
