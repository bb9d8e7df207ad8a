"""The frame of every page: language, menu, forms, static files, errors, and nothing that the browser would refuse."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient

import ui
from ui import navigation
from ui.error_texts import SENTENCES
from ui.language import LANGUAGES

Visit = Callable[..., FlaskClient]
SIGN_OUT = {"en": "Sign out", "nl": "Uitloggen", "es": "Salir", "pt": "Sair", "is": "Útskrá"}


class Elements(HTMLParser):
    """Collects the elements of a page as (name, attributes)."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keeps one element."""
        self.found.append((tag, dict(attrs)))

    def of(self, name: str) -> list[dict[str, str | None]]:
        """The attributes of all elements of a name."""
        return [attributes for tag, attributes in self.found if tag == name]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_in_the_persons_language_and_says_so(visit: Visit, language: str) -> None:
    answer = visit(language=language).get("/pairing/")
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.text
    assert answer.headers["Content-Language"] == language
    assert SIGN_OUT[language] in answer.text


def test_the_language_asked_for_is_kept_and_comes_before_the_persons_own(visit: Visit) -> None:
    browser = visit(language="es")
    assert SIGN_OUT["is"] in browser.get("/pairing/?lang=is").text
    assert SIGN_OUT["is"] in browser.get("/pairing/").text


def test_without_signing_in_the_browsers_language_counts(visit: Visit) -> None:
    answer = visit(roles=()).get("/pairing/", headers={"Accept-Language": "fr, pt-PT;q=0.8, en;q=0.5"})
    assert '<html lang="pt">' in answer.text
    assert {"Accept-Language", "Cookie"} <= set(answer.vary)


def test_an_unknown_language_is_not_kept(visit: Visit) -> None:
    answer = visit().get("/pairing/?lang=%0d%0aX")
    assert "Set-Cookie" not in answer.headers
    assert '<html lang="en">' in answer.text


def test_the_language_switch_stays_on_the_page_and_keeps_its_question(visit: Visit) -> None:
    links = [link["href"] for link in Elements(visit().get("/pairing/?page=2&lang=en").text).of("a")]
    assert "/pairing/?page=2&lang=nl" in links


@pytest.mark.parametrize(
    ("roles", "entries"),
    [
        (("coordinator",), ["Today", "People", "Matching", "Sessions", "Feedback", "Reports", "Messages"]),
        (("mentee",), ["Home", "Sessions", "Feedback", "Messages"]),
        (("coordinator", "mentor"), ["Today", "People", "Matching", "Sessions", "Feedback", "Reports", "Messages"]),
        (("administrator",), ["Today", "Reports", "Staff", "Messages"]),
        (("guardian",), ["Home", "Sessions", "Messages"]),
    ],
)
def test_the_menu_follows_the_roles_and_marks_where_one_is(visit: Visit, roles: tuple[str, ...], entries: list[str]) -> None:
    menu = re.search(r'<nav aria-label="Main menu">(.*?)</nav>', visit(roles=roles).get("/pairing/").text)
    assert menu
    assert re.findall(r">([^<]+)</a>", menu[1]) == entries
    assert re.findall(r'aria-current="page">([^<]+)<', menu[1]) == entries[:1]


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("/pairing/", "Today"),
        ("/pairing/people/import", "People"),
        ("/pairing/pairings/1", "Matching"),
        ("/sessions/meetings/1", "Sessions"),
        ("/notifications/reports", "Reports"),
        ("/pairing/peoples", None),
        ("/pairing/privacy", None),
    ],
)
def test_a_page_belongs_to_one_entry_or_to_none(path: str, label: str | None) -> None:
    entry = navigation.current(navigation.menu(["coordinator"]), path)
    assert (entry.label if entry else None) == label


def test_nobody_signed_in_has_neither_menu_nor_sign_out(visit: Visit) -> None:
    page = visit(roles=()).get("/pairing/").text
    assert "Main menu" not in page
    assert "/pairing/sign-out" not in page


def test_nothing_on_a_page_needs_what_the_policy_of_content_refuses(visit: Visit) -> None:
    elements = Elements(visit().get("/pairing/").text).found
    assert not [tag for tag, _ in elements if tag in ("script", "style", "iframe")]
    assert not [attributes for _, attributes in elements if any(name == "style" or name.startswith("on") for name in attributes)]
    addresses = [attributes.get(name) or "/" for _, attributes in elements for name in ("href", "src", "action") if name in attributes]
    assert all(address.startswith(("/", "#")) and not address.startswith("//") for address in addresses)


def test_texts_from_outside_do_not_act(visit: Visit) -> None:
    page = visit().get("/pairing/").text
    assert "alert(&#34;1&#34;)" in page
    assert "<script" not in page


def test_every_form_that_changes_something_carries_the_token(visit: Visit) -> None:
    forms = re.findall(r'<form method="post".*?</form>', visit().get("/pairing/").text, re.DOTALL)
    assert len(forms) > 5
    assert all('name="csrf_token"' in form for form in forms)


def test_every_field_has_its_label_and_errors_belong_to_their_field(visit: Visit) -> None:
    elements = Elements(visit().get("/pairing/").text)
    labelled = {label.get("for") for label in elements.of("label")}
    fields = [each for name in ("input", "select", "textarea") for each in elements.of(name)]
    free = [field["id"] for field in fields if field.get("type") not in ("hidden", "radio", "checkbox")]
    assert set(free) <= labelled
    identifiers = {attributes.get("id") for _, attributes in elements.found}
    described = [each for _, attributes in elements.found for each in (attributes.get("aria-describedby") or "").split()]
    assert {"email-error", "mood-error", "name-hint"} <= set(described) <= identifiers
    assert {"#email", "#mood"} <= {link["href"] for link in elements.of("a")}


def test_identifiers_are_unique(visit: Visit) -> None:
    identifiers = [attributes["id"] for _, attributes in Elements(visit().get("/pairing/").text).found if "id" in attributes]
    assert len(identifiers) == len(set(identifiers))


def test_static_files_are_kept_for_a_year_under_their_fingerprint_only(visit: Visit) -> None:
    browser = visit()
    (sheet,) = [link["href"] for link in Elements(browser.get("/pairing/").text).of("link") if link["rel"] == "stylesheet"]
    assert sheet and sheet.startswith("/pairing/static/look.css?v=")
    kept, plain = browser.get(sheet), browser.get("/pairing/static/look.css")
    assert kept.mimetype == "text/css"
    assert "max-age=31536000" in kept.headers["Cache-Control"] and "immutable" in kept.headers["Cache-Control"]
    assert "max-age=3600" in plain.headers["Cache-Control"]


@pytest.mark.parametrize("path", ["../layout.html", "..%2f__init__.py", "nothing.css", "look.css/"])
def test_only_files_of_the_look_are_served(visit: Visit, path: str) -> None:
    assert visit().get(f"/pairing/static/{path}?v=x").status_code == 404


def test_an_error_page_says_it_in_the_readers_language(visit: Visit) -> None:
    answer = visit(language="nl").get("/pairing/missing")
    assert "Hier is niets" in answer.text
    assert "Op dit adres is niets te vinden" in answer.text


def test_an_error_page_fills_and_escapes_what_the_refusal_tells(visit: Visit) -> None:
    application = visit(language="es").application
    with application.test_request_context("/pairing/"):
        application.preprocess_request()
        page = application.extensions["error_page"](409, "Conflict", SENTENCES[-1], {"what": "<b>"})
    assert "Ahora no se puede" in page
    assert "Esto no existe: &lt;b&gt;." in page


@pytest.mark.parametrize(
    ("zone", "written", "moment"),
    [
        ("Europe/Amsterdam", "2026-11-26T16:30", datetime(2026, 11, 26, 15, 30, tzinfo=UTC)),
        ("Europe/Amsterdam", "2026-07-02T16:30", datetime(2026, 7, 2, 14, 30, tzinfo=UTC)),
        ("Atlantic/Reykjavik", "2026-07-02T16:30", datetime(2026, 7, 2, 16, 30, tzinfo=UTC)),
    ],
)
def test_a_moment_that_was_typed_is_on_the_readers_clock(visit: Visit, zone: str, written: str, moment: datetime) -> None:
    with (application := visit(time_zone=zone).application).test_request_context("/pairing/"):
        application.preprocess_request()
        assert ui.from_reader(written) == moment


@pytest.mark.parametrize("written", ["", "tomorrow", "2026-03-29T02:30", "2026-03-29T12:30+05:00"])
def test_what_is_no_moment_on_the_readers_clock_is_refused(visit: Visit, written: str) -> None:
    with (application := visit().application).test_request_context("/pairing/"):
        application.preprocess_request()
        with pytest.raises(ValueError, match=r".+"):
            ui.from_reader(written)
