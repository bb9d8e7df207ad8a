"""A mentee uses nothing but the keyboard."""

from playwright.sync_api import expect

from support.page_checks import FOCUSED, tab_to


def test_signing_in_and_saying_yes(scene, open_window):
    window = open_window()
    page = window.go("/pairing/sign-in")
    tab_to(page, page.locator("input[name=email]"))
    page.keyboard.type("nobody.in.particular@example.org")
    page.keyboard.press("Enter")
    page.wait_for_url("**/pairing/sign-in/sent")

    window.sign_in(scene.token("mentee half"))
    window.go("/pairing/")
    tab_to(page, page.locator("form[action$='/accept'] button"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/pairing/pairings/*")
    expect(page.locator("form[action$='/accept']")).to_have_count(0)


def test_answering_a_round(scene, open_window):
    window = open_window().sign_in(scene.token("mentee declined"))
    page = window.go(scene.places["round_open"])
    for question in page.locator("fieldset.scale").all():
        tab_to(page, question.locator("input").first)
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
        assert page.evaluate(f"{FOCUSED}.value") == "3"
    tab_to(page, page.locator("textarea"))
    page.keyboard.type("More time in the lab.")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator(".notice.good").first).to_be_visible()
