"""An administrator makes a coordinator safeguarding lead too, on the page of staff, with and without JavaScript."""

import uuid

import pytest
from playwright.sync_api import expect

from support.page_checks import check_look


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no-javascript"])
def test_roles_are_ticked_on_the_page_of_staff(scene, running, open_window, javascript):
    email = f"ana-{uuid.uuid4().hex[:6]}@example.org"
    window = open_window(javascript=javascript).sign_in(scene.token("administrator"))
    page = window.go("/pairing/staff")
    for name, value in {"email": email, "given_name": "Ana", "family_name": "Silva"}.items():
        page.locator(f"input[name={name}]").fill(value)
    window.press("main form[action='/pairing/staff'] .button")
    account = running.database("pairing")["accounts"].find_one({"email": email})
    form = f"form[action='/pairing/staff/{account['_id']}/roles']"
    page.locator(f"details:has({form}) > summary").click()
    expect(page.locator(f"{form} input[value=coordinator]")).to_be_checked()
    page.locator(f"{form} input[value=safeguarding_lead]").check()
    if javascript:
        check_look(page, dark_on_phone=True)
    window.press(f"{form} .button")
    expect(page.locator(".notice.good")).to_be_visible()
    roles = running.database("pairing")["accounts"].find_one({"email": email})["roles"]
    assert roles == ["coordinator", "safeguarding_lead"]
