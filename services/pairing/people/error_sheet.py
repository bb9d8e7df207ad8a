"""Writes the findings of an import as a CSV sheet that no spreadsheet program calculates."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence

from pairing.people.findings import Finding

CALCULATED = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\t", "\r", "\n")
"""What a formula begins with; some programs take the full-width forms for the same."""


def inert(text: str) -> str:
    """The text such that a spreadsheet program shows it and does not calculate it (OWASP, CSV injection)."""
    return f"'{text}" if text.lstrip(" ").startswith(CALCULATED) else text


def error_sheet(headings: Sequence[str], findings: Iterable[Finding], translate: Callable[..., str]) -> bytes:
    """UTF-8 with byte order mark and semicolons, as European spreadsheet programs open it; one line per finding."""
    sheet = io.StringIO()
    writer = csv.writer(sheet, delimiter=";")
    writer.writerow(headings)
    for finding in findings:
        row = [str(finding.row), finding.column, finding.value, translate(finding.message, **finding.params)]
        writer.writerow([inert(cell) for cell in row])
    return sheet.getvalue().encode("utf-8-sig")
