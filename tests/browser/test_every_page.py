"""Every kind of page: no fault that axe can find, light and dark, desktop and phone; one heading; own language; usable by keyboard.

FABCONNECT_SCREENSHOTS=folder keeps a picture of each, in English, as a desktop and as a phone shows it.
"""

import os
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import expect

from embedded import mailbox
from support.autumn import MESSY
from support.chromium import DESKTOP, PHONE, Window
from support.page_checks import check_keyboard, check_look, check_outline
from support.page_kinds import KINDS
from support.running import eventually
from ui.language import LANGUAGES

PICTURES = os.environ.get("FABCONNECT_SCREENSHOTS", "")
FOLDED_OPEN = 6
NUMBERED = [(number, *kind) for number, kind in enumerate(KINDS)]


@pytest.fixture(scope="module")
def places(scene):
    """Where everything is; the newest sent mail that has an invitation in it too."""
    folder = scene.autumn.running.instance.home.mail
    invitations = eventually(lambda: [mail for mail in mailbox.newest(folder, limit=10_000) if mail.attachments])
    return {**scene.places, "mail": invitations[0].id}


@pytest.fixture(scope="module")
def shared_window(browser, running):
    """One window for all pages of this file: a new one for each costs more than the page."""
    with closing(Window(browser, running.url)) as window:
        yield window


@pytest.fixture
def window(shared_window):
    """The window, with nobody signed in."""
    shared_window.page.set_viewport_size(DESKTOP)
    yield shared_window
    shared_window.leave()


@pytest.fixture
def check(request):
    """Checks the page in front of it."""

    def check_(page, number, language):
        picture(page, request.node.callspec.id if hasattr(request.node, "callspec") else request.node.name)
        check_outline(page, language)
        page.evaluate(f"[...document.querySelectorAll('main details')].slice(0, {FOLDED_OPEN}).forEach(each => each.open = true)")
        check_look(page, dark_on_phone=number % 2 == 0)
        check_keyboard(page)

    return check_


def picture(page, name):
    for device, viewport in (("desktop", DESKTOP), ("phone", PHONE)) if PICTURES else ():
        page.set_viewport_size(viewport)
        page.screenshot(path=Path(PICTURES) / f"{name}-{device}.png", full_page=True)


def language_of(number):
    return "en" if PICTURES else list(LANGUAGES)[number % len(LANGUAGES)]


@pytest.mark.parametrize(("number", "name", "who", "address", "status"), NUMBERED, ids=[kind[0] for kind in KINDS])
def test_every_page(scene, places, window, check, number, name, who, address, status):
    language = language_of(number)
    path = address.format(**places)
    if who == "nobody":
        path += f"?lang={language}"
    else:
        window.sign_in(scene.token(who, language))
    check(window.go(path, status), number, language)


def test_form_with_a_wrong_address(window, check):
    page = window.go("/pairing/sign-in?lang=is")
    page.locator("input[name=email]").fill("nobody@nowhere")
    window.press("main form .button")
    expect(page.locator(".error")).to_be_visible()
    check(window.refused(422), 0, "is")


def test_form_with_dates_the_wrong_way_round(scene, window, check):
    page = window.sign_in(scene.token("coordinator", "pt")).go("/pairing/programmes/new")
    page.locator("input[name=name]").fill("Backwards")
    page.locator("input[name=ends_on]").fill("2020-01-01")
    window.press("main form .button")
    expect(page.locator("#ends_on-error")).to_be_visible()
    check(window.refused(422), 1, "pt")


def test_sign_in_link_that_was_used(window, check):
    page = window.go("/pairing/sign-in/used-before.and-no-secret?lang=es")
    window.press("main form .button")
    expect(page.locator(".notice.bad")).to_be_visible()
    check(window.refused(403), 0, "es")


def test_import_with_faults_before_and_after(scene, window, check, running):
    programme_id, _ = running.programme()
    page = window.sign_in(scene.staff_token(programme_id, "nl")).go(f"/pairing/people/import?programme={programme_id}&role=mentor")
    page.locator("input[type=file]").set_input_files(MESSY / "mentors.csv")
    window.press("main form .button")
    expect(page.locator("form[action$='/confirm']")).to_be_visible()
    check(page, 1, "nl")
    page.set_viewport_size(DESKTOP)
    window.press("form[action$='/confirm'] .button")
    expect(page.locator(".notice.good")).to_be_visible()
    check(page, 0, "nl")
