"""Lists with headings of their own: what they are is asked once, remembered for the next file, and nothing is uploaded twice."""

import csv
import html
import io
import json
import re

import pytest

from support.cohort import MENTEE, MENTOR, table
from support.workbooks import from_csv, workbook

DUTCH = {
    "email": "E-mailadres",
    "given_name": "Voornaam",
    "family_name": "Achternaam",
    "time_zone": "Tijdzone",
    "languages": "Talen",
    "birth_date": "Geboortedatum",
    "interests": "Waar word je blij van",
}


def listed(role="mentee", count=3, names=DUTCH, extra=()):
    """A list with headings of its own; in the first column what is of no use to us."""
    person = MENTEE if role == "mentee" else MENTOR
    rows = [{"email": f"{role}{number}@own.example.org", **person} for number in range(count)]
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(["Nr", *names.values(), *extra])
    writer.writerows([str(number), *(row[name] for name in names), *extra] for number, row in enumerate(rows))
    return text.getvalue().encode()


def upload(marit, id, content, role="mentee", name="people.csv"):
    page = marit.page(f"/pairing/people/import?programme={id}").text
    token = re.search(r'name="csrf_token" value="([0-9a-f]+)"', page)[1]
    form = {"csrf_token": token, "programme": id, "role": role, "file": (io.BytesIO(content), name)}
    answer = marit.client.post("/pairing/people/import", data=form)
    assert answer.status_code == 303, answer.text
    return answer.location


def chosen(page):
    """Heading → the column that its field has chosen."""
    found = {}
    for label, field in re.findall(r'<label for="column-\d+">(.*?)</label>.*?<select [^>]*>(.*?)</select>', page, re.DOTALL):
        value = re.search(r'<option value="([^"]*)" selected', field)
        found[html.unescape(label.strip())] = value[1] if value else None
    return found


def people(house):
    return house.database["people"].count_documents({"email": {"$regex": "own.example.org$"}})


def send(marit, id, content, mapping=None, sheet="", role="mentee", confirm="true"):
    data = {"file": (io.BytesIO(content), "people.csv"), **({} if mapping is None else {"mapping": mapping}), "sheet": sheet}
    return marit.client.post(f"/pairing/api/imports?programme_id={id}&role={role}&confirm={confirm}", data=data, headers=marit.bearer)


def test_unknown_headings_are_asked_once_and_remembered(house, autumn):
    id, marit = autumn
    draft = upload(marit, id, listed())
    asked = marit.page(draft).text
    guesses = chosen(asked)
    assert guesses == {"Nr": "-", **{heading: name for name, heading in DUTCH.items()}, DUTCH["interests"]: "-"}
    assert "Needed, and not found yet: Interested in." in asked
    assert "mentee0@own.example.org" in asked, "values help to tell what a column is"
    assert people(house) == 0

    form = {f"column-{place}": column for place, column in enumerate(("-", *DUTCH))}
    lacking = marit.submit(f"{draft}/columns", form | {"column-7": "-"}, on=draft)
    assert lacking.status_code == 422
    assert "A column that is needed has no heading yet" in lacking.text
    assert chosen(lacking.text)["Voornaam"] == "given_name", "what was chosen stays"
    twice = marit.submit(f"{draft}/columns", form | {"column-0": "email"}, on=draft)
    assert (twice.status_code, "This column is chosen twice" in twice.text) == (422, True)
    unknown = marit.submit(f"{draft}/columns", form | {"column-0": "roles"}, on=draft)
    assert (unknown.status_code, "There is no such column" in unknown.text) == (422, True)
    assert house.database["import_mappings"].count_documents({}) == 0, "a refusal writes nothing"

    assert marit.submit(f"{draft}/columns", form, on=draft).location == draft
    assert "Import 3 people" in marit.page(draft).text
    marit.submit(f"{draft}/confirm", {}, on=draft)
    assert people(house) == 3

    again = upload(marit, id, listed(count=5))
    assert "Import 5 people" in marit.page(again).text, "the next file asks nothing"
    assert "2</dd>" in marit.page(again).text
    other = upload(marit, id, listed(extra=["Nieuw"]))
    assert chosen(marit.page(other).text)[DUTCH["interests"]] == "interests", "a new heading is asked, the others are known"
    mentors = upload(marit, id, listed(), role="mentor")
    assert DUTCH["interests"] in chosen(marit.page(mentors).text), "mentors' lists have columns of their own"


def test_our_own_headings_skip_the_step(house, autumn):
    id, marit = autumn
    assert "Import 2 people" in marit.page(upload(marit, id, table("mentee", 2))).text


def test_findings_name_the_headings_of_the_file(house, autumn):
    id, marit = autumn
    content = listed(count=2).replace(b"Europe/Amsterdam", b"Amsterdam", 1)
    draft = upload(marit, id, content)
    marit.submit(f"{draft}/columns", {f"column-{place}": column for place, column in enumerate(("-", *DUTCH))}, on=draft)
    sheet = marit.page(f"{draft}/errors.csv").data.decode("utf-8-sig")
    assert "2;Tijdzone;Amsterdam;" in sheet
    page = marit.page(draft).text
    assert "Change what is read" in page
    assert chosen(marit.page(f"{draft}/columns").text)["Tijdzone"] == "time_zone"


def test_a_workbook_asks_which_sheet_when_there_are_several(house, autumn):
    id, marit = autumn
    rows = list(csv.reader(io.StringIO(listed().decode()), delimiter=";"))
    draft = upload(marit, id, workbook(Uitleg=[["Vul het tweede blad in"]], Deelnemers=rows, Leeg=[]), name="people.xlsx")
    page = marit.page(draft).text
    assert re.findall(r'<option value="(Uitleg|Deelnemers|Leeg)"', page) == ["Uitleg", "Deelnemers", "Leeg"]
    for sheet, words in (("Leeg", "empty"), ("Anders", "no sheet of this name")):
        refused = marit.submit(f"{draft}/sheet", {"sheet": sheet}, on=draft)
        assert (refused.status_code, words in refused.text) == (422, True)
    assert marit.submit(f"{draft}/sheet", {"sheet": "Deelnemers"}, on=draft).location == draft
    assert chosen(marit.page(draft).text)["Voornaam"] == "given_name"
    marit.submit(f"{draft}/columns", {f"column-{place}": column for place, column in enumerate(("-", *DUTCH))}, on=draft)
    marit.submit(f"{draft}/confirm", {}, on=draft)
    assert people(house) == 3


def test_the_api_lists_what_it_could_not_place_and_takes_a_mapping(house, autumn):
    id, marit = autumn
    content = from_csv(listed(), ";")
    first = send(marit, id, content, confirm="false").json
    assert first["sheets"] == ["List"]
    assert {each["heading"]: each["suggestion"] for each in first["unmapped"]} == {
        "Nr": "", **{heading: name for name, heading in DUTCH.items()}, DUTCH["interests"]: "",
    }  # fmt: skip
    assert {each["code"] for each in first["errors"]} == {"column-missing"}
    mapping = {"Nr": "", **{heading: name for name, heading in DUTCH.items()}}
    done = send(marit, id, content, json.dumps(mapping)).json
    assert (done["created"], done["unmapped"], done["errors"]) == (3, [], [])
    assert [(each["row"], each["change"], each["columns"]) for each in done["changes"]] == [(row, "new", []) for row in (2, 3, 4)]
    changed = send(marit, id, from_csv(listed().replace(b"Bakker", b"de Boer", 1), ";"), json.dumps(mapping), sheet="List").json
    assert changed["changes"] == [{"row": 2, "change": "changed", "columns": ["family_name"]}]
    assert (changed["updated"], changed["unchanged"]) == (1, 2)


@pytest.mark.parametrize(
    ("mapping", "sheet"),
    [
        ("nonsense", ""),
        ("[]", ""),
        ('{"Voornaam": "roles"}', ""),
        ('{"Voornaam": null}', ""),
        ('{"Voornaam": {"$ne": 1}}', ""),
        ("[" * 20_000, ""),
        ("x" * 30_000, ""),
        ("{}", "Elsewhere"),
        ("{}", "x" * 40),
    ],
)
def test_a_mapping_that_is_none_is_refused_and_nothing_written(house, autumn, mapping, sheet):
    id, marit = autumn
    refused = send(marit, id, from_csv(table("mentee", 1)), mapping, sheet)
    assert refused.status_code == 422, refused.text
    assert set(refused.json["errors"]) & {"mapping", "sheet", "files"}, refused.json
    assert house.database["people"].count_documents({"roles": "mentee"}) == 0


def test_words_of_other_languages_are_read_as_ours(house, autumn):
    id, marit = autumn
    row = {"email": "own@own.example.org", **MENTEE, "interests": "Robótica; programación", "format": "en línea o en persona", "needs": ""}
    answer = send(marit, id, workbook([list(row), list(row.values())])).json
    assert answer["errors"] == []
    kept = house.database["people"].find_one({"email": "own@own.example.org"})
    assert (kept["interests"], kept["format"]) == (["robotics", "programming"], "either")
