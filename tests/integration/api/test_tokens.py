"""Tokens that must not let anybody in, at every service: not ours, not for us, not now, not whole, or at the wrong door."""

import base64
import hashlib
import hmac
import json
import time

import pytest
from werkzeug.test import Client, TestResponse

from chassis import keys
from support.world_requests import new_link

API = {
    "pairing": "/pairing/api/programmes",
    "sessions": "/sessions/api/meetings",
    "feedback": "/feedback/api/rounds",
    "notifications": "/notifications/api/messages",
}
PAGES = {"pairing": "/pairing/", "sessions": "/sessions/", "feedback": "/feedback/", "notifications": "/notifications/messages"}


def claims(story, **changed):
    instance, now = story.world.settings.instance, int(time.time())
    known = {"iss": instance, "aud": instance, "sub": story.who["coordinator_a"].id, "roles": ["coordinator"], "sid": "s"}
    return {**known, "programmes": [story.a.id], "iat": now, "exp": now + 600, **changed}


def part(value):
    return base64.urlsafe_b64encode(value if isinstance(value, bytes) else json.dumps(value).encode()).decode().rstrip("=")


def with_secret(story, secret, **header):
    """A token signed as HS256 by whoever takes the public key for a shared secret."""
    signed = f"{part({'alg': 'HS256', 'typ': 'JWT', **header})}.{part(claims(story))}"
    return f"{signed}.{part(hmac.new(secret, signed.encode(), hashlib.sha256).digest())}"


@pytest.fixture(scope="module")
def bad(story, tmp_path_factory):
    """By what is wrong with them."""
    own, foreign = story.world.settings.keys_dir, tmp_path_factory.mktemp("foreign")
    keys.make(foreign)
    public = keys.public(own)["keys"][0]
    good = keys.sign(own, claims(story))
    header, payload, signature = good.split(".")
    more = part(claims(story, roles=["administrator", "coordinator"]))
    kid = {"kid": public["kid"]} if "kid" in public else {}
    return {
        "foreign key": keys.sign(foreign, claims(story)),
        "foreign key under our name": f"{header}.{keys.sign(foreign, claims(story)).split('.', 1)[1]}",
        "alg none": f"{part({'alg': 'none'})}.{payload}.",
        "alg none with our signature": f"{part({'alg': 'none', **kid})}.{payload}.{signature}",
        "HS256 with the key's bytes": with_secret(story, base64.urlsafe_b64decode(public["x"] + "=="), **kid),
        "HS256 with the key's text": with_secret(story, public["x"].encode(), **kid),
        "HS256 with the key file": with_secret(story, (own / keys.PUBLIC).read_bytes(), **kid),
        "other claims": f"{header}.{more}.{signature}",
        "key in the header": f"{part({'alg': 'EdDSA', 'jwk': public})}.{payload}.{signature}",
        "wrong audience": keys.sign(own, claims(story, aud="another")),
        "several audiences": keys.sign(own, claims(story, aud=[story.world.settings.instance])),
        "wrong issuer": keys.sign(own, claims(story, iss="another")),
        "not yet valid": keys.sign(own, claims(story, nbf=int(time.time()) + 600)),
        "never expires": keys.sign(own, {name: value for name, value in claims(story).items() if name != "exp"}),
        "nobody": keys.sign(own, claims(story, sub="")),
        "roles as text": keys.sign(own, claims(story, roles="coordinator")),
        "truncated": good[:-8],
        "without signature": f"{header}.{payload}.",
        "two parts": f"{header}.{payload}",
        "encrypted form": f"{good}.a.b",
        "something before": f"x{good}",
        "empty": "",
        "no token": "é.é.é",
        "too long": f"{good}{'A' * 9000}",
    }


def open_api(story, path, token, kind="Bearer"):
    return story.world.nobody().api("GET", path, headers={"Authorization": f"{kind} {token}"})


def open_page(story, path, token):
    browser = Client(story.world.site, TestResponse, use_cookies=False)
    return browser.get(path, headers={"Cookie": f"fabconnect={token}"})


@pytest.mark.parametrize("service", API)
def test_a_bad_token_opens_no_api_and_no_page(story, bad, service):
    assert open_api(story, API[service], keys.sign(story.world.settings.keys_dir, claims(story))).status_code == 200
    for name, token in bad.items():
        refused = open_api(story, API[service], token)
        assert (refused.status_code, refused.mimetype) == (401, "application/problem+json"), name
        assert refused.headers["WWW-Authenticate"].startswith("Bearer"), name
        shown = open_page(story, PAGES[service], token)
        assert (shown.status_code, shown.location) == (303, f"/pairing/sign-in?next={PAGES[service]}"), name


@pytest.mark.parametrize("service", API)
def test_an_expired_token_opens_no_api_and_leads_a_page_to_renewal(story, service):
    expired = keys.sign(story.world.settings.keys_dir, claims(story, exp=int(time.time()) - 60))
    assert open_api(story, API[service], expired).status_code == 401
    shown = open_page(story, PAGES[service], expired)
    assert (shown.status_code, shown.location) == (303, f"/pairing/renew?next={PAGES[service]}")


@pytest.mark.parametrize("service", API)
def test_each_door_has_its_own_key(story, service):
    mentor = story.who["mentor"]
    assert mentor.client.get(API[service]).status_code == 401, "the cookie is not for the API"
    bearer = {"Authorization": f"Bearer {mentor.token}"}
    assert story.world.nobody().page(PAGES[service], headers=bearer).status_code == 303, "the bearer token is not for pages"
    assert open_api(story, API[service], mentor.token, "Basic").status_code == 401
    assert open_api(story, API[service], mentor.token, "bearer").status_code == 200


def test_a_link_signs_in_once_whichever_door_it_is_shown_at(story):
    for first, second in (("api", "page"), ("page", "api")):
        link, statuses = new_link(story), []
        for door in (first, second):
            visitor = story.world.nobody()
            if door == "api":
                statuses.append(visitor.api("POST", "/pairing/api/tokens", json={"token": link}).status_code)
            else:
                statuses.append(visitor.submit(f"/pairing/sign-in/{link}").status_code)
        assert statuses[0] in (200, 303) and statuses[1] == 403


def test_a_renewal_token_is_worth_nothing_after_signing_out(story):
    for way in ("page", "api"):
        gone, stays = (story.world.sign_in(story.who["other_mentor"].id) for _ in range(2))
        if way == "page":
            assert gone.again().submit("/pairing/sign-out").status_code == 303
        else:
            assert gone.api("DELETE", "/pairing/api/tokens").status_code == 204
        assert renewed(story, gone.renewal).status_code == 403
        browser = gone.again().page("/pairing/renew?next=/pairing/")
        assert browser.location == "/pairing/sign-in?next=/pairing/"
        assert any(cookie.startswith("fabconnect=;") for cookie in browser.headers.getlist("Set-Cookie"))
        assert renewed(story, stays.renewal).status_code == 200, "her other browser stays signed in"


def test_one_persons_renewal_token_does_not_fit_anothers_sign_in(story):
    one, other = story.who["mentor"].renewal, story.who["mentee"].renewal
    mixed = f"{one.partition('.')[0]}.{other.partition('.')[2]}"
    assert renewed(story, mixed).status_code == 403


def renewed(story, renewal):
    return story.world.nobody().api("POST", "/pairing/api/tokens/renew", json={"renewal_token": renewal})
