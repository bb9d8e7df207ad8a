"""Reads an intake file: the rows that can be imported, and everything wrong with the others, all at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pairing.people import row_rules
from pairing.people.cells import Note, Wrong, clean
from pairing.people.columns import COLUMNS, Column
from pairing.people.files import open_file
from pairing.people.findings import Finding, found
from pairing.people.headings import AS_NAMED, MOST_HEADINGS, Reading, shown
from pairing.people.spreadsheet import Row, Spreadsheet, column_name


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


class Findings:
    """The work in progress on one file."""

    def __init__(self, role: str, today: date) -> None:
        self.role, self.today = role, today
        self.entries: list[Entry] = []
        self.errors: list[Finding] = []
        self.warnings: list[Finding] = []
        self.rows_by_email: dict[str, int] = {}

    def result(self, labels: Mapping[str, str]) -> Intake:
        """What came of it, in the order of the rows; columns are called as the file calls them."""
        told = [[_labelled(each, labels) for each in sorted(found, key=_place)] for found in (self.errors, self.warnings)]
        return Intake(tuple(self.entries), tuple(told[0]), tuple(told[1]))


def _place(finding: Finding) -> int:
    return finding.row


def _labelled(finding: Finding, labels: Mapping[str, str]) -> Finding:
    return replace(finding, column=labels[finding.column]) if finding.column in labels else finding


def parse(content: bytes, role: str, today: date, reading: Reading = AS_NAMED) -> Intake:
    """Reads a file of people of one role ("mentor" or "mentee"); ages are those of `today`. Raises Invalid when it cannot be read."""
    return parse_rows(open_file(content, role, reading.sheet), role, today, reading)


def parse_rows(sheet: Spreadsheet, role: str, today: date, reading: Reading) -> Intake:
    """The same of rows that were opened before."""
    findings = Findings(role, today)
    places = [] if _unreadable(findings, sheet.header) else _places(findings, sheet, reading)
    labels = {
        column.name: shown(sheet.header.cells[place]) for place, column in places if column_name(sheet.header.cells[place]) != column.name
    }
    if findings.errors:
        return findings.result(labels)
    for row in sheet.rows:
        _read_row(findings, row, places, len(sheet.header.cells))
    return findings.result(labels)


def _unreadable(findings: Findings, header: Row) -> bool:
    """Whether the headings make no sense at all, which becomes a finding."""
    filled = sum(bool(cell.strip()) for cell in header.cells)
    if header.broken or filled > MOST_HEADINGS:
        findings.errors.append(found(header.number, "", "", "quotes" if header.broken else "too-many-cells"))
    return bool(findings.errors)


def _places(findings: Findings, sheet: Spreadsheet, reading: Reading) -> list[tuple[int, Column]]:
    """Which column of the file is which of ours; wrong headings become findings."""
    known = {column.name: column for column in COLUMNS[findings.role]}
    number = sheet.header.number
    places: dict[str, int] = {}
    for index, cell in enumerate(sheet.header.cells):
        name = reading.column_of(cell, findings.role)
        if name is None and cell.strip():
            findings.warnings.append(found(number, column_name(cell), cell, "column-unknown"))
        elif name in places:
            findings.errors.append(found(number, name, cell, "column-twice"))
        elif name:
            places[name] = index
    for name, column in known.items():
        if name not in places and column.required:
            findings.errors.append(found(number, name, "", "column-missing"))
        elif name not in places and column.expected:
            findings.warnings.append(found(number, name, "", "column-absent"))
    if sheet.encoding == "windows-1252":
        findings.warnings.append(found(number, "", "", "encoding"))
    return [(index, known[name]) for name, index in places.items()]


def _read_row(findings: Findings, row: Row, places: list[tuple[int, Column]], width: int) -> None:
    if row.broken or any(cell.strip() for cell in row.cells[width:]):
        findings.errors.append(found(row.number, "", "", "quotes" if row.broken else "too-many-cells"))
        return
    fields: dict[str, Any] = {}
    wrong: list[Finding] = []
    for index, column in places:
        text = row.cells[index] if index < len(row.cells) else ""
        if index in row.flaws and _flawed(findings, wrong, row, index, column, text):
            continue
        for finding, is_wrong in read_cell(fields, row.number, column, text):
            (wrong if is_wrong else findings.warnings).append(finding)
    wrong += _seen_before(findings, row.number, fields)
    for finding, is_wrong in row_rules.check(findings.role, row.number, fields, findings.today):
        (wrong if is_wrong else findings.warnings).append(finding)
    findings.errors += wrong
    if not wrong:
        findings.entries.append(Entry(row.number, row_rules.person_fields(fields)))


def _flawed(findings: Findings, wrong: list[Finding], row: Row, index: int, column: Column, text: str) -> bool:
    """Says what is to be known of a calculated cell; whether it cannot be used."""
    code = row.flaws[index]
    usable = code == "calculated"
    (findings.warnings if usable else wrong).append(found(row.number, column.name, text, code))
    return not usable


def read_cell(fields: dict[str, Any], row: int, column: Column, text: str) -> Iterator[tuple[Finding, bool]]:
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


def _seen_before(findings: Findings, row: int, fields: dict[str, Any]) -> list[Finding]:
    email = fields.get("email")
    if email is None:
        return []
    first = findings.rows_by_email.setdefault(email, row)
    return [] if first == row else [found(row, "email", email, "email-twice", first=first)]
