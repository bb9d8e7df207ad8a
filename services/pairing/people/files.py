"""Opens an uploaded file, whatever it is: a workbook by its signature, else text with separators."""

from pairing.people import spreadsheet, workbook
from pairing.people.headings import all_words
from pairing.people.spreadsheet import Spreadsheet


def open_file(content: bytes, role: str, sheet: str = "") -> Spreadsheet:
    """The rows that are not blank; of a workbook those of the named sheet, or of the first with any. Raises Invalid."""
    if content.startswith(workbook.SIGNATURE):
        return workbook.read(content, sheet)
    return spreadsheet.read(content, all_words(role))
