"""The language switch: a page of each service in each of the five languages, with times that name the reader's zone."""

import re

import pytest
from playwright.sync_api import expect

from ui.formats import zone_city
from ui.language import LANGUAGES

DUTCH_DAY = re.compile(r"\b(maan|dins|woens|donder|vrij|zater|zon)dag \d")
ENGLISH_DAY = re.compile(r"\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]* \d")
PAGES = (
    ("pairing", "mentee proposed", "/pairing/"),
    ("sessions", "mentee tomorrow", "{session_tomorrow}"),
    ("feedback", "mentee proposed", "{round_open}"),
    ("notifications", "mentee tomorrow", "/notifications/messages"),
)


@pytest.mark.parametrize(("who", "address"), [entry[1:] for entry in PAGES], ids=[entry[0] for entry in PAGES])
def test_every_language_by_the_switch(scene, open_window, who, address):
    window = open_window().sign_in(scene.token(who, "en"))
    page, zone = window.go(address.format(**scene.places)), scene.person(who)["time_zone"]
    said = set()
    for code, name in LANGUAGES.items():
        window.press(".languages summary")
        window.press(f".languages a[hreflang={code}]")
        expect(page.locator("html")).to_have_attribute("lang", code)
        expect(page.locator(".languages summary")).to_have_text(name)
        assert zone_city(zone, code) in page.locator("main").inner_text()
        said.add(page.locator("main").inner_text())
    assert len(said) == len(LANGUAGES)


def test_free_hours_have_the_days_of_the_readers_language(scene, open_window):
    window = open_window().sign_in(scene.token("mentee tomorrow", "nl"))
    about_me = window.go("/pairing/people/{mentee_tomorrow}".format(**scene.places)).locator("main").inner_text()
    assert DUTCH_DAY.search(about_me)
    assert not ENGLISH_DAY.search(about_me)


def test_the_choice_stays(scene, open_window):
    window = open_window().sign_in(scene.token("mentee tomorrow", "en"))
    window.go("/pairing/?lang=is")
    assert window.go("/sessions/").locator("html").get_attribute("lang") == "is"
