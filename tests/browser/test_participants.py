"""A mentor and a mentee go their whole way in Chromium, from the sign-in page to the last debrief; with and without JavaScript."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from embedded import mailbox
from pairing.people.model import age
from support.chromium import PHONE
from support.page_checks import too_wide
from support.running import eventually
from ui.formats import moment_text, zone_city

SCRIPTING = pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no-javascript"])


@pytest.fixture
def arrive(running, open_window):
    """Somebody asks for a sign-in link, takes it from her mail and presses the button; gives her window."""

    def come(person, **options):
        window = open_window(**options)
        page = window.go("/pairing/")
        assert page.locator("h1").is_visible()
        page.locator("input[name=email]").fill(person["email"])
        window.press("main form .button")
        page.wait_for_url("**/pairing/sign-in/sent")
        mail = eventually(lambda: sign_in_mails(running, person["email"]))[0]
        page.goto(next(link for link in mail.links if "/pairing/sign-in/" in link))
        window.press("main form .button")
        page.wait_for_url("**/pairing/")
        assert page.locator("html").get_attribute("lang") == person["language"]
        return window

    return come


def sign_in_mails(running, email):
    mails = mailbox.newest(running.instance.home.mail, to=email)
    return [mail for mail in mails if any("/pairing/sign-in/" in link for link in mail.links)]


@SCRIPTING
def test_a_mentee_of_thirteen_on_her_phone(autumn, arrive, javascript):
    pair = autumn.take()
    yara, mentor = autumn.people[pair["mentee_id"]], autumn.people[pair["mentor_id"]]
    assert age(date.fromisoformat(yara["birth_date"]), datetime.now(UTC).date()) == 13
    assert yara["guardian"]["permission"]
    window = arrive(yara, viewport=PHONE, javascript=javascript)
    page = window.page

    assert mentor["given_name"] in page.locator(".card.next h2").inner_text()
    assert not page.locator("form[action$='/decline'] button").is_visible(), "saying no takes a second press"
    window.press("form[action$='/accept'] button")
    page.wait_for_url("**/pairing/pairings/*")
    expect(page.locator("form[action$='/accept']")).to_have_count(0)

    autumn.accept(pair, "mentor")
    session = autumn.met(pair, "begun", "checklist", "held")
    window.go("/pairing/")
    window.press("main a.button[href='/sessions/']")
    window.press(f".card.next a[href='{session}']")
    expect(page.locator("h1")).to_contain_text(zone_city(yara["time_zone"], yara["language"]))
    page.locator("textarea[name=important]").fill("I showed my sketch.")
    window.press("form[action$='/debrief'] .button")
    expect(page.locator(".notice.good")).to_be_visible()
    expect(page.get_by_text("I showed my sketch.").first).to_be_visible()

    round_page = autumn.open_round()
    window.go("/feedback/")
    window.press(f".card.next a[href='{round_page}']")
    expect(page.locator("fieldset.scale").first).to_be_visible()
    for question in page.locator("fieldset.scale").all():
        point = question.locator("label").nth(3)
        assert point.bounding_box()["width"] >= 44
        assert point.bounding_box()["height"] >= 44
        point.click()
    page.locator("textarea").fill("More time in the lab.")
    assert javascript is False or not too_wide(page)
    window.press("form[action$='/answers'] .button")
    expect(page.locator(".notice.good").first).to_be_visible()
    expect(page.locator("fieldset.scale")).to_have_count(0)


@SCRIPTING
def test_a_mentor(autumn, arrive, javascript):
    pair = autumn.take_minor()
    mentor, mentee = autumn.people[pair["mentor_id"]], autumn.people[pair["mentee_id"]]
    window = arrive(mentor, javascript=javascript)
    page = window.page

    card = page.locator(f".card.next:has(form[action$='{pair['_id']}/accept'])")
    assert mentee["given_name"] in card.inner_text()
    assert mentee["family_name"] not in page.locator("main").inner_text(), "before both said yes the family name is not shown"
    card.locator("form[action$='/accept'] button").click()
    page.wait_for_url("**/pairing/pairings/*")
    autumn.accept(pair, "mentee")
    session = autumn.met(pair)

    window.go(session)
    an_hour_ago = (datetime.now(UTC) - timedelta(hours=1)).replace(second=0, microsecond=0)
    if not page.locator("input[name=starts_at]").is_visible():
        window.press("details:has(form[action$='/move']) summary")
    page.locator("input[name=starts_at]").fill(an_hour_ago.astimezone(ZoneInfo(mentor["time_zone"])).strftime("%Y-%m-%dT%H:%M"))
    page.locator("input[name=minutes]").fill("45")
    window.press("form[action$='/move'] .button")
    expect(page.locator("h1")).to_have_text(moment_text(an_hour_ago, mentor["language"], mentor["time_zone"]))

    expect(page.locator("form[action$='/checklist']")).to_be_visible()
    for item in page.locator("form[action$='/checklist'] input[type=checkbox]").all():
        item.check()
    window.press("form[action$='/checklist'] .button")
    window.press("form[action$='/held'] .button")
    page.locator("textarea[name=challenge]").fill("Where to begin.")
    window.press("form[action$='/debrief'] .button")
    expect(page.get_by_text("Where to begin.").first).to_be_visible()
    expect(page.locator(".steps .done")).to_have_count(3)
    expect(page.locator(".card.next a[href='/sessions/']")).to_be_visible()
