"""Makes Excel workbooks: as spreadsheet programs save them, and as somebody makes them who means harm."""

import csv
import io
import re
import zipfile

import openpyxl


def workbook(*sheets, **named):
    """The bytes of a workbook; each sheet is a list of rows, those without a name are called Sheet, Sheet1 and so on."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in [*((None, rows) for rows in sheets), *named.items()]:
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    return saved(book)


def saved(book):
    """The bytes of an openpyxl workbook."""
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def from_csv(content, delimiter=","):
    """The same list as a workbook, every cell a text."""
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=delimiter)
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("List")
    for row in rows:
        page.append([openpyxl.cell.WriteOnlyCell(page, cell) if not cell.startswith("=") else as_text(page, cell) for cell in row])
    return saved(book)


def as_text(page, text):
    """A cell that begins like a formula and is none."""
    cell = openpyxl.cell.WriteOnlyCell(page, text)
    cell.data_type = "s"
    return cell


def rewritten(content, method=zipfile.ZIP_DEFLATED, **parts):
    """The workbook with parts replaced: `sheet1=function` changes the XML of xl/worksheets/sheet1.xml, and so on."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w", method) as after:
        for name in before.namelist():
            change = parts.get(re.sub(r".*/|\.xml.*", "", name).strip("[]"), lambda xml: xml)
            after.writestr(name, change(before.read(name)))
    return out.getvalue()


def with_saved_value(content, cell, value):
    """The workbook as a program saves it that has calculated this formula."""
    found = re.compile(rb'(<c r="' + cell.encode() + rb'"[^>]*>)(<f>.*?</f>)<v\s*/?>(?:</v>)?')
    text = b'<c r="' + cell.encode() + b'" t="str">'
    return rewritten(content, sheet1=lambda xml: found.sub(lambda match: text + match[2] + b"<v>" + value.encode() + b"</v>", xml))
