"""Which heading of a file is which of our columns: by our own names, as somebody said before, or by what it seems to be."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from pairing.people import words
from pairing.people.columns import COLUMNS
from pairing.people.spreadsheet import Spreadsheet, column_name, plain
from pairing.people.synonyms import SYNONYMS
from pairing.people.vocabulary import in_every_language

MOST_HEADINGS = 200
SHOWN_SAMPLES = 3
SHOWN_CHARACTERS = 40
ALIKE = 0.84
MOST_COMPARED = 60
NOT_READ = ""


@dataclass(frozen=True)
class Reading:
    """How a file is to be read: which sheet, and which column each heading (as `column_name` writes it) is; "" for one that is not read."""

    sheet: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)

    def column_of(self, heading: str, role: str) -> str | None:
        """Our column for this heading; "" when it is not to be read, None when nobody said and it is none of our names."""
        name = column_name(heading)
        said = self.columns.get(name)
        if said is not None:
            return said
        return name if name in names_of(role) else None


AS_NAMED = Reading()
"""The first sheet with anything in it, headings as we name them."""


@dataclass(frozen=True)
class Heading:
    """One heading of a file: how it is written, some of its values, and the column it is, seems to be, or None."""

    text: str
    name: str
    samples: tuple[str, ...]
    column: str | None
    suggestion: str


def headings(sheet: Spreadsheet, role: str, reading: Reading) -> list[Heading]:
    """The headings of a file in their order, none when there are too many; no column is suggested twice, nor one that a heading is."""
    written = [(place, text) for place, text in enumerate(sheet.header.cells) if text.strip()]
    if sheet.header.broken or len(written) > MOST_HEADINGS:
        return []
    known = [(place, text, reading.column_of(text, role)) for place, text in written]
    taken = {column for _, _, column in known if column}
    found = []
    for place, text, column in known:
        suggestion = "" if column is not None else suggest(text, role, taken)
        taken |= {suggestion}
        found.append(Heading(shown(text), column_name(text), _samples(sheet, place), column, suggestion))
    return found


def suggest(heading: str, role: str, taken: set[str] | frozenset[str] = frozenset()) -> str:
    """The column that a heading seems to be, "" when it seems to be none of those left."""
    meanings = _meanings(role)
    said = plain(heading)[:MOST_COMPARED]
    near = [said] if said in meanings else difflib.get_close_matches(said, meanings, n=3, cutoff=ALIKE)
    return next((meanings[word] for word in near if meanings[word] not in taken), "")


def lacking(role: str, found: Sequence[Heading]) -> list[str]:
    """The required columns that no heading is."""
    there = {heading.column for heading in found}
    return [column.name for column in COLUMNS[role] if column.required and column.name not in there]


@cache
def names_of(role: str) -> frozenset[str]:
    """Our names of the columns."""
    return frozenset(column.name for column in COLUMNS[role])


@cache
def all_words(role: str) -> frozenset[str]:
    """Everything a column may be called, as `column_name` writes it; by these the delimiter of a file is recognised."""
    return frozenset(column_name(word) for name in names_of(role) for word in _words_of(name))


@cache
def _meanings(role: str) -> dict[str, str]:
    """What a column may be called, in plain letters → the column; "" where two columns are called so."""
    meanings: dict[str, str] = {}
    for name in names_of(role):
        for word in map(plain, _words_of(name)):
            meanings[word] = name if meanings.get(word, name) == name else ""
    return meanings


def _words_of(name: str) -> tuple[str, ...]:
    """Our name of a column, what lists call it, and what our pages call it in every language."""
    return (name, *SYNONYMS.get(name, ()), *in_every_language(words.COLUMNS[name]))


def shown(text: str) -> str:
    """A heading or value as a page shows it: on one line, cut to what fits, without what cannot be seen."""
    line = "".join(letter if letter.isprintable() else " " for letter in " ".join(text[:200].split()))
    return line if len(line) <= SHOWN_CHARACTERS else f"{line[: SHOWN_CHARACTERS - 1]}…"


def _samples(sheet: Spreadsheet, place: int) -> tuple[str, ...]:
    """The first different values of a column."""
    values: dict[str, None] = {}
    for row in sheet.rows:
        if place < len(row.cells) and row.cells[place].strip():
            values[shown(row.cells[place])] = None
        if len(values) == SHOWN_SAMPLES:
            break
    return tuple(values)
