"""A coordinator clicks through the main job in Chromium, from the administrator's link to the report's CSV; with and without JavaScript."""

import csv
import io

import pytest
from playwright.sync_api import expect

from support.autumn import MESSY, sample
from support.cohort import table
from support.pairs import of_two
from support.running import eventually

ANSWERS = 8


@pytest.fixture
def coordinator(running, open_window):
    """The administrator signs in with the printed link; gives her window."""

    def come(**options):
        window = open_window(**options)
        window.page.goto(running.instance.sign_in_link())
        window.press("main form .button")
        window.page.wait_for_url("**/pairing/")
        return window

    return come


def set_up(window, name):
    """Makes a programme from her first page; gives its id."""
    page = window.page
    page.locator("main a[href^='/pairing/programmes']").last.click()
    if not page.url.endswith("/programmes/new"):
        page.locator("a[href='/pairing/programmes/new']").click()
    page.locator("input[name=name]").fill(name)
    page.locator("input[name=starts_on]").fill("2026-11-01")
    window.press("main form .button")
    page.wait_for_url("**/pairing/people/import?programme=*")
    return page.url.rpartition("=")[2]


def bring_in(window, role, content):
    """Imports a file from the import page: preview first, then the confirmation."""
    page = window.page
    page.locator(f"input[name=role][value={role}]").check()
    page.locator("input[type=file]").set_input_files({"name": f"{role}s.csv", "mimeType": "text/csv", "buffer": content})
    window.press("main form .button")
    people = len(list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")))))
    page.wait_for_url("**/pairing/people/import/*")
    expect(page.locator(".figures dd").first).to_have_text(str(people))
    window.press("form[action$='/confirm'] .button")
    expect(page.locator(".notice.good")).to_be_visible()


def publish(window):
    """Computes a proposal from her first page and publishes it, with the second press that it asks for."""
    page = window.page
    window.press(".card.next a.button[href^='/pairing/matching']")
    window.press("form[action='/pairing/matching'][method=post] .button")
    page.wait_for_url("**/pairing/matching/*-*")
    pairs = page.locator("table.rows").first.locator("tbody tr").count()
    assert not page.locator("form[action$='/publish'] button").is_visible(), "publishing takes a second press"
    window.press("details:has(form[action$='/publish']) summary")
    window.press("form[action$='/publish'] button")
    page.wait_for_url("**/pairing/pairings?*")
    expect(page.locator("table.rows tbody tr")).to_have_count(pairs)
    return pairs


def act(running, programme_id, pairs, answers):
    """The participants do their part elsewhere: some pairs say yes, and mentees answer the open round once there is one."""
    people = list(map(of_two, running.database("pairing")["pairings"].find({"programme_id": programme_id})))
    for pair in people[:pairs]:
        for side in ("mentor", "mentee"):
            accepted = running.stubborn(f"/pairing/api/pairings/{pair['_id']}/accept", running.headers(pair[f"{side}_id"], side))
            assert accepted.status_code == 200, accepted.text
    asked = running.database("feedback")["rounds"].find_one({"programme_id": programme_id}) if answers else None
    for number, pair in enumerate(people[:answers]):
        path, headers = f"/feedback/api/rounds/{asked['_id']}", running.headers(pair["mentee_id"], "mentee")
        questions = running.http.get(path, headers=headers).json()["questions"]
        body = {"ratings": {question["key"]: 3 + number % 3 for question in questions}, "comment": f"Thought {number}"}
        assert running.stubborn(f"{path}/answers", headers, body).is_success


def heard(running, service, collection, **what):
    """Waits until a service has heard of something."""
    eventually(lambda: running.database(service)[collection].find_one(what), what=lambda: f"{service}: {collection} {what}")


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no-javascript"])
def test_the_main_job(running, coordinator, javascript):
    window = coordinator(javascript=javascript)
    page = window.page
    programme_id = set_up(window, f"Clicked through {javascript}")
    for role in ("mentor", "mentee"):
        bring_in(window, role, sample(role, "clicked") if javascript else table(role, 9).replace(b"example.org", b"quiet.example"))
        page.locator("main .actions a").first.click()
    window.go(f"/pairing/?programme={programme_id}")
    assert publish(window) >= 9

    act(running, programme_id, pairs=2, answers=0)
    window.go(f"/pairing/pairings?programme={programme_id}&state=accepted")
    expect(page.locator("table.rows tbody tr")).to_have_count(2)
    heard(running, "sessions", "meetings", programme_id=programme_id)
    window.go(f"/sessions/programmes/{programme_id}")
    expect(page.locator("main a[href^='/sessions/meetings/']").first).to_be_visible()

    window.press("nav a[href='/feedback/']")
    page.locator("select[name=programme_id]").select_option(programme_id)
    window.press("form[action='/feedback/rounds'] .button")
    page.wait_for_url("**/feedback/rounds/*")
    act(running, programme_id, pairs=0, answers=ANSWERS)
    window.press("details:has(form[action$='/close']) summary")
    window.press("form[action$='/close'] button")
    expect(page.locator("figure.chart")).to_be_visible()
    expect(page.locator("blockquote")).to_have_count(ANSWERS)

    heard(running, "notifications", "round_records", programme_id=programme_id, closed=True)
    window.press("nav a[href='/notifications/reports']")
    window.press(f"a[href='/notifications/reports/{programme_id}']")
    expect(page.locator("section:has(h3) table.rows")).to_be_visible()
    with page.expect_download() as saved:
        window.press(f"a[href='/notifications/reports/{programme_id}.csv']")
    rows = list(csv.reader(io.StringIO(saved.value.path().read_text(encoding="utf-8-sig"))))
    assert len(rows) > 10
    assert len({len(row) for row in rows}) == 1


def test_a_messy_file(coordinator, running):
    window = coordinator()
    page = window.page
    set_up(window, "Messy")
    page.locator("input[type=file]").set_input_files(MESSY / "mentors.csv")
    window.press("main form .button")
    faults = page.locator("section:has(h2)").first.locator("table.rows tbody tr")
    expect(faults).to_have_count(4)
    row, column, value, remedy = [cell.inner_text() for cell in faults.nth(1).locator("td").all()]
    assert (row, column, value) == ("4", "capacity", "0")
    assert "1" in remedy
    with page.expect_download() as saved:
        window.press("a[href$='/errors.csv']")
    assert len(list(csv.reader(io.StringIO(saved.value.path().read_text(encoding="utf-8-sig"))))) > faults.count()
    before = running.database("pairing")["people"].count_documents({})
    window.press("form[action$='/confirm'] .button")
    expect(page.locator(".notice.good")).to_be_visible()
    good = int(page.locator(".figures dd").first.inner_text())
    assert good > 0
    assert running.database("pairing")["people"].count_documents({}) == before + good
