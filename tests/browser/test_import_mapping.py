"""A coordinator imports a list with Dutch headings in Chromium: says what they are, looks at the people, imports; records a check.

FABCONNECT_SCREENSHOTS=folder keeps a picture of each page, as a desktop and as a phone shows it.
"""

import csv
import io
import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from support.chromium import DESKTOP, PHONE
from support.cohort import MENTOR, table
from support.page_checks import check_keyboard, check_look, check_outline
from support.workbooks import workbook

PICTURES = os.environ.get("FABCONNECT_SCREENSHOTS", "")
HEADINGS = {
    "email": "E-mailadres",
    "given_name": "Voornaam",
    "family_name": "Achternaam",
    "city": "Woonplaats",
    "time_zone": "Tijdzone",
    "languages": "Talen",
    "expertise": "Waar weet je veel van",
    "availability": "Beschikbaarheid",
}


def people(count, domain):
    """The rows of a list of mentors with Dutch headings, and a column that nobody needs."""
    rows = [{"email": f"maud{number}@{domain}", **MENTOR} for number in range(count)]
    return [[*HEADINGS.values(), "Schoenmaat"], *([*(row[name] for name in HEADINGS), "38"] for row in rows)]


def as_csv(rows):
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    return {"name": "mentoren.csv", "mimeType": "text/csv", "buffer": text.getvalue().encode()}


def as_workbook(rows):
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return {"name": "mentoren.xlsx", "mimeType": kind, "buffer": workbook(Uitleg=[["Vul het tweede blad in."]], Mentoren=rows)}


@pytest.fixture
def coordinator(running, open_window, token):
    """A coordinator with a new programme; gives her window and the programme's id."""

    def come(language="nl", **options):
        programme_id, _ = running.programme()
        window = open_window(**options)
        window.sign_in(token(running.staff, "coordinator", programmes=(programme_id,), language=language))
        return window, programme_id

    return come


def look(page, name, language, dark_on_phone):
    for device, viewport in (("desktop", DESKTOP), ("phone", PHONE)) if PICTURES else ():
        page.set_viewport_size(viewport)
        page.screenshot(path=Path(PICTURES) / f"{name}-{device}.png", full_page=True)
    check_outline(page, language)
    check_look(page, dark_on_phone=dark_on_phone)
    check_keyboard(page)
    page.set_viewport_size(DESKTOP)


def upload(window, programme_id, file):
    page = window.go(f"/pairing/people/import?programme={programme_id}&role=mentor")
    page.locator("input[type=file]").set_input_files(file)
    window.press("main form .button")
    page.wait_for_url("**/pairing/people/import/*-*")
    return page


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no-javascript"])
def test_a_list_with_dutch_headings(coordinator, running, javascript):
    window, programme_id = coordinator(javascript=javascript, viewport=DESKTOP if javascript else PHONE)
    page = upload(window, programme_id, as_csv(people(3, f"{javascript}.example.org")))
    expect(page.get_by_label("Voornaam")).to_have_value("given_name")
    expect(page.get_by_label("Schoenmaat")).to_have_value("-")
    expect(page.get_by_label("Waar weet je veel van")).to_have_value("-")
    if javascript:
        look(page, "import-columns", "nl", dark_on_phone=True)
    window.press("main form[action$='/columns'] button")
    expect(page.locator(".notice.bad")).to_be_visible()
    expect(page.get_by_label("Voornaam")).to_have_value("given_name")
    window.refused(422)
    if javascript:
        look(page, "import-columns-lacking", "nl", dark_on_phone=False)
    page.get_by_label("Waar weet je veel van").select_option("expertise")
    window.press("main form[action$='/columns'] button")
    expect(page.locator("form[action$='/confirm'] .button")).to_be_visible()
    expect(page.locator(".figures dd").first).to_have_text("3")
    if javascript:
        look(page, "import-preview", "nl", dark_on_phone=True)
    window.press("form[action$='/confirm'] .button")
    expect(page.locator(".notice.good")).to_be_visible()
    assert running.database("pairing")["people"].count_documents({"programme_ids": programme_id, "roles": "mentor"}) == 3

    page = upload(window, programme_id, as_csv(people(4, f"{javascript}.example.org")))
    expect(page.locator("form[action$='/confirm'] .button")).to_be_visible()
    expect(page.locator(".figures dd").first).to_have_text("1")


def test_a_workbook_with_several_sheets(coordinator):
    window, programme_id = coordinator("en")
    page = upload(window, programme_id, as_workbook(people(2, "sheets.example.org")))
    page.locator("select[name=sheet]").select_option("Mentoren")
    window.press("form[action$='/sheet'] .button")
    expect(page.get_by_label("Voornaam")).to_have_value("given_name")
    look(page, "import-sheets", "en", dark_on_phone=False)


def test_a_check_is_recorded_and_a_mentor_added_by_hand(coordinator, running):
    window, programme_id = coordinator("en")
    headers = running.coordinator(running.staff, programme_id)
    running.import_people(programme_id, headers, "mentor", table("mentor", 1).replace(b"mentors.example.org", b"checked.example.org"))
    mentor = running.database("pairing")["people"].find_one({"programme_ids": programme_id, "roles": "mentor"})["_id"]
    page = window.go(f"/pairing/people/{mentor}")
    page.locator("input[name=issued]").fill("2026-01-01")
    page.locator("select[name=type]").select_option("garda_vetting")
    window.press("form[action$='/vetting'] .button")
    expect(page.locator("#expires-error")).to_be_visible()
    window.refused(422)
    look(page, "person-check-refused", "en", dark_on_phone=True)
    page.locator("input[name=expires]").fill("2029-01-01")
    window.press("form[action$='/vetting'] .button")
    expect(page.locator(".notice.good")).to_be_visible()
    page.evaluate("document.querySelector('#checks details').open = true")
    look(page, "person-checked", "en", dark_on_phone=False)

    page = window.go(f"/pairing/people/new?role=mentor&programme={programme_id}")
    page.locator("input[name=email]").fill("by-hand@checked.example.org")
    page.locator("input[name=given_name]").fill("Bo")
    page.locator("input[name=family_name]").fill("Visser")
    page.locator("input[name=languages]").fill("dutch")
    window.press("main section form .button")
    expect(page.locator("#languages-error")).to_be_visible()
    window.refused(422)
    look(page, "person-form-refused", "en", dark_on_phone=True)
    page.locator("input[name=languages]").fill("nl")
    page.locator("input[name=expertise][value=robotics]").check()
    window.press("main section form .button")
    expect(page.locator(".notice.good")).to_be_visible()
