"""One person who uses the public API of an instance, signed in by a one-time link from a mail."""

import time
import uuid
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import httpx

from embedded.problems import Problem

T = TypeVar("T")
PATIENCE_SECONDS = 60.0
BUSY = (429, 502, 503, 504)


class Visitor:
    """Somebody with a bearer token; every refusal is a `Problem` with the server's own sentence."""

    def __init__(self, url: str) -> None:
        self._client = httpx.Client(base_url=url, timeout=60.0)

    def sign_in(self, link: str) -> "Visitor":
        """Uses up a one-time link and keeps the tokens it gives."""
        self._keep(self.post("/pairing/api/tokens", {"token": link.rsplit("/", 1)[1].split("?")[0]}))
        return self

    def renew(self) -> None:
        """Fetches a token with the present roles and programmes."""
        self._keep(self.post("/pairing/api/tokens/renew", {"renewal_token": self._renewal}))

    def _keep(self, admission: dict[str, Any]) -> None:
        self._renewal = admission["renewal_token"]
        self._client.headers["Authorization"] = f"Bearer {admission['access_token']}"

    def get(self, path: str, **query: Any) -> Any:
        """The JSON of a GET."""
        return self._ask("GET", path, params=query).json()

    def text(self, path: str) -> str:
        """The text of a GET."""
        return self._ask("GET", path).text

    def every(self, path: str, **query: Any) -> Iterator[dict[str, Any]]:
        """All items of a list, page by page."""
        cursor: dict[str, str] = {}
        while True:
            page = self.get(path, limit=200, **query, **cursor)
            yield from page["items"]
            if not page["next"]:
                return
            cursor = {"cursor": page["next"]}

    def post(self, path: str, body: Any = None, **options: Any) -> Any:
        """The JSON of a POST."""
        answer = self._ask("POST", path, json=body, **options) if body is not None else self._ask("POST", path, **options)
        return answer.json() if answer.content.strip() else None

    def _ask(self, method: str, path: str, **options: Any) -> httpx.Response:
        """Asks again while the server is busy or out of reach, with the same key, so that nothing is done twice; a minute at most."""
        headers = {"Idempotency-Key": uuid.uuid4().hex} if method == "POST" else {}
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            answer = self._reach(method, path, headers=headers, **options)
            if answer is not None and answer.status_code not in BUSY:
                break
            if time.monotonic() > until:
                raise Problem(f"{method} {path} got no answer for {PATIENCE_SECONDS:.0f} s.", "Look at `make status` and `make logs`.")
            time.sleep(min(5.0, float(answer.headers.get("Retry-After", 1)) if answer else 0.5))
        if answer.is_error:
            detail = answer.json().get("detail", "") if "json" in answer.headers.get("content-type", "") else answer.reason_phrase
            raise Problem(f"{method} {path} was refused with {answer.status_code}: {detail}", "Look at `make logs`.", [answer.text[:500]])
        return answer

    def _reach(self, method: str, path: str, **options: Any) -> httpx.Response | None:
        try:
            return self._client.request(method, path, **options)
        except httpx.TransportError:
            return None

    def close(self) -> None:
        """Ends the connections."""
        self._client.close()


def when(ready: Callable[[], T | None], what: str, seconds: float = PATIENCE_SECONDS) -> T:
    """What `ready` gives once it gives something; raises `Problem` when it takes longer than `seconds`."""
    until = time.monotonic() + seconds
    while True:
        found = ready()
        if found:
            return found
        if time.monotonic() > until:
            raise Problem(f"{what} did not arrive within {seconds:.0f} s.", "Look at `make status` and `make logs`.")
        time.sleep(0.2)
