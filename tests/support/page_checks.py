"""What every page must be: accessible, one heading, in the reader's language, no wider than a phone, and usable by keyboard."""

import json
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from support.chromium import DESKTOP, PHONE

STANDARD = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
OPTIONS = {"runOnly": STANDARD, "resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
MOST_STEPS = 60
FOCUSED = "document.activeElement"


def violations(page: Page) -> list[dict[str, Any]]:
    """What axe finds against WCAG 2.2 AA in the page as it looks now: rule, how many places, the first three."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("options => axe.run(document, options).then(result => result.violations)", OPTIONS)
    return [
        {"rule": each["id"], "places": len(each["nodes"]), "first": [node["html"][:200] for node in each["nodes"][:3]]} for each in found
    ]


def too_wide(page: Page) -> list[str]:
    """The elements that make the page scroll sideways."""
    return list(
        page.evaluate(
            """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.body.querySelectorAll('*')]
                .filter(each => each.getBoundingClientRect().right > innerWidth + 1)
                .map(each => each.outerHTML.slice(0, 160)).slice(-3).concat('wider than the screen')"""
        )
    )


def check_look(page: Page, *, dark_on_phone: bool) -> None:
    """Fails on an accessibility fault on a desktop in one scheme, on a phone in the other, and on sideways scrolling."""
    schemes = ("light", "dark") if dark_on_phone else ("dark", "light")
    for viewport, scheme in zip((DESKTOP, PHONE), schemes, strict=True):
        page.set_viewport_size(viewport)
        page.emulate_media(color_scheme=scheme)
        found = violations(page)
        assert not found, f"{page.url} {viewport['width']} {scheme}: {json.dumps(found, indent=1, ensure_ascii=False)}"
    assert not too_wide(page), page.url


def check_outline(page: Page, language: str) -> None:
    """Fails unless the page has one main heading, a title of its own and names its language."""
    assert page.locator("h1").count() == 1, page.url
    assert page.locator("h1").inner_text().strip(), page.url
    assert page.title().removesuffix(" · FabConnect").strip(), page.url
    assert page.locator("html").get_attribute("lang") == language, page.url


def check_keyboard(page: Page) -> None:
    """Fails unless the first Tab reaches the skip link and the primary action, if there is one, can be reached from it."""
    page.evaluate("scrollTo(0, 0); document.activeElement.blur()")
    page.keyboard.press("Tab")
    assert page.evaluate(f"{FOCUSED}.matches('a.skip')"), f"{page.url}: the first Tab does not reach the skip link"
    page.keyboard.press("Enter")
    primary = page.locator("main .next :is(.button, summary), main > .actions .button").first
    if primary.count():
        tab_to(page, primary)


def tab_to(page: Page, target: Any) -> None:
    """Presses Tab until the target has the focus; fails when it never does."""
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if target.evaluate(f"each => each === {FOCUSED}"):
            return
    raise AssertionError(f"{page.url}: Tab does not reach {target}")
