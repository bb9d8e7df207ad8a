"""Forms that another site, another person or an old page sends: every page that writes refuses them, and nothing is written."""

import pytest

from support.world_requests import OWN, A, endpoints, path_of

EXEMPT = {"pairing/accounts_pages.renew"}
"""Sending this from elsewhere does no harm: it renews the sign-in of whoever is signed in."""
OPEN_TO_ALL = ("accounts_pages", "guardians_pages", "join_pages", "visitors_pages")
ELSEWHERE = (
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://["},
    {"Origin": "http://localhost.evil.example"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "nonsense"},
)


@pytest.fixture(scope="module")
def forms(story):
    return [each for each in endpoints(story) if each.method == "POST" and not each.api and each.key not in EXEMPT]


def attempts(mine, others):
    """What is sent: fields of the form and headers."""
    yield {}, {}
    for token in ("", "0" * 64, others, mine[:-1], f"{mine} ", mine.upper() if mine != mine.upper() else "x", "é"):
        yield {"csrf_token": token}, {}
    for headers in ELSEWHERE:
        yield {"csrf_token": mine}, headers


@pytest.mark.parametrize("name", ["coordinator_a", "mentor", "administrator", "nobody"])
def test_no_form_is_taken_that_the_person_did_not_send_from_here(story, forms, name):
    others = story.who["mentee"].csrf()
    before = story.world.digest()
    for endpoint in forms:
        who = story.who[name].again()
        mine, path = who.csrf(), path_of(story, endpoint, who, OWN if "account_id" in endpoint.rule.arguments else A, link="x.y")
        for form, headers in attempts(mine, others):
            answer = who.client.post(path, data=form, headers=headers)
            let_in = name != "nobody" or endpoint.name.startswith(OPEN_TO_ALL)
            assert answer.status_code == (403 if let_in else 303), (endpoint.key, form, headers)
            assert "load the page again" in answer.text or not let_in, endpoint.key
    assert story.world.digest() == before
    assert len(forms) >= 21


def test_a_form_sent_from_here_is_taken(story):
    own = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    with story.world.rehearsal():
        answer = story.who["mentor"].again().submit(f"/pairing/pairings/{story.a.pairing['id']}/accept", headers=own)
    assert answer.status_code == 303


def test_renewal_from_elsewhere_writes_nothing_and_leads_nowhere_else(story):
    before = story.world.digest()
    for then in ("/pairing/", "//evil.example", "https://evil.example/", "/\\evil.example"):
        answer = story.who["mentor"].again().client.post("/pairing/renew", query_string={"next": then}, headers=ELSEWHERE[0])
        assert (answer.status_code, answer.location) == (307, "/pairing/")
    assert story.world.digest() == before
