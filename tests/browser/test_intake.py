"""A girl of thirteen comes in by the public form on her phone, in Portuguese and with a break; her guardian says yes by a link."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from chassis.transaction import transact
from embedded import mailbox
from pairing.intake.commands import open_entrance
from support.chromium import PHONE
from support.page_checks import too_wide, violations
from support.running import eventually

BORN = (datetime.now(UTC).date() - timedelta(days=13 * 365 + 100)).isoformat()
HERS, GUARDIANS = "ines@intake.example.org", "rui@intake.example.org"


@pytest.fixture
def form(running):
    """The path of an open form, and the headers of its coordinator."""
    programme_id, _ = running.programme()
    entrance = transact(running.database("pairing"), running.settings, "pairing", lambda uow: open_entrance(uow, programme_id, open=True))
    return f"/pairing/join/{entrance.token}"


@pytest.fixture
def look(request, tmp_path_factory):
    """Checks the page in front of the window, and keeps a picture when asked to."""
    import os
    from pathlib import Path

    folder, shown = os.environ.get("FABCONNECT_SCREENSHOTS", ""), []

    def look_at(page, name):
        assert not violations(page), f"{name}: {violations(page)}"
        assert not too_wide(page), name
        shown.append(name)
        if folder:
            page.screenshot(path=Path(folder) / f"intake-{len(shown):02}-{name}.png", full_page=True)

    return look_at


def mail_with(running, address, part):
    def found():
        mails = mailbox.newest(running.instance.home.mail, to=address)
        return [link for mail in mails for link in mail.links if part in link]

    return eventually(found)[0]


def tick(page, name, *values):
    for value in values:
        page.locator(f"input[name={name}][value='{value}']").check()


def go_on(window):
    window.press("main .actions button[value=next]")


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no-javascript"])
def test_a_girl_of_thirteen_comes_in(running, form, open_window, look, javascript):
    hers, guardians = (f"{'js' if javascript else 'plain'}.{address}" for address in (HERS, GUARDIANS))
    window = open_window(viewport=PHONE, javascript=javascript)
    look = look if javascript else lambda page, name: None
    page = window.go(f"{form}?lang=pt")
    assert page.locator("html").get_attribute("lang") == "pt"
    look(page, "start")
    tick(page, "role", "mentee")
    window.press("main form .button")
    page.wait_for_url("**/about")

    go_on(window)
    expect(page.locator(".notice.bad")).to_be_visible()
    window.refused(422)
    look(page, "about-wrong")
    for name, text in {"given_name": "Inês", "family_name": "Silva", "birth_date": BORN, "email": hers}.items():
        page.locator(f"[name={name}]").fill(text)
    go_on(window)
    page.wait_for_url("**/place")
    page.locator("[name=country]").select_option("PT")
    page.locator("[name=city]").fill("Évora")
    tick(page, "languages", "pt", "en")
    tick(page, "format", "online")
    look(page, "place")
    go_on(window)
    page.wait_for_url("**/likes")
    tick(page, "interests", "robotics", "space")
    look(page, "likes")

    window.press("main .actions button[value=later]")
    page.wait_for_url("**/later")
    look(page, "later")
    window.press("main form .button")
    expect(page.locator("h1")).to_be_visible()
    look(page, "later-sent")
    page = window.go(mail_with(running, hers, "/join/resume/"))
    look(page, "resume")
    window.press("main form .button")
    page.wait_for_url("**/ways")
    window.press("main .actions button[value=back]")
    page.wait_for_url("**/likes")
    expect(page.locator("input[name=interests][value=robotics]")).to_be_checked()
    go_on(window)
    page.wait_for_url("**/ways")
    tick(page, "needs", "hands_on")
    page.locator("[name=motivation]").fill("Quero fazer um robô.")
    look(page, "ways")
    go_on(window)
    page.wait_for_url("**/free")
    tick(page, "availability", "Wed 15:00-17:00", "Wed 17:00-19:00", "Sat 09:00-12:00")
    look(page, "free")
    go_on(window)
    page.wait_for_url("**/guardian")
    page.locator("[name=guardian_name]").fill("Rui Silva")
    page.locator("[name=guardian_email]").fill(guardians)
    look(page, "guardian")
    go_on(window)
    page.wait_for_url("**/agree")
    look(page, "agree")
    tick(page, "consent", "yes")
    go_on(window)
    page.wait_for_url(re.compile(r"/sent\?next=guardian$"))
    look(page, "sent")

    arrive(running, window, hers)
    expect(page.locator(".steps .now")).to_have_count(1)
    look(page, "where-am-i-before")

    guardian = open_window(viewport=PHONE, javascript=javascript)
    paper = guardian.go(mail_with(running, guardians, "/pairing/guardian/"))
    assert paper.locator("html").get_attribute("lang") == "pt"
    expect(paper.get_by_text("Inês").first).to_be_visible()
    look(paper, "guardian-asked")
    tick(paper, "guardian_permission", "yes")
    tick(paper, "consent", "yes")
    guardian.press("main form:first-of-type .button >> nth=0")
    paper.wait_for_url("**/guardian/thanks")
    look(paper, "guardian-thanks")
    arrive(running, guardian, guardians)
    expect(paper.get_by_text("Inês Silva")).to_be_visible()
    look(paper, "guardian-home")
    guardian.go("/sessions/")
    paper.wait_for_url("**/sessions/wards")
    look(paper, "guardian-schedule")

    page = window.go("/pairing/")
    expect(page.locator(".steps .done")).to_have_count(2)
    look(page, "where-am-i-after")
    window.press("main a[href$='/permissions'] >> nth=0")
    look(page, "permissions")


def arrive(running, window, address):
    """Signs in by the newest link in this mailbox."""
    page = window.go(mail_with(running, address, "/pairing/sign-in/"))
    window.press("main form .button")
    page.wait_for_url("**/pairing/")
