"""Reads the bytes of an Excel workbook (.xlsx) into the same numbered rows of text as a CSV file; formulas are never calculated."""

import io
import re
import warnings
from collections.abc import Callable, Iterator
from typing import Any

from chassis.errors import Invalid
from pairing.people.archive import NAME, UNPACKS_TOO_LARGE, UNREADABLE, safe_copy
from pairing.people.sheet_cells import SheetCells
from pairing.people.spreadsheet import MOST_BYTES, TOO_BIG, Row, Spreadsheet, bounded, filled
from ui.language import mark

SIGNATURE = b"PK\x03\x04"
FORMULA = re.compile(rb"<" + NAME + rb"f[\s/>]")
FORMULA_CELL = re.compile(rb"<" + NAME + rb"c\s[^<>]*?\br=[\"']([A-Z]{1,3}[0-9]{1,7})[\"'][^<>]*>\s*<" + NAME + rb"f[\s/>]")
MOST_CELLS = 2_000_000
"""Cells of a sheet, empty ones left of a filled one too."""

NO_SUCH_SHEET = mark("The workbook has no sheet of this name. Choose one of its sheets.")


def read(content: bytes, sheet: str = "") -> Spreadsheet:
    """The rows of a sheet that are not blank: of the one named, else of the first that has any. Raises Invalid."""
    if len(content) > MOST_BYTES:
        raise Invalid({"file": [TOO_BIG]})
    copy, parts = safe_copy(content)
    book = _opened(copy)
    names = tuple(each.title for each in book.worksheets)
    if sheet and sheet not in names:
        raise Invalid({"sheet": [NO_SUCH_SHEET]})
    for each in book.worksheets:
        rows = _rows_of(each, parts) if sheet in ("", each.title) else []
        if rows:
            return bounded(rows, "xlsx", sheets=names, sheet=each.title)
    return bounded([], "xlsx")


def _opened(copy: bytes) -> Any:
    from openpyxl import load_workbook  # here, because it would make every idle process larger

    warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")  # they quote cells
    try:
        return load_workbook(io.BytesIO(copy), read_only=True, data_only=True, keep_links=False)
    except Exception:  # whatever a library meets in a broken file, the file is what is wrong
        raise Invalid({"file": [UNREADABLE]}) from None


def _rows_of(sheet: Any, parts: dict[str, bytes]) -> list[Row]:
    """The filled rows of a sheet; raises Invalid when there are too many or they cannot be read."""
    try:
        return filled(_numbered(sheet, parts[sheet._worksheet_path]))
    except Invalid:
        raise
    except Exception:
        raise Invalid({"file": [UNREADABLE]}) from None


def _calculated(xml: bytes) -> dict[int, set[int]]:
    """Row number → places (from 0) of the cells that hold a formula."""
    from openpyxl.utils.cell import coordinate_to_tuple

    found = [match[1].decode() for match in FORMULA_CELL.finditer(xml)]
    if len(found) != len(FORMULA.findall(xml)):
        raise Invalid({"file": [UNREADABLE]})
    places: dict[int, set[int]] = {}
    for row, column in map(coordinate_to_tuple, found):
        places.setdefault(row, set()).add(column - 1)
    return places


def _numbered(sheet: Any, xml: bytes) -> Iterator[Row]:
    from openpyxl.cell.cell import ERROR_CODES

    calculated, last = _calculated(xml), 0
    for number, cells in SheetCells(sheet, _budget()).read(xml):
        if number <= last:
            raise Invalid({"file": [UNREADABLE]})
        last = number
        flaws = {place: "cell-error" for place, cell in enumerate(cells) if cell.startswith("#") and cell in ERROR_CODES}
        for place in calculated.get(number, ()):
            empty = place >= len(cells) or not cells[place]
            flaws.setdefault(place, "not-calculated" if empty else "calculated")
        yield Row(number, tuple(cells), flaws=flaws)


def _budget() -> Callable[[int], None]:
    """Counts cells; raises Invalid when there are more than can be read."""
    spent = 0

    def spend(cells: int) -> None:
        nonlocal spent
        spent += cells
        if spent > MOST_CELLS:
            raise Invalid({"file": [UNPACKS_TOO_LARGE]})

    return spend
