"""A coordinator ends a pairing; its mentee looks back on her phone, shares it and finds her certificate; nothing that axe can fault."""

import pytest
from playwright.sync_api import expect

from support.chromium import PHONE
from support.page_checks import check_look, check_outline, too_wide
from support.running import eventually


@pytest.fixture
def ended(autumn):
    """A pair that has met once."""
    pair = autumn.take_minor()
    autumn.accept(pair, "mentor", "mentee")
    autumn.met(pair, "begun", "checklist", "held")
    autumn.counted(pair, 1)
    return pair


@pytest.fixture
def window_of(open_window, autumn, token):
    """A window in which one side of a pair, or the coordinator, is signed in; in English."""

    def opened(pair=None, side="", **options):
        who, role = (pair[f"{side}_id"], side) if pair else (autumn.staff, "coordinator")
        return open_window(**options).sign_in(token(who, role, programmes=(autumn.programme_id,), language="en"))

    return opened


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no-javascript"])
def test_from_the_end_to_the_certificate(autumn, running, ended, window_of, javascript):
    coordinator = window_of(javascript=javascript)
    here = f"/pairing/pairings/{ended['_id']}"
    page = coordinator.go(here)
    assert not page.locator("form[action$='/end'] .button").is_visible(), "ending takes a second step"
    page.locator("details:has(form[action$='/end']) > summary").click()
    page.locator("form[action$='/end'] select").select_option("early")
    coordinator.press("form[action$='/end'] .button")
    expect(page.locator(".notice.good")).to_be_visible()
    expect(page.get_by_text("Nobody has looked back yet.")).to_be_visible()

    mentee = window_of(ended, "mentee", viewport=PHONE, javascript=javascript)
    phone = mentee.go("/pairing/")
    mentee.press(f".card.next a[href='{here}/closure']")
    if javascript:
        check_outline(phone, "en")
        check_look(phone, dark_on_phone=True)
        phone.set_viewport_size(PHONE)
    assert not too_wide(phone)
    mentee.press("main form .button")
    expect(phone.locator(".notice.bad")).to_be_visible()
    mentee.refused(422)
    phone.locator("textarea[name=learned]").fill("I can solder, and ask questions.")
    phone.locator("label.choice:has(input[name=shared])").click()
    mentee.press("main form .button")
    expect(phone.locator(".notice.good")).to_be_visible()
    expect(phone.get_by_text("I can solder, and ask questions.").first).to_be_visible()
    assert not phone.locator("textarea[name=learned]").is_visible(), "changing it is one more step"

    mentor = window_of(ended, "mentor", javascript=javascript)
    theirs = mentor.go(f"{here}/closure")
    expect(theirs.get_by_text("I can solder, and ask questions.")).to_be_visible()
    theirs.locator("textarea[name=proud]").fill("Her courage.")
    mentor.press("main form .button")
    kept = running.database("pairing")["pairings"]
    eventually(lambda: kept.find_one({"_id": ended["_id"], "state": "closed"}))

    phone = mentee.go(f"{here}/closure")
    if javascript:
        check_look(phone, dark_on_phone=False)
    assert "Her courage." not in phone.content(), "the mentor did not share it"
    with phone.expect_download() as download:
        phone.locator("a[href*='/certificates/'][href$='in=is']").click()
    assert download.value.suggested_filename.endswith(".pdf")
    expect(coordinator.go(here).get_by_text("It ended on").first).to_be_visible()
