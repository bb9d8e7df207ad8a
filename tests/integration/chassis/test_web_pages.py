"""Pages: cookie only, forms of this site only, and the ways to sign in and to renew."""

import re

import pytest

from chassis import web
from support.web_sample import NOTEBOOK, Caller

CSRF = re.compile('name="csrf_token" value="([0-9a-f]{64})"')


@pytest.fixture
def app(settings):
    return web.create_app(NOTEBOOK, settings)


@pytest.fixture
def mona(app):
    return Caller(app)


@pytest.fixture
def note(mona):
    return mona.write("mine").json["id"]


def test_a_form_with_its_token_is_taken(mona, note):
    [token] = CSRF.findall(mona.browse("GET", "/form").text)
    answer = mona.browse("POST", f"/notes/{note}", data={"text": "changed", "csrf_token": token})
    assert (answer.status_code, answer.location) == (303, f"/notebook/notes/{note}")
    assert "changed" in mona.browse("GET", f"/notes/{note}").text


def test_a_form_without_the_right_token_is_refused_and_told_why(mona, note):
    for wrong in ({}, {"csrf_token": ""}, {"csrf_token": "0" * 64}, {"csrf_token": "ÿ"}):
        answer = mona.browse("POST", f"/notes/{note}", data={"text": "changed", **wrong})
        assert (answer.status_code, answer.mimetype) == (403, "text/html"), wrong
        assert "load the page again" in answer.text
    assert "mine" in mona.browse("GET", f"/notes/{note}").text


def test_another_persons_token_is_refused(mona, app, note):
    assert mona.browse("POST", f"/notes/{note}", data={"text": "x", "csrf_token": Caller(app, "olga").csrf()}).status_code == 403


ELSEWHERE = ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"})


def test_a_form_sent_from_another_site_is_refused(mona, note):
    data = {"text": "x", "csrf_token": mona.csrf()}
    for headers in ELSEWHERE:
        assert mona.browse("POST", f"/notes/{note}", data=data, headers=headers).status_code == 403, headers
    own = {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}
    assert mona.browse("POST", f"/notes/{note}", data=data, headers=own).status_code == 303


def test_visitors_have_forms_too(app):
    visitor = app.test_client()
    shown = visitor.get("/notebook/form")
    assert "HttpOnly" in shown.headers["Set-Cookie"]
    [token] = CSRF.findall(shown.text)
    assert visitor.post("/notebook/form", data={"text": "hello", "csrf_token": token}).status_code == 303
    assert app.test_client().post("/notebook/form", data={"text": "hello", "csrf_token": token}).status_code == 403


def test_who_is_not_signed_in_is_sent_to_sign_in(app, note):
    visitor = app.test_client()
    read = visitor.get(f"/notebook/notes/{note}?tab=2")
    assert (read.status_code, read.location) == (303, f"/pairing/sign-in?next=/notebook/notes/{note}%3Ftab%3D2")
    sent = visitor.post(f"/notebook/notes/{note}", headers={"Referer": f"http://localhost/notebook/notes/{note}"})
    assert (sent.status_code, sent.location) == (303, f"/pairing/sign-in?next=/notebook/notes/{note}")


def test_whose_token_expired_is_sent_to_renew_and_the_form_goes_along(app, note):
    expired = Caller(app, minutes=-5)
    read = expired.browse("GET", f"/notes/{note}")
    assert (read.status_code, read.location) == (303, f"/pairing/renew?next=/notebook/notes/{note}")
    sent = expired.browse("POST", f"/notes/{note}", data={"text": "kept"})
    assert (sent.status_code, sent.location) == (307, f"/pairing/renew?next=/notebook/notes/{note}")


def test_a_form_made_before_renewal_is_good_after_it(app, note):
    before, after = Caller(app, sid="s-1"), Caller(app, sid="s-1")
    assert after.browse("POST", f"/notes/{note}", data={"text": "x", "csrf_token": before.csrf()}).status_code == 303


def test_renewal_sees_the_claims_of_an_expired_cookie_of_ours(app, mona):
    assert Caller(app, sid="s-1", minutes=-5).browse("POST", "/renew").json == {"sid": "s-1"}
    mona.token += "x"
    assert mona.browse("POST", "/renew").json == {"sid": None}


def test_the_api_takes_no_cookie_and_pages_take_no_bearer(mona, note):
    mona.client.set_cookie("fabconnect", mona.token)
    assert mona.client.get("/notebook/api/notes").status_code == 401
    mona.client.delete_cookie("fabconnect")
    assert mona.client.get(f"/notebook/notes/{note}", headers={"Authorization": f"Bearer {mona.token}"}).status_code == 303


def test_sign_in_cookies_are_for_the_browser_alone(app, settings):
    import dataclasses

    with app.test_request_context():
        response = app.make_response("")
        web.set_sign_in_cookie(response, "t")
    cookie = response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Path=/" in cookie and "Secure" not in cookie
    safe = web.create_app(NOTEBOOK, dataclasses.replace(settings, public_url="https://mentoring.example"))
    with safe.test_request_context():
        response = safe.make_response("")
        web.set_sign_in_cookie(response, "t")
    assert "Secure" in response.headers["Set-Cookie"]
