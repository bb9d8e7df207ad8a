"""Files that are made to keep the import busy or to break it: each is read in bounded time, and it is told what is wrong."""

import csv
import io
import time
import zipfile
from datetime import date

import pytest

from chassis.errors import Invalid
from pairing.people.files import open_file
from pairing.people.headings import AS_NAMED, MOST_HEADINGS, headings
from pairing.people.intake import parse
from pairing.people.spreadsheet import MOST_BYTES
from support.cohort import MENTEE

SECONDS = 3.0
"""Processor time for one file; each needs a tenth of it on a slow machine, and minutes where a pattern backtracks."""


def table(rows, **over):
    text = io.StringIO()
    writer = csv.DictWriter(text, ["email", *MENTEE])
    writer.writeheader()
    writer.writerows({"email": f"x{number}@example.org", **MENTEE, **over} for number in range(rows))
    return text.getvalue().encode()[:MOST_BYTES]


BUSY = {
    "every cell wrong": lambda: table(3_000, **dict.fromkeys(MENTEE, "zzqx")),
    "words that are nearly right": lambda: table(500, interests=";".join(["roboticz"] * 200), needs="structurdd" * 9),
    "address without end": lambda: table(500, guardian_email="a" * 1_990 + "!"),
    "address of many dots": lambda: table(500, guardian_email="a." * 900 + "@" + "a." * 90),
    "host of many hyphens": lambda: table(500, guardian_email="a@" + "a-" * 990),
    "host of many labels": lambda: table(500, guardian_email="a@" + "a.a-" * 490),
    "host without dot": lambda: table(500, guardian_email="a@" + "a" * 1_990),
    "many wishes": lambda: table(500, wishes=";".join(["a@" + "a" * 60] * 30)),
    "time of spaces": lambda: table(500, availability="Mon" + " " * 1_900),
    "day without end": lambda: table(500, availability="Mon" + "a" * 1_900),
    "many times": lambda: table(500, availability="; ".join(f"Wed {hour:02}:00-{hour:02}:30" for hour in range(24)) * 4),
    "only line ends": lambda: b"email\n" + b"\n" * (MOST_BYTES - 10),
    "only quotation marks": lambda: b"email\n" + b'"\n' * (MOST_BYTES // 2 - 10),
    "only separators": lambda: b"email\n" + b"," * (MOST_BYTES - 10),
    "headings that are nearly right": lambda: (
        ",".join(f"{'guardian_nam' * 16}{number}" for number in range(200)).encode() + b"\n" + b"x" * 9
    ),
    "a million columns": lambda: b",".join([b"a"] * 1_000_000) + b"\n" + b"," * 1_000_000,
    "a huge cell": lambda: b"email,given_name\n" + b"a" * 4_000_000 + b",b",
    "direction marks": lambda: table(3_000, given_name="\u202egnp.exe\u2066"),
    "NUL in every row": lambda: table(3_000, given_name="a\0b"),
    "only headings": lambda: b",".join(b"c%d" % number for number in range(500_000)),
    "one heading many times": lambda: b",".join([b"email"] * 800_000),
    "one endless cell": lambda: b"a" * MOST_BYTES,
    "many short rows": lambda: b"email\r" * 800_000,
    "many separators named": lambda: b"sep=;\n" * 800_000,
}


def zipped(name, content):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return packed.getvalue()


BROKEN = {
    "open quotation mark": b'"email,given_name\na,b',
    "only a quotation mark": b'"',
    "heading too long for a cell": b"a" * 200_000,
    "separators without headings": b"," * 1_000_000 + b"\n",
    "separator of two bytes": "sep=é\nemailégiven_name".encode(),
    "separator outside the plane": "sep=\U0001f600\nemail".encode(),
    "quotation mark as separator": b'sep="\nemail"given_name',
    "line end as separator": b"sep=\r\nemail",
    "nothing": b"",
    "byte order mark alone": b"\xef\xbb\xbf",
    "UTF-16 cut in half": "email".encode("utf-16")[:-1],
    "NUL": b"email\n\0",
    "half characters": b"email\n\xed\xa0\x80@example.org",
    "workbook": b"PK\x03\x04" + b"\0" * 100,
    "old workbook": b"\xd0\xcf\x11\xe0" + b"\0" * 100,
    "workbook of another program": zipped("content.xml", b"<office/>"),
    "workbook that unpacks to much more": zipped("xl/worksheets/sheet1.xml", b"<row/>" * 8_000_000),
    "workbook that declares entities": zipped(
        "xl/worksheets/sheet1.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet><sheetData/></worksheet>'
    ),
    "packed": b"\x1f\x8b\x08" + b"\0" * 100,
    "larger than allowed": b"a" * (MOST_BYTES + 1),
}


@pytest.mark.parametrize("kind", BUSY)
def test_no_file_keeps_the_import_busy(kind):
    content, begun = BUSY[kind](), time.process_time()
    try:
        intake = parse(content, "mentee", date(2026, 11, 21))
        assert intake.errors
        assert len(headings(open_file(content, "mentee"), "mentee", AS_NAMED)) <= MOST_HEADINGS
    except Invalid as refused:
        assert refused.errors["file"]
    assert time.process_time() - begun < SECONDS


@pytest.mark.parametrize("kind", BROKEN)
@pytest.mark.parametrize("role", ["mentor", "mentee"])
def test_no_file_breaks_the_import(story, kind, role):
    coordinator, before = story.who["coordinator_a"], story.world.digest()
    query = {"programme_id": story.a.id, "role": role, "confirm": "true"}
    answer = coordinator.api("POST", "/pairing/api/imports", query_string=query, data={"file": (io.BytesIO(BROKEN[kind]), "people.csv")})
    assert answer.status_code in (200, 413, 422)
    assert answer.status_code != 200 or (answer.json["errors"] and answer.json["good"] == 0), "what is wrong is told"
    assert story.world.digest() == before


def test_a_broken_file_is_told_on_its_page_too(story):
    form = {"programme": story.a.id, "role": "mentee"}
    with story.world.rehearsal():
        for kind, content in BROKEN.items():
            answer = (
                story.who["coordinator_a"].again().submit("/pairing/people/import", form | {"file": (io.BytesIO(content), "people.csv")})
            )
            assert answer.status_code in (303, 422), kind


def test_a_page_of_findings_stays_readable_however_many_there_are(story):
    form = {"programme": story.a.id, "role": "mentee", "file": (io.BytesIO(table(400, interests="zzqx")), "people.csv")}
    coordinator = story.who["coordinator_a"].again()
    preview = coordinator.submit("/pairing/people/import", form).location
    shown = coordinator.page(preview).text
    assert "The first 300 are shown here; the CSV file has all 400." in shown
    assert shown.count("<tr") < 310
    assert len(coordinator.page(f"{preview}/errors.csv").text.splitlines()) == 401


def test_formulas_are_kept_as_text_and_told(story):
    content = table(1, motivation="=1+1", city="@SUM(A1)")
    query = {"programme_id": story.a.id, "role": "mentee"}
    answer = story.who["coordinator_a"].api(
        "POST", "/pairing/api/imports", query_string=query, data={"file": (io.BytesIO(content), "people.csv")}
    )
    assert [(found["column"], found["code"]) for found in answer.json["warnings"] if found["code"] == "formula"] == [
        ("city", "formula"),
        ("motivation", "formula"),
    ]
