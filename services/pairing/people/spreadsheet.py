"""Reads the bytes of a CSV file, whatever program saved it, into numbered rows of text."""

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field
from typing import Any

from chassis.errors import Invalid
from ui.language import mark

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 10_000
MOST_LINES = 200_000
"""Rows with and without anything in them; spreadsheet programs like to leave many empty ones at the end."""
MOST_CHARACTERS = 2_000
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
"""How a workbook of before 2007 begins, and one with a password."""
CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
DELIMITERS = (";", ",", "\t")
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))

EMPTY = mark("The file is empty. Choose the file with the people again.")
TOO_BIG = mark("The file is larger than 5 MB. Split it into several files.")
TOO_LONG = mark("The file has more than 10,000 rows. Split it into several files.")
WORKBOOK = mark(
    "This workbook has a password or an old format. Save it as .xlsx without a password, or as “CSV UTF-8”, and choose that file."
)
NOT_TEXT = mark("This is not a text file. Save the list as “CSV UTF-8” and choose that file.")


@dataclass(frozen=True)
class Row:
    """One row with the number that a spreadsheet shows; `broken` when its quotation marks do not match.

    `flaws` has the place of each cell that was calculated or failed to be, and the code of what to say about it.
    """

    number: int
    cells: tuple[str, ...]
    broken: bool = False
    flaws: dict[int, str] = field(default_factory=dict)

    @property
    def blank(self) -> bool:
        """Whether there is nothing in it."""
        return not self.broken and not self.flaws and not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True)
class Spreadsheet:
    """Header and rows of a file, and the encoding it was read in; of a workbook, all its sheets and the one that was read."""

    header: Row
    rows: tuple[Row, ...]
    encoding: str
    sheets: tuple[str, ...] = ()
    sheet: str = ""


def read(content: bytes, columns: Set[str]) -> Spreadsheet:
    """The rows of a file that are not blank; `columns` are the names hoped for, by which the delimiter is recognised. Raises Invalid."""
    text, encoding = decode(content)
    rows = filled(numbered(text, delimiter_of(text, columns)))
    if rows and _names_delimiter(rows[0]):
        rows = rows[1:]
    return bounded(rows, encoding)


def bounded(rows: list[Row], encoding: str, **workbook: Any) -> Spreadsheet:
    """Header and rows; raises Invalid when there are none, or too many."""
    if not rows:
        raise Invalid({"file": [EMPTY]})
    if len(rows) - 1 > MOST_ROWS:
        raise Invalid({"file": [TOO_LONG]})
    return Spreadsheet(header=rows[0], rows=tuple(rows[1:]), encoding=encoding, **workbook)


def decode(content: bytes) -> tuple[str, str]:
    """The text and its encoding: by byte order mark, else UTF-8, else Windows-1252. Raises Invalid."""
    if len(content) > MOST_BYTES:
        raise Invalid({"file": [TOO_BIG]})
    if content.startswith((b"PK\x03\x04", OLD_WORKBOOK)):
        raise Invalid({"file": [WORKBOOK]})
    for encoding in _candidates(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not CONTROL.search(text.split("\n", 1)[0]):
            return text, encoding
    raise Invalid({"file": [NOT_TEXT]})


def _candidates(content: bytes) -> tuple[str, ...]:
    marked = [encoding for mark, encoding in MARKS if content.startswith(mark)]
    if marked:
        return (marked[0],)
    if content[1:2] == b"\0":
        return ("utf-16-le",)
    if content[:1] == b"\0":
        return ("utf-16-be",)
    return ("utf-8", "windows-1252")


def delimiter_of(text: str, columns: Set[str]) -> str:
    """The delimiter by which the header falls into the most known columns, or parts; the one a first line `sep=;` names wins."""
    lines = [line for line in text[:MOST_CHARACTERS].splitlines() if line.strip()] or [""]
    if lines[0].strip('"').lower().startswith("sep=") and len(lines[0].strip('"')) > 4:
        return lines[0].strip('"')[4]
    parts = {delimiter: [column_name(cell) for cell in lines[0].split(delimiter)] for delimiter in DELIMITERS}
    return max(DELIMITERS, key=lambda delimiter: (len(columns & set(parts[delimiter])), len(parts[delimiter])))


def column_name(cell: str) -> str:
    """A heading as it is compared: "Given Name " and "given-name" are both given_name."""
    return "_".join(cell.strip(" \t\"'").casefold().replace("-", " ").replace("_", " ").split())


def plain(text: str) -> str:
    """Words in lower case without accents and punctuation, so that "E-Mail:" and "e mail" are the same."""
    letters = "".join(letter for letter in unicodedata.normalize("NFKD", text[:200].casefold()) if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[\W_]+", " ", letters).split())


def numbered(text: str, delimiter: str) -> Iterator[Row]:
    """Every row with its number; a row with unmatched quotation marks is passed on as broken, and reading goes on."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        try:
            yield Row(number, tuple(next(reader)))
        except StopIteration:
            return
        except csv.Error:
            yield Row(number, (), broken=True)


def filled(rows: Iterable[Row]) -> list[Row]:
    """The rows that are not blank, header included; raises Invalid as soon as there are too many."""
    found: list[Row] = []
    for row in rows:
        if not row.blank:
            found.append(row)
        if row.number > MOST_LINES or len(found) > MOST_ROWS + 2:
            raise Invalid({"file": [TOO_LONG]})
    return found


def _names_delimiter(row: Row) -> bool:
    return len(row.cells) in (1, 2) and row.cells[0].lower().startswith("sep=")
