"""An agreement in the browser: filled in by the mentor, signed by both, changed by the mentee, signed again, printed."""

from datetime import date
from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from pairing.people.model import MAJORITY, age
from support.chromium import PHONE
from support.page_checks import check_look, too_wide


@pytest.fixture
def adults(autumn):
    """A pair of adults who have both said yes."""
    pair = autumn.take(oldest=True)
    assert age(date.fromisoformat(autumn.people[pair["mentee_id"]]["birth_date"]), date.today()) >= MAJORITY
    autumn.accept(pair, "mentor", "mentee")
    return pair


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no-javascript"])
def test_fill_in_sign_change_sign_again_and_print(autumn, adults, open_window, token, running, javascript):
    place, here = f"/pairing/pairings/{adults['_id']}/agreement", (autumn.programme_id,)
    mentor, mentee = (
        open_window(viewport=PHONE, javascript=javascript).sign_in(token(adults[f"{side}_id"], side, programmes=here))
        for side in ("mentor", "mentee")
    )
    page = mentor.go("/pairing/")
    mentor.press(f"a[href='{place}']")
    mentor.press(f".card.next a[href='{place}/edit']")
    expect(page.locator("main textarea").first).to_be_visible()
    for field in page.locator("main textarea").all():
        field.fill("as we said")
    for choice in page.locator("main select").all():
        choice.select_option(index=1)
    assert not javascript or not too_wide(page)
    mentor.press("main form .actions .button")
    expect(page.locator(".notice.good")).to_be_visible()
    for window in (mentor, mentee):
        window.go(place)
        if javascript:
            check_look(window.page, dark_on_phone=window is mentor)
        window.press("form[action$='/sign'] .button")
        expect(window.page.locator("form[action$='/sign']")).to_have_count(0)
    expect(mentee.page.locator(".tag.good")).to_be_visible()

    mentee.press(f"a[href='{place}/edit']")
    mentee.page.locator("textarea[name=place]").fill("in the Fab Lab")
    mentee.press("main form .actions .button")
    expect(mentee.page.locator(".tag.warn")).to_be_visible()
    for window in (mentee, mentor):
        window.go(place)
        window.press("form[action$='/sign'] .button")
    expect(page.get_by_text("in the Fab Lab")).to_be_visible()
    printed = mentor.context.request.get(f"{running.url}{place}/2.pdf")
    text = PdfReader(BytesIO(printed.body())).pages[0].extract_text()
    assert "in the Fab Lab" in text and "as we said" in text
    mentor.go(f"{place}/1")
    expect(page.get_by_text("in the Fab Lab")).to_have_count(0)
