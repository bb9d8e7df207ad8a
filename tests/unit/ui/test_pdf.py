"""Printed documents: what is given is printed as it is, accessible where fonts allow, the same each time, and reads no other file."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
import typst
from pypdf import PdfReader

from ui import pdf

ACCESSIBLE = b"<pdfuaid:part>1</pdfuaid:part>"


@pytest.fixture
def template(tmp_path):
    folder = tmp_path / "inner"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("nobody may print this")
    path = folder / "page.typ"
    path.write_text("= #given.title\n#given.name\n")
    return path


def printed(template, name):
    return pdf.render(template, {"title": "Who we are", "name": name}, language="nl")


def text_of(document):
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(document)).pages)


@pytest.mark.parametrize(
    "name", ['#read("../secret.txt")', '#eval("1+1")', "*bold* $x$ @one <two> = three", '"]})#panic()', "\\u{1F600} //comment"]
)
def test_a_name_is_printed_and_never_read_as_markup(template, name):
    document = printed(template, name)
    assert name.replace(" ", "") in text_of(document).replace(" ", "").replace("\n", "")


@pytest.mark.parametrize("name", ["Þórdís Ægisdóttir", "Núñez Íñigo", "João Gonçalves", "Siobhán Ní Bhriain", "Łucja Żółć", "Юлия Ελένη"])
def test_names_of_europe_are_printed_accessibly(template, name):
    document = printed(template, name)
    assert ACCESSIBLE in document
    assert name in text_of(document)


@pytest.mark.parametrize("name", ["محمد", "美玲", "👩‍🔬"])
def test_a_name_without_glyphs_does_not_stop_the_document(template, name):
    assert "Who we are" in text_of(printed(template, name))


def test_title_and_language_are_those_of_the_document(template):
    reader = PdfReader(BytesIO(printed(template, "Ana")))
    assert reader.metadata.title == "Who we are"
    assert reader.root_object["/Lang"] == "nl"
    assert reader.root_object["/MarkInfo"]["/Marked"]


def test_the_same_twice_is_the_same_file(template):
    assert printed(template, "Ana") == printed(template, "Ana")
    assert b"CreationDate" not in printed(template, "Ana")


def test_the_date_is_the_one_given(template):
    at = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
    reader = PdfReader(BytesIO(pdf.render(template, {"title": "Then", "name": ""}, language="en", at=at)))
    assert reader.metadata.creation_date == at


@pytest.mark.parametrize("path", ["../secret.txt", "/secret.txt", "/etc/passwd"])
def test_a_template_reads_nothing_outside_its_folder(template, path):
    template.write_text(f'#read("{path}")')
    with pytest.raises(typst.TypstError):
        printed(template, "Ana")


def test_a_faulty_template_is_told(template):
    template.write_text("#given.nothing")
    with pytest.raises(typst.TypstError):
        printed(template, "Ana")
