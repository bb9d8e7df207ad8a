"""Headers, forms, addresses, names and moments that break a line, a clock or a parser elsewhere: each is asked again, nothing breaks."""

import json
from itertools import product

import pytest

from support.world_requests import A, endpoints, path_of

HEADERS = (
    {"Referer": "http://["}, {"Referer": "http://[::1"}, {"Referer": "\xff"}, {"Origin": "http://["}, {"Origin": "\xff"},
    {"Accept-Language": "x" * 5_000}, {"Accept-Language": "nl;q=x, *;q=-1,,"}, {"Accept": "\xff"}, {"Content-Type": "multipart/form-data"},
    {"Content-Type": "application/json; charset=none"}, {"Content-Encoding": "gzip"}, {"If-None-Match": "\xff"}, {"If-Match": '"'},
    {"If-Modified-Since": "never"}, {"Range": "bytes=9-1"}, {"X-Correlation-Id": "x\ty"}, {"Idempotency-Key": "\xff"},
    {"Idempotency-Key": "x" * 201}, {"Authorization": "\xff"}, {"Authorization": "Bearer"}, {"Transfer-Encoding": "chunked, x"},
    {"Content-Length": "-1"}, {"Content-Length": "x"}, {"Cookie": "fabconnect_language=../../etc; fabconnect_visitor=\xed\xa0\x80;;=;"},
)  # fmt: skip


@pytest.mark.parametrize("header", HEADERS, ids=str)
def test_no_header_breaks_a_service(story, header):
    accept = f"/pairing/pairings/{story.a.pairing['id']}/accept"
    for who, path in product((story.who["nobody"], story.who["mentor"]), ("/pairing/", "/pairing/sign-in", "/sessions/", "/feedback/")):
        assert who.again().page(path, headers=header).status_code < 500
    for who, form in ((story.who["nobody"], {}), (story.who["mentor"], {"csrf_token": story.who["mentor"].csrf()})):
        with story.world.rehearsal():
            assert who.again().client.post(accept, data=form, headers=header).status_code < 500
    for endpoint in endpoints(story):
        if endpoint.key in ("pairing/pairings.show", "pairing/pairings.accept", "pairing/programmes.change", "pairing/sign_in_links.ask"):
            with story.world.rehearsal():
                answer = story.who["mentor"].api(endpoint.method, path_of(story, endpoint, story.who["mentor"], A), headers=header)
            assert answer.status_code < 500


MOMENTS = ("0001-01-01T00:00", "9999-12-31T23:59", "2026-13-01T00:00", "2026-03-29T02:30", "x" * 10_000, "\0", "2026-11-26T16:30+01:00")


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_moment_that_there_is_not_is_asked_again(story, moment):
    path = f"/sessions/meetings/{story.a.meeting_id}"
    forms = (
        (f"{path}/move", "starts_at", "mentor"),
        (f"{path}/held", "held_at", "mentor"),
        ("/feedback/rounds", "closes_at", "coordinator_a"),
    )
    for address, name, who in forms:
        form = {name: moment, "minutes": "9" * 30, "programme_id": story.a.id}
        with story.world.rehearsal():
            answer = story.who[who].again().submit(address, form)
        assert answer.status_code in (409, 422), address


FORMS = {
    "NUL": b"email=a%00%40example.org",
    "half character": b"email=%ed%a0%80%40example.org",  # stays as it is written: six visible characters
    "ten megabytes": b"email=" + b"a" * 10_000_000,
    "many fields": b"&".join(b"a%d=1" % number for number in range(50_000)),
    "same field": b"&".join([b"email=a%40example.org"] * 10_000),
}


@pytest.mark.parametrize("kind", FORMS)
def test_a_misshapen_form_is_told_so(story, kind):
    visitor = story.world.nobody()
    content = FORMS[kind] + b"&csrf_token=" + visitor.csrf().encode()
    with story.world.rehearsal():
        answer = visitor.client.post("/pairing/sign-in", data=content, content_type="application/x-www-form-urlencoded")
    expected = {"ten megabytes": 413, "same field": 303, "half character": 303}
    assert answer.status_code == expected.get(kind, 422)


def test_a_form_of_too_many_parts_is_told_so(story):
    parts = b"".join(b'--x\r\nContent-Disposition: form-data; name="a%d"\r\n\r\n1\r\n' % number for number in range(5_000))
    who = story.who["coordinator_a"].again()
    for content in (parts + b"--x--\r\n", b"--x\r\nbroken", b"--x"):
        answer = who.client.post("/pairing/people/import", data=content, content_type="multipart/form-data; boundary=x")
        assert answer.status_code in (400, 403, 413)


ADDRESSES = (
    '"quoted part"@example.org', "ünïcode@example.org", "a@exämple.org", "a@[127.0.0.1]", "a@localhost", "a b@example.org",
    "a@b@example.org", "<a@example.org>", "A <a@example.org>", "a@example.org,b@example.org", "a@example.org\nBcc: b@example.org",
    "a@example.org\r", ".a@example.org", "a..b@example.org", "a@-example.org", "a@example..org", f"{'a' * 65}@example.org",
    f"a@{'b' * 250}.org", "a(comment)@example.org", "@example.org",
)  # fmt: skip


@pytest.mark.parametrize("email", ADDRESSES)
def test_what_mail_servers_take_apart_differently_is_no_address_here(story, email):
    assert story.world.nobody().api("POST", "/pairing/api/sign-in-links", json={"email": email}).status_code == 422
    form = {"email": email, "given_name": "A", "family_name": "B", "language": "en", "roles": "coordinator"}
    with story.world.rehearsal():
        assert story.who["administrator"].again().submit("/pairing/staff", form).status_code == 422


NAMES = ("a\r\nBcc: b@example.org", "a\nb", "a\0b", "\u202egnp.exe", "\ud800", "a" * 201, "", " ", "\x85x")


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_could_break_a_line_or_cannot_be_seen_is_asked_again(story, name):
    form = {"email": "new@example.org", "given_name": "A", "family_name": "B", "language": "en", "roles": "coordinator"}
    administrator = story.who["administrator"]
    with story.world.rehearsal():
        assert administrator.again().submit("/pairing/staff", form).status_code == 303
        if name != "\ud800":
            assert administrator.again().submit("/pairing/staff", form | {"given_name": name}).status_code == 422
    programme = {"name": name, "starts_on": "2026-12-01", "ends_on": "2027-02-01", "languages": ["en"], "time_zone": "UTC"}
    with story.world.rehearsal():
        answer = story.who["coordinator_a"].api(
            "POST", "/pairing/api/programmes", data=json.dumps(programme), content_type="application/json"
        )
    assert (answer.status_code, list(answer.json["errors"])) == (422, ["name"]) or len(name) > 120
