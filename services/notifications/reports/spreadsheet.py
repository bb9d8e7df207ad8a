"""A report as CSV: one row per figure, with how it is counted; opens in a spreadsheet without running anything."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from notifications.reports import definitions
from notifications.reports.figures import Report
from notifications.reports.model import RoundRecord
from ui.language import Translator, translator

LOCALE = Path(__file__).parents[1] / "locale"
COLUMNS = ("figure", "value", "n", "definition")
RUNS_SOMETHING = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\t", "\r", "\n")
"""What a formula begins with; some programs take the full-width forms for the same."""
Row = tuple[str, object, object, str]


def write(report: Report, language: str) -> bytes:
    """The CSV (RFC 4180) in UTF-8 with a byte-order mark; codes of figures are stable, definitions in `language`."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in _rows(report, translator(language, LOCALE)):
        writer.writerow([inert(cell) for cell in row])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def file_name(report: Report) -> str:
    """A name for the file, from plain letters and digits: "report-autumn-2026-2026-11-21.csv"."""
    plain = "".join(c if c.isascii() and c.isalnum() else "-" for c in report.programme.lower())
    return "-".join(part for part in ("report", *plain.split("-"), report.computed_at.date().isoformat()) if part) + ".csv"


def inert(cell: object) -> object:
    """Text that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV injection); none is an empty cell."""
    if cell is None:
        return ""
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip(" ").startswith(RUNS_SOMETHING) else cell


def _rows(report: Report, words: Translator) -> Iterator[Row]:
    yield "programme", report.programme, None, ""
    yield "computed_at", report.computed_at.isoformat(timespec="seconds"), None, ""
    for figure in report.figures:
        label, definition = definitions.FIGURES[figure.code]
        yield figure.code, figure.value, figure.n, f"{words.gettext(label)}. {words.gettext(definition)}"
    for week in report.weeks:
        for name in ("held", "not_noted", "to_come"):
            yield f"sessions_{name}.{week.week}", getattr(week, name), None, words.gettext(definitions.SESSIONS_BY_WEEK)
    for sent in report.messages:
        yield f"messages_sent.{sent.kind}.{sent.language}", sent.n, None, words.gettext(definitions.MESSAGES_BY_KIND)
    for number, round_ in enumerate(report.rounds, start=1):
        yield from _round_rows(f"feedback.{number}.{round_.questionnaire}", round_, words)


def _round_rows(name: str, round_: RoundRecord, words: Translator) -> Iterator[Row]:
    withheld = words.gettext(definitions.WITHHELD)
    if not round_.closed:
        yield f"{name}.answers", "open", None, words.gettext(definitions.ROUND_OPEN)
        return
    counted = words.gettext(definitions.FEEDBACK_ANSWERS)
    yield f"{name}.answers", *(("withheld", None, withheld) if round_.answers is None else (round_.answers, None, counted))
    for result in round_.results:
        shown = ("withheld", None, withheld) if result.mean is None else (result.mean, result.n, words.gettext(definitions.FEEDBACK_MEAN))
        yield f"{name}.{result.question}", *shown
