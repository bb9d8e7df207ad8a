"""Opens an uploaded file, whatever it is: a workbook by its signature, else text with separators."""

from chassis.errors import Invalid
from pairing.people import spreadsheet, workbook
from pairing.people.headings import all_words
from pairing.people.spreadsheet import Spreadsheet
from ui.language import mark

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
SIGNATURES = (workbook.SIGNATURE, spreadsheet.OLD_WORKBOOK)
NO_WORKBOOK = mark("This is no Excel workbook that can be read. Save the list again as .xlsx or as “CSV UTF-8”, and choose that file.")


def check_name(filename: str, content: bytes) -> None:
    """Raises Invalid when a file is called a workbook and holds something else, which nobody means to be read as text."""
    if filename.lower().endswith(WORKBOOKS) and content and not content.startswith(SIGNATURES):
        raise Invalid({"file": [NO_WORKBOOK]})


def open_file(content: bytes, role: str, sheet: str = "") -> Spreadsheet:
    """The rows that are not blank; of a workbook those of the named sheet, or of the first with any. Raises Invalid."""
    if content.startswith(workbook.SIGNATURE):
        return workbook.read(content, sheet)
    return spreadsheet.read(content, all_words(role))
