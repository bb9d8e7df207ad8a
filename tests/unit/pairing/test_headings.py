"""Recognising the headings of a file: in five languages, misspelt, never the same column twice."""

import pytest

from pairing.people import words
from pairing.people.columns import COLUMNS
from pairing.people.files import open_file
from pairing.people.headings import AS_NAMED, Reading, _meanings, headings, lacking, names_of, suggest
from pairing.people.spreadsheet import delimiter_of, plain
from pairing.people.synonyms import SYNONYMS
from pairing.people.vocabulary import CATALOGUES
from ui.language import LANGUAGES, translator

DUTCH = "E-mailadres;Voornaam;Achternaam;Tijdzone;Talen;Geboortedatum;Interesses;Opmerkingen\n"


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Voornaam", "given_name"),
        ("ACHTERNAAM:", "family_name"),
        ("Correo electrónico", "email"),
        ("Correo electronico", "email"),
        ("Netfang", "email"),
        ("Data de nascimento", "birth_date"),
        ("Fæðingardagur", "birth_date"),
        ("E-Mail", "email"),
        ("E-mailadres ouder", "guardian_email"),
        ("E-mail ouder", "guardian_email"),
        ("Encarregado de educação", "guardian_name"),
        ("Geboortedatm", "birth_date"),
        ("First name", "given_name"),
        ("birthdate", "birth_date"),
        ("Shoe size", ""),
        ("", ""),
        ("x" * 5_000, ""),
        ("=HYPERLINK()", ""),
    ],
)
def test_what_a_heading_seems_to_be(heading, column):
    assert suggest(heading, "mentee") == column


def test_every_column_is_recognised_in_other_words():
    for role in COLUMNS:
        assert {name for name in names_of(role) if name not in SYNONYMS} == set()
    assert SYNONYMS.keys() == names_of("mentor") | names_of("mentee")


def test_no_other_name_means_two_columns_of_one_file():
    for role in COLUMNS:
        words = [plain(word) for name in names_of(role) for word in {plain(each) for each in (name, *SYNONYMS[name])}]
        assert sorted({word for word in words if words.count(word) > 1}) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", COLUMNS)
def test_what_the_import_page_calls_a_column_is_recognised_as_it(role, language):
    printed = [translator(language, CATALOGUES).gettext(words.COLUMNS[column.name]) for column in COLUMNS[role]]
    sheet = open_file((";".join(printed) + "\n").encode(), role)
    found = headings(sheet, role, AS_NAMED)
    assert [each.column or each.suggestion for each in found] == [column.name for column in COLUMNS[role]]


def test_a_heading_that_two_columns_share_is_neither(monkeypatch):
    _meanings.cache_clear()
    monkeypatch.setitem(words.COLUMNS, "city", "Postbus")
    monkeypatch.setitem(words.COLUMNS, "family", "Postbus")
    assert [suggest(heading, "mentor") for heading in ("Postbus", "Woonplaats", "Gezin")] == ["", "city", "family"]
    _meanings.cache_clear()


def test_no_column_is_suggested_twice():
    sheet = open_file(b"email;Mail;E-mailadres;Voornaam;First name\na@b.org;;;Ana;\n", "mentee")
    found = headings(sheet, "mentee", AS_NAMED)
    assert [each.column for each in found] == ["email", None, None, None, None]
    assert [each.suggestion for each in found] == ["", "", "", "given_name", ""]


def test_headings_come_with_some_of_their_values_fit_to_show():
    content = "Voornaam;Leeg\nAna\u202e;\nAna;\n" + "B" * 99 + ";\nCas;\nDaan;\n"
    first, second = headings(open_file(content.encode(), "mentee"), "mentee", AS_NAMED)
    assert first.samples == ("Ana ", "Ana", "B" * 39 + "…")
    assert second.samples == ()


def test_what_somebody_said_counts_before_the_name():
    reading = Reading(columns={"voornaam": "given_name", "given_name": "", "notes": ""})
    assert [reading.column_of(each, "mentee") for each in ("Voornaam", "Given name", "Notes", "email", "Age")] == [
        "given_name", "", "", "email", None,
    ]  # fmt: skip


def test_columns_that_are_needed_and_not_there_are_named():
    found = headings(open_file(DUTCH.encode(), "mentee"), "mentee", AS_NAMED)
    assert lacking("mentee", found) == [column.name for column in COLUMNS["mentee"] if column.required]
    assert {each.suggestion for each in found} >= set(lacking("mentee", found))


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_the_delimiter_of_a_foreign_list_is_found(delimiter):
    assert delimiter_of(DUTCH.replace(";", delimiter), frozenset()) == delimiter
