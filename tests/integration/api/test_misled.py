"""Nobody is led elsewhere: redirects, links and mails stay on this site, whatever addresses, headers and paths say."""

import re
from html.parser import HTMLParser

import pytest
from werkzeug.test import create_environ, run_wsgi_app

from support.spiked import MARK
from support.world_requests import new_link

ELSEWHERE = (
    "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "/\\/evil.example", "https:evil.example",
    "https://evil.example", "HTTPS://evil.example", "javascript:alert(1)", "data:text/html,x", "/\t/evil.example", "/\n/evil.example",
    "/\r\nSet-Cookie: a=b", "/\0/evil.example", "/\u2028/evil.example", "/\u00ad/evil.example", "\u2215\u2215evil.example",
    "\uff0f\uff0fevil.example", " //evil.example", "evil.example", "@evil.example", ".evil.example", "http://[", "//[",
)  # fmt: skip
HARMLESS = (
    "/%09/evil",
    "/%5cevil",
    "/..//evil",
    "/.//evil",
    "/@evil",
    "/;//evil",
    "/a?next=//evil",
    "/a#//evil",
    "/\uff0fevil",
    "/%0d%0aX: y",
)
HOMES = ("/pairing/", "/sessions/", "/feedback/", "/notifications/messages")
POISON = {
    "Host": "evil.example",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "gopher",
    "X-Forwarded-Prefix": "//evil.example",
    "X-Original-URL": "/pairing/staff",
    "X-Rewrite-URL": "/pairing/staff",
    "Forwarded": "host=evil.example",
}


class Links(HTMLParser):
    """Every address in a page."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.found += [value or "" for name, value in attributes if name in ("href", "src", "action", "formaction", "srcset", "data")]


def leaves(address):
    """Whether a browser on this site would go elsewhere (WHATWG URL: tabs and line breaks vanish, a backslash is a slash)."""
    seen = re.sub("[\t\r\n]", "", address).strip().replace("\\", "/")
    return seen.startswith("//") or re.match("[a-z][a-z0-9+.-]*:", seen, re.IGNORECASE) is not None


def test_the_check_of_addresses_itself():
    assert all(leaves(address) for address in ("//evil", "/\\evil", "/\t/evil", "https:evil", " //evil", "JAVASCRIPT:x"))
    assert not any(leaves(address) for address in ("/a", "/a//b", "/..//evil", "a/b", "?a=b", "#x"))


@pytest.mark.parametrize("then", [*ELSEWHERE, *HARMLESS])
def test_what_follows_a_sign_in_is_a_page_of_this_site(story, then):
    mentor = story.who["mentor"]
    for method in ("GET", "POST"):
        answer = mentor.again().client.open("/pairing/renew", method=method, query_string={"next": then})
        assert answer.status_code in (303, 307) and not leaves(answer.location), answer.location
        assert (answer.location == "/pairing/") == (then in ELSEWHERE), answer.location
        assert "a" not in {name.strip() for cookie in answer.headers.getlist("Set-Cookie") for name in [cookie.partition("=")[0]]}
    asked = story.world.nobody().page("/pairing/sign-in", query_string={"next": then})
    assert not [link for link in Links(asked.text).found if leaves(link)]
    field = re.search('name="next" value="([^"]*)"', asked.text)
    assert field is None or not leaves(field[1])
    link = story.world.nobody().api("POST", "/pairing/api/sign-in-links", json={"email": f"mentor0.a.{MARK}@example.org", "next": then})
    assert link.status_code in (202, 422)
    kept = story.world.houses["pairing"].database["sign_in_links"].distinct("next_path")
    assert not [path for path in kept if leaves(path)]


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example/",
        "/\\evil.example",
        "/\t/evil.example",
        "/pairing//evil.example",
        "/pairing/\\\\evil.example",
        "/@evil.example",
        "/pairing/%0d%0aX: y",
    ],
)
@pytest.mark.parametrize("service", ["", "/sessions", "/feedback"])
def test_a_page_that_is_not_there_links_to_this_site_only(story, service, path):
    environ = create_environ("/x")
    environ["PATH_INFO"] = f"{service}{path}"
    body, status, headers = run_wsgi_app(story.world.site, environ, buffered=True)
    assert status.startswith("404"), status
    links = Links(b"".join(body).decode()).found
    assert links and not [link for link in links if leaves(link)]
    assert "X" not in headers


def test_headers_that_name_another_host_change_no_link_and_no_access(story):
    nobody = story.world.nobody()
    for token, path in (("", "/pairing/sign-in"), ("", "/pairing/"), *((story.who["mentor"].token, path) for path in HOMES)):
        visitor = nobody.again()
        for domain in ("localhost", "evil.example"):
            visitor.client.set_cookie("fabconnect", token, domain=domain)
        plain, poisoned = (visitor.page(path, headers=headers) for headers in ({}, POISON))
        assert (poisoned.status_code, poisoned.headers.get("Location")) == (plain.status_code, plain.headers.get("Location")), path
        assert poisoned.status_code == (200 if token or "sign-in" in path else 303)
        assert "evil" not in poisoned.text
    assert nobody.page("/pairing/", headers={"X-Original-URL": "/pairing/privacy"}).status_code == 303


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80@x", "[", "a b", "", "\u00e9", "x" * 5000])
def test_a_strange_host_breaks_nothing(story, host):
    environ = create_environ("/pairing/sign-in")
    environ["HTTP_HOST"] = host.encode().decode("latin-1")
    status = run_wsgi_app(story.world.site, environ, buffered=True)[1]
    assert int(status.split()[0]) in (200, 400)


def test_links_in_mails_are_those_of_the_instance_whatever_host_was_asked(story):
    world = story.world
    world.settle()
    told = len(world.mails)
    body = {"email": story_email(story, "safeguarding_lead")}
    assert world.nobody().api("POST", "/pairing/api/sign-in-links", json=body, headers=POISON).status_code == 202
    world.settle()
    [mail] = world.mails[told:]
    assert "/pairing/sign-in/" in mail.get_body(("plain",)).get_content()
    for mail in world.mails:
        for kind in ("plain", "html"):
            addresses = re.findall(r"[a-z]+://[^\s\"'<>]+", mail.get_body((kind,)).get_content())
            assert addresses and all(address.startswith(f"{world.settings.public_url}/") for address in addresses)
        for invitation in (each for each in mail.walk() if each.get_content_type() == "text/calendar"):
            unfolded = invitation.get_content().replace("\r\n ", "")
            assert re.search(f"^URL.*:{world.settings.public_url}/sessions/meetings/[0-9a-f-]+\r?$", unfolded, re.MULTILINE)


def story_email(story, name):
    return story.world.houses["pairing"].database["accounts"].find_one({"_id": story.who[name].id})["email"]


@pytest.mark.parametrize(
    "path",
    ["../reader.py", "..%2freader.py", "%2e%2e/reader.py", "..\\reader.py", "look.css%00", "/etc/passwd", "./look.css/../../x", "locale"],
)
@pytest.mark.parametrize("service", ["pairing", "sessions", "feedback", "notifications"])
def test_static_files_are_those_of_the_folder(story, service, path):
    environ = create_environ("/x")
    for written in (path, path.replace("%2f", "/").replace("%2e", ".").replace("%00", "\0")):
        environ["PATH_INFO"] = f"/{service}/static/{written}"
        assert run_wsgi_app(story.world.site, environ, buffered=True)[1].startswith(("404", "308")), written
    assert story.world.nobody().page(f"/{service}/static/look.css").status_code == 200


def test_a_header_does_not_change_the_method(story):
    mentor, path = story.who["mentor"], f"/pairing/api/pairings/{story.a.pairing['id']}"
    before = story.world.digest()
    for name in ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"):
        assert mentor.api("GET", f"{path}/accept", headers={name: "POST"}).status_code == 405
        assert mentor.api("POST", path, headers={name: "GET"}).status_code == 405
        assert mentor.api("GET", f"{path}/accept", query_string={"_method": "POST"}).status_code == 405
    for method in ("TRACE", "CONNECT", "PROPFIND", "FOO"):
        assert mentor.api(method, path).status_code == 405
    assert story.world.digest() == before


def test_an_odd_link_signs_nobody_in(story):
    good = new_link(story)
    for link in (f"{good}%0d%0a", f"{good}/..", f"%00{good}", good.replace(".", "%2e%2e"), good.upper()):
        assert story.world.nobody().submit(f"/pairing/sign-in/{link}").status_code in (403, 404), link
    assert story.world.nobody().submit(f"/pairing/sign-in/{good}").status_code == 303
