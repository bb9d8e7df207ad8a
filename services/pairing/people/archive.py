"""Copies of an uploaded workbook what is safe to open: the parts with cells, of bounded size, without declared entities."""

import io
import re
import zipfile

from chassis.errors import Invalid
from pairing.people.spreadsheet import MOST_LINES
from ui.language import mark

MEGABYTE = 1024 * 1024
MOST_PARTS = 2_000
MOST_SHEETS = 50
MOST_TAGS = 2_500_000
"""Tags of one part: 10,000 rows of 60 cells; Python reads so many in a few seconds."""
MOST_TAGS_OF_ROW = 70_000
"""A row may have 16,384 cells (ECMA-376, part 1, 18.3.1.73) of four tags."""

SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
SIZES = {
    "[Content_Types].xml": MEGABYTE,
    "_rels/.rels": MEGABYTE,
    "xl/workbook.xml": MEGABYTE,
    "xl/_rels/workbook.xml.rels": MEGABYTE,
    "xl/styles.xml": 2 * MEGABYTE,
    "xl/sharedStrings.xml": 16 * MEGABYTE,
}
"""Parts that are read besides the sheets, and how large each may be."""
SHEET_SIZE = 32 * MEGABYTE
ALL_SIZE = 64 * MEGABYTE

DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
ENCODED = re.compile(rb"^[^>]{0,200}?encoding\s*=\s*[\"'](?!utf-8|us-ascii|ascii)", re.IGNORECASE)
NAME = rb"(?:[\w.-]+:)?"
ROW = re.compile(rb"<" + NAME + rb"row[\s/>]")
ROOT = re.compile(rb"<(" + NAME + rb"worksheet)[\s>]")
LAST_ROW = re.compile(rb"</" + NAME + rb"sheetData\s*>|<" + NAME + rb"sheetData\s*/>")

NO_CELLS = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1"/><sheetData/></worksheet>'

UNREADABLE = mark("This workbook cannot be opened. Save it again as an .xlsx file, or as “CSV UTF-8”, and choose that file.")
UNPACKS_TOO_LARGE = mark("This workbook holds more than can be read. Copy the list alone into a new workbook, or save it as “CSV UTF-8”.")


def safe_copy(content: bytes) -> tuple[bytes, dict[str, bytes]]:
    """The workbook with its sheets emptied, and the sheets by part name. Raises Invalid, before unpacking more than fits."""
    parts: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for part in _wanted(archive):
                parts[part.filename] = _read(archive, part)
    except (zipfile.BadZipFile, RuntimeError, OSError, EOFError, ValueError, NotImplementedError, zipfile.zlib.error):  # type: ignore[attr-defined]
        raise Invalid({"file": [UNREADABLE]}) from None
    if not any(SHEET.fullmatch(name) for name in parts):
        raise Invalid({"file": [UNREADABLE]})
    parts = {name: _rows_only(xml) if SHEET.fullmatch(name) else _checked(xml) for name, xml in parts.items()}
    sheets = {name: xml for name, xml in parts.items() if SHEET.fullmatch(name)}
    return _packed(parts | dict.fromkeys(sheets, NO_CELLS)), sheets


def _wanted(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The parts to read, by what the archive says of their sizes; raises Invalid when that is more than fits."""
    found = {part.filename: part for part in archive.infolist()[: MOST_PARTS + 1]}
    wanted = [part for name, part in found.items() if name in SIZES or SHEET.fullmatch(name)]
    too_large = any(part.file_size > SIZES.get(part.filename, SHEET_SIZE) for part in wanted)
    sheets = sum(part.filename not in SIZES for part in wanted)
    if too_large or sheets > MOST_SHEETS or len(archive.infolist()) > MOST_PARTS or sum(part.file_size for part in wanted) > ALL_SIZE:
        raise Invalid({"file": [UNPACKS_TOO_LARGE]})
    return wanted


def _read(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """The part, of which never more is unpacked than it declared; other methods than these two cannot be stopped half-way."""
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Invalid({"file": [UNREADABLE]})
    with archive.open(part) as opened:
        return opened.read(part.file_size + 1)


def _checked(xml: bytes) -> bytes:
    """The same XML, if it is UTF-8, declares no entities and has no more tags than can be read in time. Raises Invalid."""
    if b"\0" in xml or DECLARED.search(xml) or ENCODED.match(xml):
        raise Invalid({"file": [UNREADABLE]})
    if xml.count(b"<") > MOST_TAGS:
        raise Invalid({"file": [UNPACKS_TOO_LARGE]})
    return xml


def _rows_only(xml: bytes) -> bytes:
    """A sheet cut off after its rows: what follows (merged cells, rules, links) is not needed, and costs time. Raises Invalid."""
    root, last = ROOT.search(xml), LAST_ROW.search(xml)
    if root is None or last is None:
        raise Invalid({"file": [UNREADABLE]})
    cut = _checked(xml[: last.end()])
    rows = ROW.split(cut)
    if len(rows) > MOST_LINES or any(row.count(b"<") > MOST_TAGS_OF_ROW for row in rows):
        raise Invalid({"file": [UNPACKS_TOO_LARGE]})
    return cut + b"</" + root[1] + b">"


def _packed(parts: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, xml in parts.items():
            archive.writestr(name, xml)
    return packed.getvalue()
