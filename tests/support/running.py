"""A running instance as a test uses it: API clients with tokens of anybody, and the databases to count effects in."""

import os
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

import httpx
from pymongo import MongoClient

from chassis.auth import token_for
from chassis.config import Settings
from embedded.run import Instance
from support.cohort import table
from support.pairs import of_two

REPEATABLE = {408, 429, 500, 502, 503, 504}


class Running:
    """An instance and everything a test does with it."""

    def __init__(self, instance: Instance) -> None:
        self.instance, self.url = instance, instance.url
        with patch.dict(os.environ, instance.environment):
            self.settings = Settings.from_environment()
        self.mongo: MongoClient[dict[str, Any]] = MongoClient(instance.mongo_url, tz_aware=True)
        self.http = httpx.Client(base_url=self.url, timeout=30, limits=httpx.Limits(max_connections=50))

        instance.sign_in_link()
        self.staff: str = self.database("pairing")["accounts"].find_one({"roles": "administrator"})["_id"]

    def database(self, service: str) -> Any:
        return self.mongo[self.settings.database_name(service)]

    def headers(self, person_id: str, *roles: str, programmes: tuple[str, ...] = ()) -> dict[str, str]:
        token = token_for(self.settings, person_id, roles=roles, programmes=programmes)
        return {"Authorization": f"Bearer {token}"}

    def stubborn(self, path: str, headers: dict[str, str], body: Any = None, patience: float = 120) -> httpx.Response:
        """Posts until the server gives a final answer, with one Idempotency-Key all the while, as a good client does."""
        key = {"Idempotency-Key": str(uuid.uuid4())}
        until = time.monotonic() + patience
        while True:
            try:
                answer = self.http.post(path, headers=headers | key, json=body if body is not None else {})
                if answer.status_code not in REPEATABLE:
                    return answer
            except httpx.TransportError:
                pass
            assert time.monotonic() < until, f"{path} got no final answer"
            time.sleep(0.1)

    def programme(self) -> tuple[str, dict[str, str]]:
        """A fresh programme of three months and the headers of its coordinator."""
        today, coordinator = datetime.now(UTC).date(), self.staff
        body = {
            "name": f"Cohort {uuid.uuid4().hex[:6]}", "starts_on": today.isoformat(), "ends_on": (today + timedelta(days=90)).isoformat(),
            "languages": ["en"], "time_zone": "Europe/Amsterdam",
        }  # fmt: skip
        made = self.stubborn("/pairing/api/programmes", self.coordinator(coordinator), body)
        assert made.status_code == 201, made.text
        programme_id = made.json()["id"]
        return programme_id, self.coordinator(coordinator, programme_id)

    def coordinator(self, person_id: str, *programmes: str) -> dict[str, str]:
        return self.headers(person_id, "coordinator", programmes=programmes)

    def import_people(self, programme_id: str, headers: dict[str, str], role: str, content: bytes) -> dict[str, Any]:
        query = {"programme_id": programme_id, "role": role, "confirm": "true"}
        answer = self.http.post("/pairing/api/imports", params=query, headers=headers, files={"file": ("people.csv", content, "text/csv")})
        assert answer.status_code == 200, answer.text
        return answer.json()

    def proposed(self, pairs: int) -> tuple[str, dict[str, str], list[dict[str, Any]]]:
        """A programme with this many proposed pairs, nobody has answered yet."""
        programme_id, headers = self.programme()
        for role in ("mentor", "mentee"):
            self.import_people(programme_id, headers, role, table(role, pairs))
        run = self.http.post("/pairing/api/match-runs", headers=headers, json={"programme_id": programme_id}).json()
        published = self.http.post(f"/pairing/api/match-runs/{run['id']}/publish", headers=headers)
        assert published.status_code == 200, published.text
        found = list(map(of_two, self.database("pairing")["pairings"].find({"programme_id": programme_id})))
        assert len(found) == pairs
        return programme_id, headers, found

    def close(self) -> None:
        self.http.close()
        self.mongo.close()


def eventually(true: Callable[[], Any], seconds: float = 60, what: Callable[[], Any] = lambda: "") -> Any:
    """What `true` gives once it gives something; fails after `seconds`."""
    until = time.monotonic() + seconds
    while not (found := true()):
        assert time.monotonic() < until, f"not within {seconds} s: {what()}"
        time.sleep(0.1)
    return found
