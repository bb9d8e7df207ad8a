"""Reading an intake file: what is found wrong with it, and what comes out of its good rows."""

from datetime import date
from pathlib import Path

import pytest

from chassis.errors import Invalid
from pairing.people.findings import REMEDIES
from pairing.people.intake import parse
from pairing.people.model import Guardian, Vetting

ROOT = Path(__file__).parents[3]
TODAY = date(2026, 11, 21)

MENTEE = {
    "email": "ana@example.org",
    "given_name": "Ana",
    "family_name": "López",
    "time_zone": "Europe/Madrid",
    "languages": "es;en",
    "birth_date": "2005-03-01",
    "interests": "robotics",
    "country": "ES",
    "city": "León",
    "career_goal": "confidence",
    "learning_style": "visual",
    "experience_level": "new",
    "needs": "hands_on;group",
    "format": "either",
    "availability": "Wed 19:00-22:30",
    "guardian_name": "",
    "guardian_email": "",
    "guardian_permission": "",
    "wishes": "",
    "motivation": "",
}
MENTOR = {
    "email": "bo@example.org",
    "given_name": "Bo",
    "family_name": "Visser",
    "time_zone": "Europe/Amsterdam",
    "languages": "nl",
    "birth_date": "1980-01-01",
    "expertise": "space",
    "country": "NL",
    "city": "Sneek",
    "organisation": "Firda",
    "capacity": "2",
    "models": "structured",
    "format": "online",
    "availability": "Mon 09:00-11:00",
    "vetting_type": "vog",
    "vetting_issued": "2025-01-01",
    "vetting_expires": "2028-01-01",
    "data_protection_training": "2026-01-01",
    "wishes": "",
}


def sheet(*rows, delimiter="\t", newline="\n"):
    lines = [delimiter.join(rows[0]), *(delimiter.join(row.values()) for row in rows)]
    return (newline.join(lines) + newline).encode()


def mentee(**cells):
    return {**MENTEE, **cells}


def found(intake):
    return [(each.row, each.column, each.code) for each in intake.errors]


def noted(intake):
    return [(each.row, each.column, each.code) for each in intake.warnings]


def only(column, text, **more):
    """What is found about one mentee whose cell holds this text."""
    intake = parse(sheet(mentee(**{column: text}, **more)), "mentee", TODAY)
    return [each.code for each in intake.errors if each.column == column]


@pytest.mark.parametrize(("role", "people"), [("mentor", 36), ("mentee", 60)])
def test_the_sample_has_nothing_to_correct(role, people):
    intake = parse((ROOT / f"deploy/sample/autumn-2026/{role}s.csv").read_bytes(), role, TODAY)
    assert intake.errors == ()
    assert len(intake.entries) == people


def test_every_bad_row_of_the_messy_mentors_is_reported_and_no_other():
    intake = parse((ROOT / "tests/data/autumn-2026-messy/mentors.csv").read_bytes(), "mentor", TODAY)
    assert [(each.row, each.column, each.value, each.code) for each in intake.errors] == [
        (3, "email", "roisin.walsh0@mentors.example.org", "email-twice"),
        (4, "capacity", "0", "number"),
        (6, "birth_date", "1985-02-30", "day-impossible"),
        (7, "time_zone", "Europe/Leeuwarden", "time-zone"),
    ]
    assert [entry.row for entry in intake.entries] == [2, 5, 8, 9, 10, 11, 12, 13]
    assert [(each.row, each.column) for each in intake.warnings if each.code == "vetting-lapsed"] == [
        (5, "vetting_expires"),
        (12, "vetting_expires"),
    ]


def test_every_bad_row_of_the_messy_mentees_is_reported_and_no_other():
    intake = parse((ROOT / "tests/data/autumn-2026-messy/mentees.csv").read_bytes(), "mentee", TODAY)
    assert [(each.row, each.column, each.value, each.code) for each in intake.errors] == [
        (2, "guardian_name", "", "guardian-missing"),
        (2, "guardian_email", "", "guardian-missing"),
        (3, "languages", "Klingon", "language"),
        (5, "email", "not-an-address", "email"),
        (6, "availability", "Someday 25:00-26:00", "availability"),
        (7, "birth_date", "04/05/2011", "day-ambiguous"),
    ]
    assert [entry.row for entry in intake.entries] == [4, *range(8, 22)]
    assert (4, "motivation", "formula") in noted(intake)
    assert next(entry.fields["motivation"] for entry in intake.entries if entry.row == 4).startswith("=HYPERLINK(")


def test_every_finding_says_what_to_do():
    for role in ("mentor", "mentee"):
        intake = parse((ROOT / f"tests/data/autumn-2026-messy/{role}s.csv").read_bytes(), role, TODAY)
        assert all("%(" not in each.text and each.text.endswith(".") for each in intake.errors + intake.warnings)
    ambiguous = next(each for each in intake.errors if each.code == "day-ambiguous")
    assert "2011-05-04 or 2011-04-05" in ambiguous.text
    assert all(sentence.count(".") >= 1 for sentence in REMEDIES.values())


def test_a_good_row_becomes_the_fields_of_a_person():
    minor = mentee(birth_date="2011-05-04", guardian_name="Eva López", guardian_email="Eva@Example.org", guardian_permission="2026-10-01")
    (entry,) = parse(sheet(minor), "mentee", TODAY).entries
    assert entry.row == 2
    assert entry.fields["birth_date"] == date(2011, 5, 4)
    assert entry.fields["languages"] == ("es", "en")
    assert entry.fields["needs"] == ("hands_on", "group")
    assert entry.fields["guardian"] == Guardian("Eva López", "eva@example.org", date(2026, 10, 1))
    (entry,) = parse(sheet(MENTOR), "mentor", TODAY).entries
    assert entry.fields["vetting"] == Vetting("vog", date(2025, 1, 1), date(2028, 1, 1))
    assert entry.fields["capacity"] == 2
    assert entry.fields["data_protection_training"] == date(2026, 1, 1)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "windows-1252"])
@pytest.mark.parametrize("delimiter", [",", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_way_a_spreadsheet_program_saves_is_read(encoding, delimiter, newline):
    content = sheet(mentee(given_name="Inês", needs="group"), delimiter=delimiter, newline=newline).decode().encode(encoding)
    intake = parse(content, "mentee", TODAY)
    assert intake.errors == ()
    assert intake.entries[0].fields["given_name"] == "Inês"
    assert [each.code for each in intake.warnings] == (["encoding"] if encoding == "windows-1252" else [])


def test_a_first_line_that_names_the_delimiter_is_followed():
    content = b"sep=|\n" + sheet(mentee(languages="es", needs=""), delimiter="|")
    intake = parse(content, "mentee", TODAY)
    assert [entry.row for entry in intake.entries] == [3]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\r\n;;;\r\n", "empty"),
        (b"PK\x03\x04rest", "workbook"),
        (b"\x00\x01\x02\x03\x04", "not a text file"),
        (b"email\x00,name\n", "not a text file"),
        (b"email\n" + b"x" * (5 * 1024 * 1024), "5 MB"),
        (b"email\n" + b"a@b.org\n" * 10_001, "10,000"),
    ],
)
def test_what_is_no_list_is_refused_whole_with_the_remedy(content, words):
    with pytest.raises(Invalid) as refused:
        parse(content, "mentee", TODAY)
    assert words in refused.value.errors["file"][0]


def test_headings_match_in_any_case_and_spacing_and_order():
    content = sheet(mentee()).replace(b"given_name", b" Given Name ").replace(b"birth_date", b"BIRTH-DATE")
    assert len(parse(content, "mentee", TODAY).entries) == 1


def test_wrong_headings_are_all_told_at_once_and_nothing_is_imported():
    content = sheet(mentee()).replace(b"birth_date", b"born").replace(b"time_zone", b"email")
    intake = parse(content, "mentee", TODAY)
    assert {(each.column, each.code) for each in intake.errors} == {
        ("email", "column-twice"),
        ("birth_date", "column-missing"),
        ("time_zone", "column-missing"),
    }
    assert ("born", "column-unknown") in {(each.column, each.code) for each in intake.warnings}
    assert intake.entries == ()


def test_a_column_that_is_absent_leaves_its_field_alone():
    row = mentee()
    del row["motivation"]
    intake = parse(sheet(row), "mentee", TODAY)
    assert noted(intake) == [(1, "motivation", "column-absent")]
    assert "motivation" not in intake.entries[0].fields


def test_rows_are_numbered_as_a_spreadsheet_shows_them():
    head, first = sheet(mentee()).splitlines()
    wrong = sheet(mentee(email="wrong", motivation='"two\nlines"')).splitlines()
    content = b"\n".join([head, b"", first, b"", *wrong[1:], *sheet(mentee(email="also wrong")).splitlines()[1:]])
    assert found(parse(content, "mentee", TODAY)) == [(5, "email", "email"), (6, "email", "email")]


def test_a_row_with_unmatched_quotation_marks_does_not_hide_the_next():
    head, good = sheet(mentee(), delimiter="\t").splitlines()
    broken = good.replace(b"Ana", b'"An"a').replace(b"ana@", b"broken@")
    intake = parse(b"\n".join([head, broken, good]), "mentee", TODAY)
    assert found(intake) == [(2, "", "quotes")]
    assert [entry.row for entry in intake.entries] == [3]


def test_cells_beyond_the_heading_are_told():
    head, good = sheet(mentee(), delimiter="\t").splitlines()
    assert found(parse(b"\n".join([head, good + b"\tmore"]), "mentee", TODAY)) == [(2, "", "too-many-cells")]


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        ("email", "", "required"),
        ("email", "ana@localhost", "email"),
        ("email", "ana@@example.org", "email"),
        ("email", "ana@example.org\tBcc: x@y.org", "email"),
        ("email", f"{'a' * 65}@example.org", "email"),
        ("given_name", "An\u202ea", "unprintable"),
        ("given_name", "An\x07a", "unprintable"),
        ("given_name", "A" * 201, "too-long"),
        ("motivation", "A" * 2001, "too-long"),
        ("time_zone", "Amsterdam", "time-zone"),
        ("languages", "es;espanol", "language"),
        ("country", "Spain", "country"),
        ("birth_date", "2005-13-01", "day-impossible"),
        ("birth_date", "2005-02-29", "day-impossible"),
        ("birth_date", "25/12/2005", "day-order"),
        ("birth_date", "05/05/2005", "day-order"),
        ("birth_date", "31/02/1990", "day-impossible"),
        ("birth_date", "02-30-2005", "day-impossible"),
        ("birth_date", "29.02.2005", "day-impossible"),
        ("birth_date", "13/13/2005", "day-impossible"),
        ("birth_date", "0/1/2005", "day-impossible"),
        ("birth_date", "1/1/0000", "day-impossible"),
        ("birth_date", "29/02/2004", "day-order"),
        ("birth_date", "May 5, 2005", "day-format"),
        ("birth_date", "2027-01-01", "day-future"),
        ("birth_date", "1905-01-01", "birth-implausible"),
        ("interests", "robotic", "choice-near"),
        ("interests", "gardening with friends", "choice"),
        ("format", "telepathy", "choice"),
        ("availability", "Wed 22:00-21:00", "availability"),
        ("availability", "Wed 22:00-24:01", "availability"),
        ("availability", "Wed 20:60-21:00", "availability"),
        ("availability", "19:00-21:00", "availability"),
        ("guardian_permission", "2026-12-01", "day-future"),
        ("guardian_email", "ana@example.org", "guardian-same"),
        ("wishes", "somebody", "email"),
        ("not_with", "bo@example.org;somebody", "email"),
        ("not_with", "bo@example.org; Ana@example.org", "email-own"),
        ("joined_on", "2026-12-01", "day-future"),
        ("joined_on", "last week", "day-format"),
        ("family", "a" * 201, "too-long"),
    ],
)
def test_each_wrong_cell_is_found(column, text, code):
    quoted = f'"{text}"' if "\t" in text else text
    assert only(column, quoted) == [code]


def test_line_breaks_in_a_name_are_refused():
    assert only("given_name", '"Ana\nBcc: x"') == ["several-lines"]


@pytest.mark.parametrize(
    ("cells", "codes"),
    [
        ({"vetting_type": ""}, [("vetting_type", "vetting-incomplete")]),
        ({"vetting_expires": ""}, [("vetting_expires", "vetting-incomplete")]),
        ({"vetting_expires": "2024-01-01"}, [("vetting_expires", "vetting-order")]),
        ({"vetting_issued": "2026-12-01"}, [("vetting_issued", "day-future")]),
        ({"capacity": "11"}, [("capacity", "number")]),
        ({"capacity": "1.5"}, [("capacity", "number")]),
        ({"capacity": "٣"}, [("capacity", "number")]),
        ({"models": "structured;tutoring"}, [("models", "choice")]),
        ({"goals": "confidence;winning"}, [("goals", "choice")]),
        ({"pupils": "bo@example.org"}, [("pupils", "email-own")]),
        ({"vetting_result": "maybe"}, [("vetting_result", "choice")]),
        ({"vetting_result": "not passed", "vetting_issued": ""}, [("vetting_issued", "vetting-incomplete")]),
        ({"birth_date": "2015-01-01"}, [("birth_date", "birth-implausible")]),
    ],
)
def test_wrong_rows_of_mentors_are_found(cells, codes):
    intake = parse(sheet({**MENTOR, **cells}), "mentor", TODAY)
    assert [(each.column, each.code) for each in intake.errors] == codes


def test_what_keeps_a_mentor_from_being_matched_is_a_warning():
    bare = {**MENTOR, "vetting_type": "", "vetting_issued": "", "vetting_expires": "", "data_protection_training": ""}
    intake = parse(sheet(bare), "mentor", TODAY)
    assert {each.code for each in intake.warnings} == {"vetting-none", "training-none"}
    assert intake.entries[0].fields["vetting"] is None


def test_the_new_columns_become_fields_of_a_person():
    mentor = {**MENTOR, "goals": "Leadership; confidence", "pupils": "Ana@example.org", "family": "Visser", "joined_on": "2026-10-01"}
    (entry,) = parse(sheet(mentor), "mentor", TODAY).entries
    assert (entry.fields["goals"], entry.fields["pupils"]) == (("leadership", "confidence"), ("ana@example.org",))
    assert (entry.fields["family"], entry.fields["joined_on"]) == ("Visser", date(2026, 10, 1))


def test_a_check_that_was_not_passed_needs_no_end_and_is_told():
    intake = parse(sheet({**MENTOR, "vetting_result": "not passed", "vetting_expires": ""}), "mentor", TODAY)
    assert noted(intake) == [(2, "vetting_result", "vetting-not-passed")]
    assert intake.entries[0].fields["vetting"] == Vetting("vog", date(2025, 1, 1), date(2025, 1, 1), "not_passed")


def test_a_minor_needs_a_guardian_and_a_permission_can_follow():
    minor = {"birth_date": "2008-11-22", "guardian_name": "Eva", "guardian_email": "eva@example.org"}
    assert noted(parse(sheet(mentee(**minor)), "mentee", TODAY)) == [(2, "guardian_permission", "guardian-permission")]
    assert only("guardian_email", "", birth_date="2008-11-22", guardian_name="Eva") == ["guardian-missing"]
    assert parse(sheet(mentee(birth_date="2008-11-21")), "mentee", TODAY).errors == ()


def test_the_same_address_twice_is_told_with_the_first_row():
    rows = [mentee(email="ana@example.org"), mentee(email="ANA@example.org"), mentee(email="other@example.org")]
    intake = parse(sheet(*rows), "mentee", TODAY)
    assert found(intake) == [(3, "email", "email-twice")]
    assert intake.errors[0].params == {"first": 2}
    assert [entry.row for entry in intake.entries] == [2, 4]


def test_overlapping_times_are_joined_and_told():
    intake = parse(sheet(mentee(availability="Sat 18:00-20:30; Mon 08:00-09:00; Sat 16:00-18:30; Sat 20:30-24:00")), "mentee", TODAY)
    assert intake.entries[0].fields["availability"] == ("Mon 08:00-09:00", "Sat 16:00-24:00")
    assert noted(intake) == [(2, "availability", "availability-joined")]


def test_long_values_are_cut_in_the_report():
    (error,) = parse(sheet(mentee(time_zone="Europe/" + "x" * 500)), "mentee", TODAY).errors
    assert len(error.value) == 60
