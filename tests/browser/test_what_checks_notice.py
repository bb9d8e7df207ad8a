"""The checks themselves: each notices the fault that it is there for."""

import pytest

from support.chromium import PHONE
from support.page_checks import check_keyboard, check_outline, too_wide, violations

HEAD = "<!doctype html><html lang='en'><title>A page</title>"


@pytest.fixture
def window(open_window):
    """A window whose complaints are looked at here."""
    window = open_window(viewport=PHONE)
    yield window
    window.complaints = []


@pytest.mark.parametrize(
    ("fault", "rule"),
    [
        ("<p style='color:#aaa;background:#fff'>Hardly to be read</p>", "color-contrast"),
        ("<input name='email'>", "label"),
        ("<button style='width:9px;height:9px'>a</button><button style='width:9px;height:9px'>b</button>", "target-size"),
    ],
)
def test_an_accessibility_fault(window, fault, rule):
    window.page.set_content(f"{HEAD}<main><h1>Fine</h1>{fault}</main>")
    assert rule in [each["rule"] for each in violations(window.page)]


def test_a_wide_page(window):
    window.page.set_content(f"{HEAD}<h1>Fine</h1><pre style='width:900px'>wide</pre>")
    assert too_wide(window.page)


@pytest.mark.parametrize("body", ["<h1>One</h1><h1>Two</h1>", "<h1></h1>", "<h2>None</h2>"])
def test_a_page_without_one_heading(window, body):
    window.page.set_content(HEAD + body)
    with pytest.raises(AssertionError):
        check_outline(window.page, "en")


def test_a_page_without_a_skip_link(window):
    window.page.set_content(f"{HEAD}<a href='#elsewhere'>Elsewhere</a><h1>Fine</h1>")
    with pytest.raises(AssertionError, match="skip link"):
        check_keyboard(window.page)


def test_requests_to_other_sites_and_complaints_of_scripts(window):
    window.page.set_content(f"{HEAD}<img src='http://elsewhere.invalid/pixel.png'><script>console.error('broken')</script>")
    window.page.wait_for_load_state("networkidle")
    said = " ".join(window.complaints)
    assert "request to another site: http://elsewhere.invalid/pixel.png" in said
    assert "console: broken" in said
