"""Reads the cells of one sheet of a workbook (ECMA-376, part 1, 18.3) as texts, quicker than as objects."""

from collections.abc import Callable
from datetime import date, datetime, time
from functools import cache
from typing import Any
from xml.parsers import expat

LARGEST_NUMBER = 1e15
Rows = list[tuple[int, list[str]]]


class SheetCells:
    """What is collected while a sheet is read; `spent` is told how many cells each row takes, and raises when they are too many."""

    def __init__(self, sheet: Any, spent: Callable[[int], None]) -> None:
        book = sheet.parent
        self.shared, self.epoch = sheet._shared_strings, book.epoch
        self.days, self.spans = book._date_formats, book._timedelta_formats
        self.spent, self.rows = spent, Rows()
        self.number = 0
        self.cells: list[str] = []
        self.place, self.kind, self.style = -1, "n", 0
        self.text: list[str] = []
        self.reading = self.aside = False

    def read(self, xml: bytes) -> Rows:
        """Row numbers and their cells; raises ExpatError and ValueError for what is no sheet."""
        parser = expat.ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = self._start, self._end, self._said
        parser.Parse(xml, True)
        return self.rows

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "c":
            self.kind, self.style, self.text = attributes.get("t", "n"), int(attributes.get("s", 0)), []
            self.place = place_of(attributes["r"].rstrip("0123456789")) if "r" in attributes else self.place + 1
        elif name in ("v", "t"):
            self.reading = not self.aside
        elif name == "row":
            self.number, self.cells, self.place = int(attributes.get("r", self.number + 1)), [], -1
        elif name == "rPh":
            self.aside = True

    def _said(self, text: str) -> None:
        if self.reading:
            self.text.append(text)

    def _end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if name in ("v", "t"):
            self.reading = False
        elif name == "c" and self.text:
            self.spent(max(0, self.place + 1 - len(self.cells)))
            self.cells += [""] * (self.place + 1 - len(self.cells))
            self.cells[self.place] = self._value("".join(self.text))
        elif name == "row":
            self.rows.append((self.number, self.cells))
        elif name == "rPh":
            self.aside = False

    def _value(self, text: str) -> str:
        if self.kind == "s":
            return text_of(self.shared[int(text)])
        if self.kind == "n":
            return text_of(self._number(float(text)))
        return {"0": "false", "1": "true"}[text] if self.kind == "b" else self._day(text) if self.kind == "d" else text_of(text)

    def _number(self, value: float) -> object:
        from openpyxl.utils.datetime import from_excel

        return from_excel(value, self.epoch, timedelta=self.style in self.spans) if self.style in self.days else value

    def _day(self, text: str) -> str:
        from openpyxl.utils.datetime import from_ISO8601

        return text_of(from_ISO8601(text))


@cache
def place_of(letters: str) -> int:
    """The place of a column, from 0: "A" is 0, "AA" is 26, at most "XFD"; raises ValueError."""
    from openpyxl.utils.cell import column_index_from_string

    return int(column_index_from_string(letters)) - 1


def text_of(value: object) -> str:
    """A cell as text: days and times as ISO 8601 writes them, whole numbers without decimals."""
    if isinstance(value, str):
        return value.replace("_x000D_", "")
    if isinstance(value, float) and value.is_integer() and abs(value) < LARGEST_NUMBER:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    return str(value)
