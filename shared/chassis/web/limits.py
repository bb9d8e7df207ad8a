"""How often somebody may ask: a generous count per minute in this process, a strict one in MongoDB for routes that ask for it."""

import hashlib
import hmac
import json
import time
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any, TypeVar

from flask import current_app, g, request
from limits import RateLimitItem, parse
from limits.storage import MongoDBStorage
from limits.strategies import FixedWindowRateLimiter

from chassis.web.problems import ADVICE, Problem
from chassis.web.stores import LIMITS

PER_ADDRESS, PER_PERSON = 600, 12_000
"""Requests per minute and process, of an address where nobody is signed in, and of a signed-in person."""
NETWORK_BITS = 64
"""Of an IPv6 address (RFC 4291): the other half a machine chooses itself, anew as often as it likes."""
V = TypeVar("V", bound=Callable[..., Any])


class MinuteCounter:
    """Counts per key within the present minute; forgets all when the minute is over. It may let a few more pass at the turn of it."""

    def __init__(self) -> None:
        self._minute = 0
        self._counts: dict[str, int] = {}

    def hit(self, key: str, most: int) -> int:
        """Counts once; 0, or the seconds until the next minute when there were more than `most`."""
        now = time.time()
        if int(now // 60) != self._minute:
            self._minute, self._counts = int(now // 60), {}
        counts = self._counts
        counts[key] = counts.get(key, 0) + 1
        return 0 if counts[key] <= most else 60 - int(now % 60)


class SharedStorage(MongoDBStorage):
    """The `limits` storage on the application's own database connection."""

    def __init__(self, database: Any) -> None:
        super().__init__("mongodb://", database_name=database.name, counter_collection_name=LIMITS, window_collection_name="limit_windows")
        self._client = database.client

    def _init_mongo_client(self, uri: str | None, **options: Any) -> Any:
        return self._client

    def __del__(self) -> None:
        """Leaves the connection open: it is the application's."""


def sensitive(limit: str, key: Callable[[], str] = lambda: "") -> Callable[[V], V]:
    """Limits a view over all processes, for example `@sensitive("5 per 15 minutes", key=lambda: request.form.get("email", ""))`.

    Counted apart for every value of `key`; without one, for every caller. Several may stand above each other: each of them is kept.
    """
    item = parse(limit)

    def mark(view: V) -> V:
        view.sensitive = ((item, key), *getattr(view, "sensitive", ()))  # type: ignore[attr-defined]
        return view

    return mark


def posted(name: str) -> Callable[[], str]:
    """A key for `sensitive`: the text that the request's form or JSON object gives under this name, or ""."""

    def read() -> str:
        if not request.is_json:
            return request.form.get(name, "")
        try:
            sent = json.loads(request.get_data(cache=True))
        except (ValueError, RecursionError):
            return ""
        found = sent.get(name) if isinstance(sent, dict) else None
        return found if isinstance(found, str) else ""

    return read


def check_rate(counter: MinuteCounter) -> None:
    """Counts this request; raises a 429 with Retry-After when there were too many."""
    who = g.get("principal")
    wait = counter.hit(who.id, PER_PERSON) if who else counter.hit(f"address {_caller()}", PER_ADDRESS)
    if wait:
        raise _too_many(wait)


def check_sensitive(limiter: FixedWindowRateLimiter, item: RateLimitItem, key: Callable[[], str]) -> None:
    """Counts this request in the database; raises a 429 with Retry-After when there were too many. Keys are stored hashed."""
    who = g.get("principal")
    given = key().strip().casefold()
    named = f"key {given}" if given else f"person {who.id}" if who else f"address {_caller()}"
    secret: bytes = current_app.secret  # type: ignore[attr-defined]
    hidden = hmac.new(secret, f"limit|{request.endpoint}|{named}".encode("utf-8", "replace"), hashlib.sha256).hexdigest()
    if not limiter.hit(item, hidden):
        raise _too_many(max(1, int(limiter.get_window_stats(item, hidden).reset_time - time.time()) + 1))


def _caller() -> str:
    """Where the request comes from: an IPv4 address, or the network of an IPv6 address."""
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return request.remote_addr or ""
    if not isinstance(address, IPv6Address):
        return str(address)
    return str(address.ipv4_mapped or ip_network((int(address), NETWORK_BITS), strict=False))


def _too_many(wait: int) -> Problem:
    return Problem(429, "too-many-requests", ADVICE[429], {"Retry-After": str(wait)})
