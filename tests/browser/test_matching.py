"""A coordinator matches in Chromium: a lock, other weights tried and taken, a pair by hand; a no is followed by a new proposal.

FABCONNECT_SCREENSHOTS=folder keeps pictures of what she sees.
"""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from support.autumn import sample
from support.chromium import DESKTOP, PHONE
from support.page_checks import check_look
from support.running import eventually

PICTURES = os.environ.get("FABCONNECT_SCREENSHOTS", "")


@pytest.fixture
def programme(running):
    """A programme with everybody of the sample files; its id and its coordinator's headers."""
    id, headers = running.programme()
    for role in ("mentor", "mentee"):
        running.import_people(id, headers, role, sample(role, "matching"))
    return id, headers


@pytest.fixture
def coordinator(running, open_window, token, programme):
    """The window of the coordinator, signed in."""
    return open_window().sign_in(token(running.staff, "coordinator", programmes=(programme[0],)))


def looked_at(page, name, *, dark_on_phone=False):
    """The page passes axe on a desktop and on a phone; a picture of each is kept."""
    page.evaluate("[...document.querySelectorAll('main details')].slice(0, 3).forEach(each => each.open = true)")
    for device, viewport in (("desktop", DESKTOP), ("phone", PHONE)) if PICTURES else ():
        page.set_viewport_size(viewport)
        page.screenshot(path=Path(PICTURES) / f"matching-{name}-{device}.png", full_page=True)
    check_look(page, dark_on_phone=dark_on_phone)
    page.set_viewport_size(DESKTOP)
    page.evaluate("document.querySelectorAll('main details[open]').forEach(each => each.open = false)")


def computed(window, programme_id):
    """Computes a proposal; gives its address."""
    window.go(f"/pairing/matching?programme={programme_id}")
    window.press("form[action='/pairing/matching'][method=post] .button")
    window.page.wait_for_url("**/pairing/matching/*-*")
    return window.page.url.partition("?")[0]


def published(window):
    """Publishes the proposal in front of her."""
    window.press("details:has(form[action$='/publish']) summary")
    window.press("form[action$='/publish'] button")
    window.page.wait_for_url("**/pairing/pairings?*")


def test_a_proposal_with_a_lock_and_other_weights(coordinator, programme):
    window, page = coordinator, coordinator.page
    here = computed(window, programme[0])
    page.locator("form[action$='/lock'] button").first.click()
    expect(page.locator(".notice.good")).to_be_visible()
    expect(page.locator("form[action$='/unlock']")).to_have_count(2)
    locked = page.locator("#setup tbody tr td").first.inner_text()
    looked_at(page, "proposal")

    window.press("a[href$='/what-if']")
    page.locator("input[name=weight_wishes]").fill("9")
    page.locator("input[name=weight_place]").fill("0")
    window.press("main form[method=get] .button")
    page.wait_for_url("**/what-if?*weight_wishes=9*")
    expect(page.locator("table.rows tbody tr")).to_have_count(7)
    looked_at(page, "what-if", dark_on_phone=True)
    window.press("details:has(form[action$='/weights']) summary")
    window.press("form[action$='/weights'] button")
    page.wait_for_url("**/pairing/matching/*-*")
    assert page.url.partition("?")[0] != here
    row = page.locator("table.rows tbody tr", has_text=locked).first
    expect(row.locator("form[action$='/unlock']")).to_have_count(1)


def test_a_pair_by_hand_shows_its_cost_first(coordinator, programme, running):
    window, page = coordinator, coordinator.page
    here = computed(window, programme[0])
    runs = running.database("pairing")["match_runs"].count_documents({"programme_id": programme[0]})
    page.locator("table.rows tbody tr td a").first.click()
    page.wait_for_url("**/people/*")
    looked_at(page, "person")
    page.locator("main table.rows a.button").first.click()
    page.wait_for_url("**/by-hand?*")
    looked_at(page, "by-hand", dark_on_phone=True)
    assert running.database("pairing")["match_runs"].count_documents({"programme_id": programme[0]}) == runs, "looking saves nothing"
    window.press("form[action$='/by-hand'][method=post] button")
    page.wait_for_url("**/pairing/matching/*-*")
    assert page.url.partition("?")[0] != here
    expect(page.locator("#setup tbody tr")).to_have_count(1)


def test_after_a_no_there_is_a_new_proposal_and_who_said_yes_stays(coordinator, programme, running):
    window, page = coordinator, coordinator.page
    programme_id = programme[0]
    computed(window, programme_id)
    published(window)
    pairings = running.database("pairing")["pairings"]
    happy, *others = pairings.find({"programme_id": programme_id})
    for side in ("mentor", "mentee"):
        answer(running, programme_id, happy, side, "accept")
    for pair in others[:4]:
        answer(running, programme_id, pair, "mentee", "decline")
    runs = running.database("pairing")["match_runs"]
    found = eventually(lambda: runs.find_one({"programme_id": programme_id, "origin": "follow_up", "state": "proposed"}))
    proposed = [pair for sheet in running.database("pairing")["match_sheets"].find({"run_id": found["_id"]}) for pair in sheet["pairs"]]
    assert len(proposed) == found["figures"]["pairs"] > 0
    assert {pair["mentee_id"] for pair in proposed}.isdisjoint(happy["mentee_ids"])
    declined = {(pair["mentor_ids"][0], pair["mentee_ids"][0]) for pair in others[:4]}
    assert all((pair["mentor_id"], pair["mentee_id"]) not in declined for pair in proposed)

    window.go(f"/pairing/?programme={programme_id}")
    window.press(".card.next a.button[href^='/pairing/matching/']")
    page.wait_for_url("**/pairing/matching/*-*")
    looked_at(page, "follow-up")
    published(window)
    assert pairings.find_one({"_id": happy["_id"]})["state"] == "accepted"


def test_groups_are_formed_on_a_page(coordinator, programme):
    window, page = coordinator, coordinator.page
    window.go(f"/pairing/matching?programme={programme[0]}")
    looked_at(page, "start")
    page.locator("input[name=who][value=everybody]").check()
    window.press("form[action='/pairing/matching/groups'] .button")
    page.wait_for_url("**/pairing/matching/*-*")
    looked_at(page, "groups", dark_on_phone=True)
    expect(page.locator("form[action$='/publish']")).to_have_count(1)


def answer(running, programme_id, pair, side, said):
    """One side of a pair answers, elsewhere."""
    headers = running.headers(pair[f"{side}_ids"][0], side, programmes=(programme_id,))
    answered = running.stubborn(f"/pairing/api/pairings/{pair['_id']}/{said}", headers)
    assert answered.status_code == 200, answered.text
