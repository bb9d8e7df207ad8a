"""On her phone somebody says that something feels wrong, in two steps from where she is; a safeguarding lead looks into it and answers."""

import uuid

import pytest
from playwright.sync_api import expect

from support.chromium import PHONE
from support.page_checks import check_look, too_wide, violations


@pytest.fixture
def lead(scene, running, open_window, token):
    """The window of a new safeguarding lead, whom the administrator has just invited."""
    email = f"lead-{uuid.uuid4().hex[:6]}@example.org"
    window = open_window()
    page = window.sign_in(scene.token("administrator")).go("/pairing/staff")
    page.locator("input[name=email]").fill(email)
    page.locator("input[name=given_name]").fill("Saskia")
    page.locator("input[name=family_name]").fill("Smit")
    page.locator("form[action='/pairing/staff'] input[value=coordinator]").uncheck()
    page.locator("form[action='/pairing/staff'] input[value=safeguarding_lead]").check()
    window.press("main form[action='/pairing/staff'] .button")
    expect(page.locator(".notice.good")).to_be_visible()
    person = running.database("pairing")["accounts"].find_one({"email": email})
    return window.sign_in(token(person["_id"], "safeguarding_lead"))


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no-javascript"])
def test_a_concern_takes_two_steps_from_a_session_and_comes_back_answered(scene, lead, open_window, javascript):
    words = f"He is angry when I do not answer at night. {uuid.uuid4().hex[:6]}"
    window = open_window(viewport=PHONE, javascript=javascript).sign_in(scene.token("mentee begun"))
    page = window.go(scene.places["session_begun"])
    window.press("footer a[href='/pairing/concerns/new']")
    expect(page.get_by_text("112").first).to_be_visible()
    expect(page.get_by_text("Saskia Smit").first).to_be_visible()
    page.locator("textarea[name=words]").fill(words)
    page.locator("select[name=about_id]").select_option(index=1)
    window.press("main form[action='/pairing/concerns'] .button")
    expect(page.locator(".notice.good")).to_be_visible()
    assert words not in page.content()
    if javascript:
        assert not too_wide(page)
        check_look(page, dark_on_phone=True)

    case = lead.go("/pairing/")
    lead.press(".card.next a[href='/pairing/cases']")
    case.locator(".todo:has(.warn) a").last.click()
    expect(case.get_by_text(words)).to_be_visible()
    check_look(case, dark_on_phone=False)
    lead.press("form[action$='/take'] .button")
    case.locator("textarea[name=note]").fill("I call her school.")
    lead.press("form[action$='/notes'] .button")
    expect(case.get_by_text("I call her school.")).to_be_visible()
    lead.press("details:has(textarea[name=message]) summary")
    case.locator("textarea[name=message]").fill("You did the right thing. I call you on Monday.")
    lead.press("form[action$='/messages'] .button")
    lead.press("details:has(textarea[name=outcome]) summary")
    case.locator("textarea[name=outcome]").fill("Another mentor was found.")
    lead.press("form[action$='/close'] .button")
    expect(case.locator("textarea")).to_have_count(0)
    check_look(case, dark_on_phone=True)

    window.go("/pairing/")
    window.press(".card.next a[href='/pairing/concerns']")
    expect(page.get_by_text("I call you on Monday.").first).to_be_visible()
    assert "Another mentor" not in page.content() and "her school" not in page.content()


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no-javascript"])
def test_a_neighbour_who_is_not_signed_in_tells_it_in_two_steps_and_finds_the_answer_by_her_number(lead, open_window, javascript):
    words, reach = f"She cries when he calls. {uuid.uuid4().hex[:6]}", f"0471 {uuid.uuid4().int % 10**6:06}"
    window = open_window(viewport=PHONE, javascript=javascript)
    page = window.go("/pairing/nothing-here", 404)
    window.press("footer a[href='/pairing/concerns/new']")
    expect(page.get_by_text("112").first).to_be_visible()
    assert "Saskia" not in page.content()
    look(page, javascript)
    page.locator("textarea[name=words]").fill(words)
    page.locator("input[name=reach]").fill(reach)
    page.locator("input[name=urgent]").check()
    window.press("main form[action='/pairing/concerns/new'] .button")
    number = page.locator(".figures dd").inner_text()
    assert words not in page.content() and number not in page.url
    look(page, javascript)

    case = lead.go("/pairing/cases")
    lead.press(f".todo:has-text('{number}') a")
    for text in (words, reach, number, "somebody who was not signed in"):
        expect(case.get_by_text(text).first).to_be_visible()
    check_look(case, dark_on_phone=True)
    lead.press("form[action$='/take'] .button")
    lead.press("details:has(textarea[name=message]) summary")
    case.locator("textarea[name=message]").fill("Thank you. I call her school today.")
    lead.press("form[action$='/messages'] .button")
    expect(case.get_by_text("I call her school today.")).to_be_visible()

    page = window.go("/pairing/sign-in")
    window.press("footer a[href='/pairing/concerns/new']")
    window.press("main a[href='/pairing/concerns/number']")
    page.locator("input[name=number]").fill("7KQ4-MT2X-9R0D")
    window.press("main form .button")
    expect(page.locator("#number-error")).to_be_visible()
    look(window.refused(422), javascript)
    page.locator("input[name=number]").fill(number.lower().replace("-", " "))
    window.press("main form .button")
    expect(page.get_by_text("I call her school today.")).to_be_visible()
    assert words not in page.content() and number not in page.url
    look(page, javascript)


def look(page, javascript):
    """What a phone shows must fit and be accessible; axe needs scripts."""
    if javascript:
        assert not violations(page), violations(page)
        assert not too_wide(page)
