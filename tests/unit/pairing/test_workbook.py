"""Reading workbooks: cells become the same texts as in a CSV file, formulas are never calculated, and no workbook does harm."""

import io
import time
import zipfile
from datetime import date, datetime
from datetime import time as clock_time
from pathlib import Path

import pytest

from chassis.errors import Invalid
from pairing.people.files import open_file
from pairing.people.headings import Reading
from pairing.people.intake import parse
from support.cohort import MENTEE, MENTOR, table
from support.workbooks import from_csv, rewritten, with_saved_value, workbook

ROOT = Path(__file__).parents[3]
TODAY = date(2026, 11, 21)
SECONDS = 5.0


def mentees(**cells):
    row = {"email": "yara@example.org", **MENTEE, **cells}
    return workbook([list(row), list(row.values())])


def found(intake):
    return [(each.row, each.column, each.code) for each in intake.errors]


@pytest.mark.parametrize("role", ["mentor", "mentee"])
def test_the_messy_lists_are_read_from_a_workbook_as_from_a_csv_file(role):
    content = (ROOT / f"tests/data/autumn-2026-messy/{role}s.csv").read_bytes()
    delimiter = ";" if b"email;" in content else ","
    assert parse(from_csv(content, delimiter), role, TODAY) == parse(content, role, TODAY)
    assert parse(content, role, TODAY).errors


def test_days_numbers_and_truths_become_the_texts_that_people_would_write():
    row = {"email": "bo@example.org", **MENTOR, "birth_date": date(1985, 3, 15), "capacity": 2, "vetting_issued": datetime(2026, 9, 1)}
    (entry,) = parse(workbook([list(row), list(row.values())]), "mentor", TODAY).entries
    assert (entry.fields["birth_date"], entry.fields["capacity"]) == (date(1985, 3, 15), 2)
    assert entry.fields["vetting"].issued == date(2026, 9, 1)
    odd = workbook([["a", "b", "c", "d", "e"], [2.5, True, datetime(2026, 9, 1, 16, 30), clock_time(9, 5), 3.0]])
    assert open_file(odd, "mentor").rows[0].cells == ("2.5", "true", "2026-09-01 16:30", "09:05", "3")


def test_a_formula_counts_with_the_value_it_was_saved_with_and_is_told():
    content = with_saved_value(mentees(city="=UPPER(A2)"), "D2", "Sneek")
    assert b"UPPER" in zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")
    place = list({"email": "", **MENTEE}).index("city")
    content = with_saved_value(mentees(city="=UPPER(A2)"), f"{chr(65 + place)}2", "Sneek")
    intake = parse(content, "mentee", TODAY)
    assert intake.entries[0].fields["city"] == "Sneek"
    assert [(each.row, each.column, each.code) for each in intake.warnings if each.row == 2] == [(2, "city", "calculated")]


def test_a_formula_without_a_saved_value_keeps_its_row_out():
    assert found(parse(mentees(city='=HYPERLINK("http://evil.example")'), "mentee", TODAY)) == [(2, "city", "not-calculated")]
    assert found(parse(mentees(email="=A1"), "mentee", TODAY)) == [(2, "email", "not-calculated")]


def test_a_cell_that_could_not_be_calculated_keeps_its_row_out():
    assert found(parse(mentees(given_name="#REF!"), "mentee", TODAY)) == [(2, "given_name", "cell-error")]


def test_rows_are_numbered_as_the_workbook_shows_them():
    row = {"email": "wrong", **MENTEE}
    content = workbook([[], list(row), [], [None, None], list(row.values())])
    assert found(parse(content, "mentee", TODAY)) == [(5, "email", "email")]


def test_the_first_sheet_with_anything_in_it_is_read_unless_another_is_named():
    row = {"email": "yara@example.org", **MENTEE}
    rows = [list(row), list(row.values())]
    content = workbook(Cover=[], Notes=[["hello"]], List=rows)
    assert open_file(content, "mentee").sheet == "Notes"
    assert open_file(content, "mentee").sheets == ("Cover", "Notes", "List")
    assert len(parse(content, "mentee", TODAY, Reading("List")).entries) == 1
    for sheet in ("Cover", "Elsewhere"):
        with pytest.raises(Invalid):
            open_file(content, "mentee", sheet)


def test_nobody_is_lost_when_the_workbook_says_that_it_is_smaller_or_larger_than_it_is():
    content = from_csv(table("mentee", 30))
    for reference in (b"A1", b"A1:B2", b"A1:XFD1048576"):
        lying = rewritten(
            content, sheet1=lambda xml, said=reference: xml.replace(b"<sheetData>", b'<dimension ref="' + said + b'"/><sheetData>')
        )
        assert len(parse(lying, "mentee", TODAY).entries) == 30


def sheet_of(xml):
    """A workbook whose first sheet has this between its first and last tag."""
    start, end = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">', b"</worksheet>"
    return rewritten(workbook([["a"]]), sheet1=lambda _: start + xml + end)


def lying_about_size(content):
    """The archive says that its sheet is small when unpacked."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sizes = {part.file_size for part in archive.infolist() if part.file_size > 10_000_000}
    for size in sizes:
        content = content.replace(size.to_bytes(4, "little"), (1_000).to_bytes(4, "little"))
    return content


BOMB = b"<sheetData>" + b"<row><c/></row>" * 3_000_000 + b"</sheetData>"
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><worksheet><sheetData><row><c><v>&b;</v></c></row></sheetData></worksheet>'
HARMFUL = {
    "unpacks to forty megabytes": lambda: sheet_of(BOMB),
    "unpacks to more than it says": lambda: lying_about_size(sheet_of(BOMB)),
    "packed by a method that cannot be stopped": lambda: rewritten(workbook([["a"]]), zipfile.ZIP_LZMA),
    "many texts": lambda: rewritten(workbook([["a"]]), sharedStrings=lambda _: b"<sst>" + b"<si><t/></si>" * 1_200_000 + b"</sst>"),
    "many styles": lambda: rewritten(workbook([["a"]]), styles=lambda _: b"<styleSheet>" + b"<font/>" * 400_000 + b"</styleSheet>"),
    "one endless row": lambda: sheet_of(b"<sheetData><row>" + b"<c/>" * 2_000_000 + b"</row></sheetData>"),
    "one cell of many parts": lambda: sheet_of(
        b'<sheetData><row><c t="inlineStr"><is>' + b"<r/>" * 2_000_000 + b"</is></c></row></sheetData>"
    ),
    "many empty rows": lambda: sheet_of(b"<sheetData>" + b"<row/>" * 2_000_000 + b"</sheetData>"),
    "a row far below": lambda: sheet_of(
        b'<sheetData><row r="1"><c t="str"><v>email</v></c></row><row r="999999999"><c><v>1</v></c></row></sheetData>'
    ),
    "wide rows": lambda: sheet_of(b"<sheetData>" + b'<row><c r="XFD1"><v>1</v></c></row>' * 10_000 + b"</sheetData>"),
    "entities": lambda: rewritten(workbook([["a"]]), sheet1=lambda _: LAUGHS),
    "entities in the list of parts": lambda: rewritten(workbook([["a"]]), Content_Types=lambda _: LAUGHS),
    "entities in UTF-16": lambda: rewritten(workbook([["a"]]), workbook=lambda _: LAUGHS.decode().encode("utf-16")),
    "another encoding": lambda: rewritten(workbook([["a"]]), workbook=lambda _: b'<?xml version="1.0" encoding="cp037"?>' + LAUGHS),
    "an external entity": lambda: rewritten(
        workbook([["a"]]), sheet1=lambda _: LAUGHS.replace(b'ENTITY a "ha"', b'ENTITY a SYSTEM "file:///etc/passwd"')
    ),
    "deep tags": lambda: sheet_of(b"<sheetData><row><c><v>" + b"<a>" * 30_000 + b"</a>" * 30_000 + b"</v></c></row></sheetData>"),
    "formula without a place": lambda: sheet_of(b"<sheetData><row><c><f>1+1</f></c></row></sheetData>"),
    "no XML": lambda: rewritten(workbook([["a"]]), sheet1=lambda _: b"\x00\x01"),
    "text that is not there": lambda: sheet_of(b'<sheetData><row><c t="s"><v>99</v></c></row></sheetData>'),
    "day that there is not": lambda: sheet_of(b'<sheetData><row><c t="d"><v>2026-99-99</v></c></row></sheetData>'),
    "many sheets": lambda: workbook(*[[["a"]] for _ in range(60)]),
    "cut in half": lambda: workbook([["a"]])[:3000],
    "an archive of something else": lambda: zipped("content.xml", b"<office/>"),
    "an empty archive": lambda: zipped("x", b""),
    "only its signature": lambda: b"PK\x03\x04",
    "larger than allowed": lambda: b"PK\x03\x04" + b"\0" * (5 * 1024 * 1024),
    "no rows": lambda: workbook([], []),
}


def zipped(name, content):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, content)
    return packed.getvalue()


@pytest.mark.parametrize("kind", HARMFUL)
def test_no_workbook_does_harm_and_each_is_told_what_to_do(kind):
    content = HARMFUL[kind]()
    begun = time.process_time()
    try:
        errors = [each.text for each in parse(content, "mentee", TODAY).errors]
    except Invalid as refused:
        errors = refused.errors["file"]
    assert errors and all(sentence.endswith(".") for sentence in errors)
    assert time.process_time() - begun < SECONDS


def test_a_text_may_speak_of_encodings():
    assert parse(mentees(motivation='<?xml encoding="latin-1"?> & <!-- x -->'), "mentee", TODAY).errors == ()


def test_what_comes_after_the_rows_costs_nothing():
    merged = b"<mergeCells>" + b'<mergeCell ref="A1:B2"/>' * 300_000 + b"</mergeCells></worksheet>"
    content = rewritten(from_csv(table("mentee", 3)), sheet1=lambda xml: xml.replace(b"</worksheet>", merged))
    begun = time.process_time()
    assert len(parse(content, "mentee", TODAY).entries) == 3
    assert time.process_time() - begun < 1
