"""Signing in by one-time link, staying signed in, signing out; and everything that must not let anybody in."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from chassis.auth import token_for
from chassis.mail import MailRefused, MailUnavailable
from pairing.accounts import letters
from pairing.accounts.commands import make_link
from pairing.accounts.model import link_token

ELSEWHERE = (
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "javascript:alert(1)",
    "/a\r\nSet-Cookie: x=y",
    "/%0d%0a",
    "",
)


@pytest.fixture
def posted(monkeypatch):
    """The mails that went out."""
    sent = []
    monkeypatch.setattr(letters.mail, "send", lambda settings, message: sent.append(message))
    return sent


def link_for(house, account_id, then="/pairing/people", **more):
    """The part of a one-time link's address that is its own."""
    id = house.do(lambda uow: make_link(uow, account_id, then).id, **more)
    return f"{id}.{link_token(house.settings.secret, id)}"


def asked(house, email, **form):
    return house.nobody().submit("/pairing/sign-in", {"email": email, **form}, on="/pairing/sign-in")


def link_in(message):
    text = message.get_body(("plain",)).get_content()
    return re.search(r"http://127.0.0.1:8080(/pairing/sign-in/[\w.-]+)", text)[1]


def test_a_link_comes_by_mail_and_signs_in_once(house, posted):
    house.staff("coordinator")
    assert asked(house, " Marit@Example.org ", next="/pairing/people").location == "/pairing/sign-in/sent"
    house.work_off()
    (message,) = posted
    assert message["To"] == "marit@example.org"
    browser, path = house.nobody(), link_in(message)
    assert browser.page("/pairing/people").status_code == 303
    for _ in range(2):
        assert browser.page(path).status_code == 200, "fetching the link does not use it up"
    arrived = browser.submit(path, {}, on=path)
    assert (arrived.status_code, arrived.location) == (303, "/pairing/people")
    assert browser.page("/pairing/people").status_code == 200
    again = house.nobody()
    refused = again.submit(path, {}, on=path)
    assert (refused.status_code, "used before" in refused.text) == (403, True)
    assert again.page("/pairing/people").status_code == 303


def test_nothing_in_the_database_signs_in(house, posted):
    house.staff("coordinator")
    asked(house, "marit@example.org")
    house.work_off()
    browser, path = house.nobody(), link_in(posted[0])
    browser.submit(path, {}, on=path)
    kept = " ".join(str(document) for name in house.database.list_collection_names() for document in house.database[name].find())
    secrets = [
        path.rpartition(".")[2],
        *(cookie.value.rpartition(".")[2] for cookie in browser.client._cookies.values() if "fabconnect" in cookie.key),
    ]
    assert len(secrets) >= 3
    assert not [secret for secret in secrets if secret in kept]


def test_nobody_learns_who_has_an_account(house, posted):
    house.staff("coordinator")
    known, unknown = asked(house, "marit@example.org"), asked(house, "nobody@example.org")
    assert (known.status_code, known.location, known.data) == (unknown.status_code, unknown.location, unknown.data)
    api = [house.nobody().post("/pairing/api/sign-in-links", {"email": email}) for email in ("marit@example.org", "nobody@example.org")]
    assert [(answer.status_code, answer.data) for answer in api] == [(202, b"null\n")] * 2
    assert house.work_off() == 4
    assert [message["To"] for message in posted] == ["marit@example.org"] * 2


def test_a_mailbox_is_not_flooded(house, posted):
    house.staff("coordinator")
    for _ in range(9):
        assert asked(house, "marit@example.org").status_code == 303
    house.work_off()
    assert len(posted) == 5


def test_the_mail_is_in_the_persons_language_and_waits_for_the_server(house, monkeypatch):
    house.staff("coordinator")
    asked(house, "marit@example.org")

    def down(settings, message):
        raise MailUnavailable("down")

    monkeypatch.setattr(letters.mail, "send", down)
    house.tick()
    assert house.database["jobs"].count_documents({"job": "mail-sign-in-link", "attempts": 1}) == 1
    monkeypatch.setattr(letters.mail, "send", lambda settings, message: (_ for _ in ()).throw(MailRefused("never")))
    house.work_off()
    assert house.database["jobs"].count_documents({}) == 0
    assert house.database["sign_in_links"].find_one()["sent_at"] is None


def test_a_link_that_is_too_old_says_so(house):
    link = link_for(house, house.staff("coordinator"), now=datetime.now(UTC) - timedelta(minutes=31))
    browser = house.nobody()
    refused = browser.submit(f"/pairing/sign-in/{link}", {}, on=f"/pairing/sign-in/{link}")
    assert (refused.status_code, "too old" in refused.text) == (403, True)


def test_a_spoiled_link_signs_nobody_in_and_stays_good(house):
    link = link_for(house, house.staff("coordinator"))
    id, _, token = link.partition(".")
    for spoiled in (link[:-1], link + "x", f"x.{link}", f"{id}.", f"{id.upper()}.{token}", f"{id}.{token.swapcase()}", token, "%00", "é.ü"):
        browser = house.nobody()
        assert browser.submit(f"/pairing/sign-in/{spoiled}", {}, on="/pairing/sign-in").status_code == 403, spoiled
        assert browser.client.get_cookie("fabconnect") is None
        assert browser.post("/pairing/api/tokens", {"token": spoiled}).status_code == 403, spoiled
    assert house.nobody().post("/pairing/api/tokens", {"token": link}).status_code == 200


def test_nobody_is_led_elsewhere(house):
    account = house.staff("coordinator")
    browser, marit = house.nobody(), house.signed_in(account)
    for then in ELSEWHERE:
        browser.submit("/pairing/sign-in", {"email": "marit@example.org", "next": then}, on="/pairing/sign-in")
        browser.post("/pairing/api/sign-in-links", {"email": "marit@example.org", "next": then.replace("\r\n", "")})
        location = marit.client.get("/pairing/renew", query_string={"next": then}).location
        assert re.fullmatch(r"/(pairing/|a|%0d%0a)?[^/\\\s]*", location), location
    paths = {link["next_path"] for link in house.database["sign_in_links"].find()}
    assert all(re.fullmatch(r"/(pairing/)?[^/\\\t\r\n]*", path) for path in paths), paths


def test_a_form_without_its_token_is_refused(house):
    link = link_for(house, house.staff("coordinator"))
    assert house.nobody().client.post(f"/pairing/sign-in/{link}").status_code == 403
    assert house.nobody().client.post("/pairing/sign-in", data={"email": "marit@example.org"}).status_code == 403
    assert house.database["sign_in_links"].find_one()["used_at"] is None


def test_what_is_no_address_is_told(house):
    browser = house.nobody()
    for email in ("", "marit", "a@b", "a@example.org\nBcc: x@example.org", "x" * 300 + "@example.org", "ma\u202erit@example.org"):
        answer = browser.submit("/pairing/sign-in", {"email": email}, on="/pairing/sign-in")
        assert (answer.status_code, "name@example.org" in answer.text) == (422, True), email
        assert browser.post("/pairing/api/sign-in-links", {"email": email}).status_code == 422, email
    assert house.database["sign_in_links"].count_documents({}) == 0


def test_an_expired_token_is_renewed_on_the_way_and_forms_keep_their_content(house, marit):
    stale = token_for(house.settings, marit.id, roles=["coordinator"], sid=marit.renewal_token.partition(".")[0], minutes=-5)
    marit.client.set_cookie("fabconnect", stale)
    sent_on = marit.page("/pairing/people?q=x")
    assert (sent_on.status_code, sent_on.location) == (303, "/pairing/renew?next=/pairing/people%3Fq%3Dx")
    renewed = marit.page(sent_on.location)
    assert (renewed.status_code, renewed.location) == (303, "/pairing/people?q=x")
    assert marit.page("/pairing/people?q=x").status_code == 200
    marit.client.set_cookie("fabconnect", stale)
    kept = marit.client.post("/pairing/renew?next=/pairing/programmes", data={"name": "kept"})
    assert (kept.status_code, kept.location) == (307, "/pairing/programmes")


def test_renewal_takes_over_what_changed(house, marit):
    made = marit.post(
        "/pairing/api/programmes",
        {"name": "A", "starts_on": "2026-12-01", "ends_on": "2027-03-01", "languages": ["en"], "time_zone": "UTC"},
    )
    path = f"/pairing/api/programmes/{made.json['id']}"
    assert marit.get(path).status_code == 403
    assert house.renewed(marit).get(path).status_code == 200


def test_signing_out_ends_the_sign_in(house, marit):
    assert marit.submit("/pairing/sign-out", {}, on="/pairing/programmes").location == "/pairing/sign-in"
    assert marit.page("/pairing/programmes").status_code == 303
    assert marit.client.post("/pairing/api/tokens/renew", json={"renewal_token": marit.renewal_token}).status_code == 403


def test_the_api_gives_renews_and_ends_tokens(house):
    link = link_for(house, house.staff("coordinator"))
    api = house.nobody()
    given = api.post("/pairing/api/tokens", {"token": link}).json
    assert given["expires_in"] == 1800
    bearer = {"Authorization": f"Bearer {given['access_token']}"}
    assert api.client.get("/pairing/api/programmes", headers=bearer).status_code == 200
    assert api.post("/pairing/api/tokens", {"token": link}).status_code == 403
    assert api.client.delete("/pairing/api/tokens", headers=bearer).status_code == 204
    assert api.post("/pairing/api/tokens/renew", {"renewal_token": given["renewal_token"]}).status_code == 403


def test_renewal_with_anything_else_is_refused(house):
    house.staff("coordinator")
    for presented in ("", ".", "x", "x.y", "é.é", "a" * 200):
        assert house.nobody().post("/pairing/api/tokens/renew", {"renewal_token": presented}).status_code == 403


def test_of_many_at_once_one_gets_in(house):
    link = link_for(house, house.staff("coordinator"))

    def redeem(_):
        return house.app.test_client().post("/pairing/api/tokens", json={"token": link}).status_code

    with ThreadPoolExecutor(8) as pool:
        answers = sorted(pool.map(redeem, range(8)))
    assert answers == [200] + [403] * 7
    assert house.database["sign_ins"].count_documents({}) == 1


def test_a_closed_account_is_out(house, marit):
    other = house.staff("coordinator", email="ana@example.org")
    ana, link = house.signed_in(other), link_for(house, other)
    assert marit.submit(f"/pairing/staff/{other}/close", {}, on="/pairing/staff").status_code == 303
    assert ana.client.post("/pairing/api/tokens/renew", json={"renewal_token": ana.renewal_token}).status_code == 403
    assert house.nobody().post("/pairing/api/tokens", {"token": link}).status_code == 403
    own = marit.submit(f"/pairing/staff/{marit.id}/close", {}, on="/pairing/staff")
    assert own.status_code == 409


def test_cookies_are_kept_from_scripts_and_other_sites(house):
    link = link_for(house, house.staff("mentor"))
    browser, path = house.nobody(), f"/pairing/sign-in/{link}"
    for line in browser.submit(path, {}, on=path).headers.getlist("Set-Cookie"):
        assert "HttpOnly" in line and "SameSite=Lax" in line, line


def test_over_https_cookies_stay_there(house_with):
    house = house_with(public_url="https://firda.example")
    link = link_for(house, house.staff("mentor"))
    browser, path = house.nobody(), f"/pairing/sign-in/{link}"
    field = re.search(r'name="csrf_token" value="([0-9a-f]+)"', browser.client.get(path, base_url="https://firda.example").text)[1]
    answer = browser.client.post(path, data={"csrf_token": field}, base_url="https://firda.example")
    lines = [line for line in answer.headers.getlist("Set-Cookie") if line.startswith("fabconnect")]
    assert len(lines) >= 2 and all("Secure" in line for line in lines)


def test_the_public_keys_are_public_and_only_they(house):
    keys = house.nobody().client.get("/pairing/.well-known/jwks.json").json["keys"]
    assert keys and all("d" not in key for key in keys)
