"""Reads an intake file: the rows that can be imported, and everything wrong with the others, all at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from pairing.people import row_rules, spreadsheet
from pairing.people.cells import Note, Wrong, clean
from pairing.people.columns import COLUMNS, Column
from pairing.people.findings import Finding, found
from pairing.people.spreadsheet import Row, Spreadsheet

MOST_HEADINGS = 200


@dataclass(frozen=True)
class Entry:
    """One row that can be imported: fields of a Person, without those whose column is absent."""

    row: int
    fields: dict[str, Any]


@dataclass(frozen=True)
class Intake:
    """A file as it was understood; a row with an error is in `errors` and not in `entries`."""

    entries: tuple[Entry, ...]
    errors: tuple[Finding, ...]
    warnings: tuple[Finding, ...]


class Reading:
    """The work in progress on one file."""

    def __init__(self, role: str, today: date) -> None:
        self.role, self.today = role, today
        self.entries: list[Entry] = []
        self.errors: list[Finding] = []
        self.warnings: list[Finding] = []
        self.rows_by_email: dict[str, int] = {}

    def result(self) -> Intake:
        """What came of it, in the order of the rows."""
        return Intake(tuple(self.entries), tuple(sorted(self.errors, key=_place)), tuple(sorted(self.warnings, key=_place)))


def _place(finding: Finding) -> int:
    return finding.row


def parse(content: bytes, role: str, today: date) -> Intake:
    """Reads a file of people of one role ("mentor" or "mentee"); ages are those of `today`. Raises Invalid when it is no CSV file."""
    sheet = spreadsheet.read(content, {column.name for column in COLUMNS[role]})
    reading = Reading(role, today)
    places = [] if _unreadable(reading, sheet.header) else _places(reading, sheet)
    if reading.errors:
        return reading.result()
    for row in sheet.rows:
        _read_row(reading, row, places, len(sheet.header.cells))
    return reading.result()


def _unreadable(reading: Reading, header: Row) -> bool:
    """Whether the headings make no sense at all, which becomes a finding."""
    headings = sum(bool(cell.strip()) for cell in header.cells)
    if header.broken or headings > MOST_HEADINGS:
        reading.errors.append(found(header.number, "", "", "quotes" if header.broken else "too-many-cells"))
    return bool(reading.errors)


def _places(reading: Reading, sheet: Spreadsheet) -> list[tuple[int, Column]]:
    """Which column of the file is which of ours; wrong headings become findings."""
    known = {column.name: column for column in COLUMNS[reading.role]}
    places: dict[str, int] = {}
    for index, cell in enumerate(sheet.header.cells):
        name = spreadsheet.column_name(cell)
        if name in places:
            reading.errors.append(found(sheet.header.number, name, cell, "column-twice"))
        elif name in known:
            places[name] = index
        elif name:
            reading.warnings.append(found(sheet.header.number, name, cell, "column-unknown"))
    for name in known.keys() - places.keys():
        findings = reading.errors if known[name].required else reading.warnings
        findings.append(found(sheet.header.number, name, "", "column-missing" if known[name].required else "column-absent"))
    if sheet.encoding == "windows-1252":
        reading.warnings.append(found(sheet.header.number, "", "", "encoding"))
    return [(index, known[name]) for name, index in places.items()]


def _read_row(reading: Reading, row: Row, places: list[tuple[int, Column]], width: int) -> None:
    if row.broken or any(cell.strip() for cell in row.cells[width:]):
        reading.errors.append(found(row.number, "", "", "quotes" if row.broken else "too-many-cells"))
        return
    fields: dict[str, Any] = {}
    wrong: list[Finding] = []
    for index, column in places:
        text = row.cells[index] if index < len(row.cells) else ""
        for finding, is_wrong in _read_cell(fields, row.number, column, text):
            (wrong if is_wrong else reading.warnings).append(finding)
    wrong += _seen_before(reading, row.number, fields)
    for finding, is_wrong in row_rules.check(reading.role, row.number, fields, reading.today):
        (wrong if is_wrong else reading.warnings).append(finding)
    reading.errors += wrong
    if not wrong:
        reading.entries.append(Entry(row.number, row_rules.person_fields(fields)))


def _read_cell(fields: dict[str, Any], row: int, column: Column, text: str) -> Iterator[tuple[Finding, bool]]:
    """Puts the cell's value into `fields`; yields what was found and whether it is wrong."""
    try:
        cleaned = clean(text)
        if cleaned:
            fields[column.name] = column.read(cleaned)
        elif column.required:
            yield found(row, column.name, "", "required"), True
        else:
            fields[column.name] = column.empty
    except Wrong as wrong:
        yield found(row, column.name, text, wrong.code, **wrong.params), True
    except Note as note:
        fields[column.name] = note.value
        yield found(row, column.name, text, note.code, **note.params), False


def _seen_before(reading: Reading, row: int, fields: dict[str, Any]) -> list[Finding]:
    email = fields.get("email")
    if email is None:
        return []
    first = reading.rows_by_email.setdefault(email, row)
    return [] if first == row else [found(row, "email", email, "email-twice", first=first)]
