"""No dead links: everything that a coordinator, a mentor or a mentee can reach by links answers, downloads included."""

import re
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import httpx
import pytest

NAME = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32}")
LIKE_EACH_OTHER = 6
"""How many pages of one kind, such as people's, are followed; they are made by the same template."""


class Links(HTMLParser):
    """The addresses that a page leads to, and the places inside it that links may name."""

    def __init__(self, text):
        super().__init__()
        self.addresses, self.places = [], {""}
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        known = dict(attributes)
        self.addresses += [known[name] for name in ("href", "src") if known.get(name)]
        if tag == "form" and known.get("method") == "get":
            self.addresses.append(known["action"])
        self.places.add(known.get("id"))


def crawl(http, start):
    """Follows every link; gives what was opened, by kind, and what is wrong with which link."""
    seen, kinds, wrong, wave = {start}, {}, [], [(start, "the start")]
    with ThreadPoolExecutor(4) as hands:
        while wave:
            answers = list(hands.map(lambda step: http.get(step[0]), wave))
            found = []
            for (path, origin), answer in zip(wave, answers, strict=True):
                if answer.status_code >= 400:
                    wrong.append(f"{path} on {origin}: {answer.status_code}")
                if "text/html" in answer.headers["content-type"]:
                    page = Links(answer.text)
                    found += [(address, path, page.places) for address in page.addresses]
            wave = []
            for address, origin, places in found:
                whole = urlsplit(urljoin(f"http://here{origin}", address))
                if whole.netloc != "here":
                    wrong.append(f"{address} on {origin} leads elsewhere")
                    continue
                if address.startswith("#") and whole.fragment not in places:
                    wrong.append(f"{address} on {origin}: no such place")
                path = whole._replace(scheme="", netloc="", fragment="").geturl()
                kind = NAME.sub("…", path)
                if path not in seen and kinds.get(kind, 0) < LIKE_EACH_OTHER:
                    seen.add(path)
                    kinds[kind] = kinds.get(kind, 0) + 1
                    wave.append((path, origin))
    return kinds, wrong


@pytest.mark.parametrize(
    ("who", "reached"),
    [
        (
            "staff",
            ("/pairing/people/…", "/pairing/matching/…", "/sessions/meetings/…", "/feedback/rounds/…", "/notifications/reports/….csv"),
        ),
        ("mentor tomorrow", ("/sessions/meetings/….ics", "/notifications/messages", "/pairing/pairings/…")),
        ("mentee tomorrow", ("/sessions/meetings/….ics", "/feedback/rounds/…", "/feedback/who-sees-what")),
    ],
)
def test_every_link_answers(scene, running, who, reached):
    with httpx.Client(base_url=running.url, cookies={"fabconnect": scene.token(who)}, follow_redirects=True, timeout=60) as http:
        kinds, wrong = crawl(http, "/pairing/")
    assert not wrong
    assert set(reached) <= set(kinds)
