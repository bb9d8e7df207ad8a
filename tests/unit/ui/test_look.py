"""The look: contrast of every pair of colours in both schemes (WCAG 2.2, 1.4.3 and 1.4.11), and the gallery judged by axe in a browser."""

import re
import shutil
import threading
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

from chassis.auth import Principal
from ui.static_files import FOLDER

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SHEET = (FOLDER / "look.css").read_text()
SCHEMES = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", block)) for block in re.findall(r":root \{(.*?)\}", SHEET, re.DOTALL)[:2]]
WORDS = [
    *[(word, ground) for word in ("ink", "muted", "accent", "bad") for ground in ("paper", "card")],
    *[(tone, f"{tone}-soft") for tone in ("accent", "good", "warn", "bad")],
    *[("accent-ink", "accent"), ("accent-ink", "accent-deep"), ("bad-ink", "bad"), ("muted", "accent-soft")],
]
SHAPES = [(shape, "card") for shape in ("edge", "c1", "c2", "c3", "c4", "c5")]


def brightness(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((brightness(one), brightness(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_words_and_shapes_stand_out(scheme: int) -> None:
    colours = SCHEMES[scheme]
    assert {pair: round(contrast(*map(colours.get, pair)), 2) for pair in WORDS if contrast(*map(colours.get, pair)) < 4.5} == {}
    assert {pair: round(contrast(*map(colours.get, pair)), 2) for pair in SHAPES if contrast(*map(colours.get, pair)) < 3} == {}


def test_the_sheet_loads_nothing_and_respects_those_who_want_no_motion() -> None:
    assert "url(" not in SHEET and "@import" not in SHEET and "@font-face" not in SHEET
    assert re.search(r"transition|animation", SHEET.split("@media (prefers-reduced-motion: no-preference)")[0]) is None


@pytest.fixture(scope="module")
def gallery_address(gallery: Flask) -> Iterator[str]:
    gallery.config["WHO"] = Principal(id="someone", roles=frozenset({"coordinator"}), time_zone="Europe/Amsterdam")
    server = make_server("127.0.0.1", 0, gallery, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}/pairing/"
    server.shutdown()
    thread.join()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("There is no Chromium on this machine.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1180])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_sticks_out(chromium: Browser, gallery_address: str, width: int, scheme: str) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.goto(gallery_address)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    found = Axe().run(page).response["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
