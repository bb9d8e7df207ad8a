"""Inviting staff, the command line's way in, and sign-in at an own organisation."""

import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from oidc_provider_mock import User, run_server_in_thread

from contracts.people import PersonChanged
from pairing.accounts import letters, oidc
from pairing.accounts.model import LINKS_AT_ONCE, link_token
from pairing.people.commands import invite_staff
from ui.formats import moment_text

ANA = {"email": "ana@example.org", "given_name": "Ana", "family_name": "Silva", "roles": ["coordinator"], "language": "pt"}


@pytest.fixture
def sent(monkeypatch):
    """The mails that went out."""
    mails = []
    monkeypatch.setattr(letters.mail, "send", lambda settings, message: mails.append(message))
    return mails


def test_an_administrator_invites_and_a_link_goes_out_in_the_persons_language(house, marit, sent):
    assert marit.submit("/pairing/staff", ANA, on="/pairing/staff").location == "/pairing/staff?done=invited"
    house.work_off()
    assert [message["To"] for message in sent] == ["ana@example.org"]
    assert 'lang="pt"' in sent[0].get_body(("html",)).get_content()
    invited = next(event for event in house.said() if isinstance(event, PersonChanged) and event.email == "ana@example.org")
    assert (invited.roles, invited.language) == (("coordinator",), "pt")
    assert "Ana Silva" in marit.page("/pairing/staff").text


def test_the_invitation_says_who_invites_to_what_and_not_that_she_asked(house, marit, sent):
    form = {**ANA, "language": "en", "roles": ["coordinator", "safeguarding_lead"]}
    assert marit.submit("/pairing/staff", form, on="/pairing/staff").status_code == 303
    house.work_off()
    body = " ".join(sent[0].get_body(("plain",)).get_content().split())
    assert sent[0]["Subject"].startswith("You are invited to ")
    for words in (
        "An administrator of",
        "mentors and mentees meet",
        "these roles there: Coordinator, Safeguarding lead.",
        "/pairing/sign-in/",
    ):
        assert words in body, words
    assert "ask for it" not in body and "Marit" not in body
    house.nobody().submit("/pairing/sign-in", {"email": "ana@example.org"}, on="/pairing/sign-in")
    house.work_off()
    assert sent[1]["Subject"].startswith("Your sign-in link") and "did not ask for it" in sent[1].get_body(("plain",)).get_content()


def test_an_invitation_says_until_when_it_works(house, marit, sent):
    assert marit.submit("/pairing/staff", {**ANA, "language": "en"}, on="/pairing/staff").status_code == 303
    house.work_off()
    [link] = house.database["sign_in_links"].find({"invites": True})
    until = moment_text(link["expires_at"].replace(tzinfo=UTC), "en", "Europe/Amsterdam")
    body = " ".join(sent[0].get_body(("plain",)).get_content().split())
    assert f"It works once, until {until}." in body and "minutes" not in body


@pytest.mark.parametrize(("ago", "status"), [(timedelta(days=2, hours=23), 200), (timedelta(days=3, minutes=1), 403)])
def test_an_invitation_works_for_three_days(house, ago, status):
    house.do(invite_staff, **ANA, time_zone="Europe/Lisbon", now=datetime.now(UTC) - ago)
    [link] = house.database["sign_in_links"].find()
    token = f"{link['_id']}.{link_token(house.settings.secret, link['_id'])}"
    assert house.nobody().post("/pairing/api/tokens", {"token": token}).status_code == status


def test_a_link_that_somebody_asked_for_works_half_an_hour_and_an_invitation_takes_no_place_of_it(house, marit, sent):
    assert marit.submit("/pairing/staff", ANA | {"language": "en"}, on="/pairing/staff").status_code == 303
    for _ in range(LINKS_AT_ONCE):
        house.nobody().submit("/pairing/sign-in", {"email": "ana@example.org"}, on="/pairing/sign-in")
    house.work_off()
    asked = list(house.database["sign_in_links"].find({"invites": False}))
    assert len(asked) == LINKS_AT_ONCE == len(sent) - 1
    assert all(each["expires_at"].replace(tzinfo=UTC) - datetime.now(UTC) <= timedelta(minutes=30) for each in asked)
    assert "for 30 minutes" in " ".join(sent[-1].get_body(("plain",)).get_content().split())


def test_wrong_invitations_are_told_and_nobody_is_added(house, marit):
    for wrong, words in (
        ({"email": "ana"}, "name@example.org"),
        ({"email": "MARIT@example.org"}, "has an account already"),
        ({"given_name": "A\r\nBcc: x"}, "Write a name"),
        ({"roles": []}, "at least one role"),
        ({"roles": ["mentor"]}, "at least one role"),
        ({"language": "tlh"}, "Choose a language"),
    ):
        answer = marit.submit("/pairing/staff", {**ANA, **wrong}, on="/pairing/staff")
        assert (answer.status_code, words in answer.text) == (422, True), wrong
    foreign = marit.submit("/pairing/staff", {**ANA, "programme_ids": ["00000000-0000-4000-8000-000000000001"]}, on="/pairing/staff")
    assert foreign.status_code == 403
    assert house.database["accounts"].count_documents({}) == 1


def test_only_administrators_see_staff(house):
    for role in ("coordinator", "safeguarding_lead", "mentor", "mentee"):
        other = house.signed_in(house.staff(role, email=f"{role}@example.org"))
        assert other.page("/pairing/staff").status_code == 403, role
        assert other.submit("/pairing/staff", ANA, on="/pairing/").status_code == 403, role
    assert house.nobody().page("/pairing/staff").status_code == 303


def test_the_command_line_makes_the_first_administrator_once(house, environment):
    def printed(*options):
        run = subprocess.run([sys.executable, "-m", "pairing", "sign-in-link", *options], env=environment, capture_output=True, text=True)
        return run.returncode, run.stdout.splitlines()[-1:] or run.stderr

    links = [printed("--administrator") for _ in range(2)]
    assert house.database["accounts"].count_documents({"roles": "administrator"}) == 1
    for code, (link,) in links:
        assert code == 0
        answer = house.nobody().post("/pairing/api/tokens", {"token": urlsplit(link).path.rpartition("/")[2]})
        assert answer.status_code == 200
    assert printed("--email", "nobody@example.org")[0] == 1
    assert printed()[0] == 2
    assert printed("--email", "admin@localhost")[0] == 0


@pytest.fixture
def provider():
    with run_server_in_thread(require_client_registration=False, user_claims=(User(sub="marit", claims={}),)) as server:
        yield f"http://localhost:{server.server_port}"


def there_and_back(house, provider, email="marit@example.org", verified=True, **spoil):
    """The browser's way over the provider; `spoil` changes what comes back."""
    import httpx

    httpx.put(f"{provider}/users/marit", json={"email": email, "email_verified": verified}).raise_for_status()
    browser = house.nobody()
    way = browser.page("/pairing/sign-in/staff?next=/pairing/programmes")
    assert way.status_code == 303
    back = urlsplit(httpx.post(way.location, data={"sub": "marit"}).headers["location"])
    query = dict(part.split("=", 1) for part in back.query.split("&"))
    return browser, browser.client.get(back.path, query_string={**query, **spoil})


def test_staff_sign_in_at_their_own_organisation(house_with, provider):
    house = house_with(oidc_issuer=provider, oidc_client_id="fabconnect", oidc_client_secret="secret", public_url="http://localhost")
    house.staff("coordinator")
    house.staff("mentor", email="mentor@example.org")
    assert "/pairing/sign-in/staff" in house.nobody().page("/pairing/sign-in").text
    browser, arrived = there_and_back(house, provider)
    assert (arrived.status_code, arrived.location) == (303, "/pairing/programmes"), arrived.text
    assert browser.page("/pairing/programmes").status_code == 200
    for refused in (
        {"state": "other"},
        {"code": "other"},
        {"code": ""},
        {"verified": False},
        {"email": "nobody@example.org"},
        {"email": "mentor@example.org"},
    ):
        browser, answer = there_and_back(house, provider, **refused)
        assert answer.status_code == 403, refused
        assert browser.page("/pairing/programmes").status_code == 303, refused


def test_an_answer_without_its_attempt_is_refused(house_with, provider):
    house = house_with(oidc_issuer=provider, oidc_client_id="fabconnect", oidc_client_secret="secret", public_url="http://localhost")
    house.staff("coordinator")
    assert house.nobody().page("/pairing/sign-in/staff/callback?code=x&state=y").status_code == 403


def test_a_provider_that_is_silent_or_another_is_told(house_with, provider):
    silent = house_with(oidc_issuer="http://127.0.0.1:9", oidc_client_id="f", oidc_client_secret="s")
    assert silent.nobody().page("/pairing/sign-in/staff").status_code == 503
    alias = house_with(oidc_issuer=f"{provider}/", oidc_client_id="f", oidc_client_secret="s")
    oidc._described.cache_clear()
    assert alias.nobody().page("/pairing/sign-in/staff").status_code == 403


def test_without_a_provider_there_is_no_such_page(house):
    assert house.nobody().page("/pairing/sign-in/staff").status_code == 404
    assert "/pairing/sign-in/staff" not in house.nobody().page("/pairing/sign-in").text
    assert threading.active_count() < 50
