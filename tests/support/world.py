"""One instance with all four services in this process: events pass from outbox to handler without a broker, mail is kept."""

import contextlib
import re
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

from werkzeug.test import Client, TestResponse

from chassis import mail
from chassis.config import Settings
from chassis.delivery import Delivery
from chassis.inbox import handle
from chassis.outbox import ORDER
from chassis.transaction import connect, transact
from chassis.web import stores
from chassis.web.application import NotKept
from contracts.envelope import decode
from contracts.people import PersonErased
from feedback.app import SERVICE as FEEDBACK
from feedback.app import create_app as create_feedback
from notifications.app import SERVICE as NOTIFICATIONS
from notifications.app import create_app as create_notifications
from pairing.accounts.commands import admit
from pairing.accounts.repository import ACCOUNTS
from pairing.app import SERVICE as PAIRING
from pairing.app import create_app as create_pairing
from sessions.app import SERVICE as SESSIONS
from sessions.app import create_app as create_sessions
from support.house import House

SERVICES = (
    (PAIRING, create_pairing),
    (SESSIONS, create_sessions),
    (FEEDBACK, create_feedback),
    (NOTIFICATIONS, create_notifications),
)
CSRF = re.compile('name="csrf_token" value="([0-9a-f]{64})"')
LOOKED_AT = {"limits", "heartbeats"}
"""Collections that requests may touch although nothing happened."""


class Visitor:
    """One person's API client and browser, for all services at one address; nobody, until signed in."""

    def __init__(self, world: "World", person_id: str = "", token: str = "", renewal: str = "") -> None:
        self.world, self.id, self.token, self.renewal = world, person_id, token, renewal
        self.client, self._csrf = Client(world.site, TestResponse), ""
        if token:
            self.client.set_cookie("fabconnect", token)
        if renewal:
            self.client.set_cookie("fabconnect_renewal", renewal, path="/pairing")

    def api(self, method: str, path: str, **options: Any) -> TestResponse:
        """A request to the API, with the bearer token and no cookie."""
        bearer = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        headers = bearer | options.pop("headers", {})
        return Client(self.world.site, TestResponse).open(path, method=method, headers=headers, **options)

    def page(self, path: str, **options: Any) -> TestResponse:
        """A page, with the cookies and no bearer token."""
        return self.client.get(path, **options)

    def again(self) -> "Visitor":
        """The same person at another browser that shares the sign-in: what one request does to its cookies, the next does not see."""
        other = Visitor(self.world, self.id, self.token, self.renewal)
        other._csrf = self.csrf() if self.token else ""
        return other

    def csrf(self) -> str:
        """The token that this browser's forms carry, in every service."""
        if not self._csrf:
            self._csrf = CSRF.search(self.client.get("/pairing/privacy" if self.token else "/pairing/sign-in").text)[1]
        return self._csrf

    def submit(self, path: str, form: dict[str, Any] | None = None, **options: Any) -> TestResponse:
        """A form of the site, filled in and sent."""
        return self.client.post(path, data={**(form or {}), "csrf_token": self.csrf()}, **options)


class World:
    """The services of one instance, and what happened in it."""

    def __init__(self, settings: Settings) -> None:
        self.settings, self.database_client = settings, connect(settings)
        self.mails: list[Any] = []
        with patch("support.house.connect", lambda _settings: self.database_client):
            self.houses = {service.name: House(service, create_app, settings) for service, create_app in SERVICES}
        for house in self.houses.values():
            stores.prepare(house.database)
            house.app._database = house.database

    def site(self, environ: dict[str, Any], start_response: Any) -> Any:
        """The four applications under their paths."""
        return self.app_of(environ.get("PATH_INFO", "/"))(environ, start_response)

    def app_of(self, path: str) -> Any:
        """The application that answers for this path."""
        return self.houses.get(path.split("/")[1] if path.count("/") else "", self.houses["pairing"]).app

    def nobody(self) -> Visitor:
        """A browser or client that is not signed in."""
        return Visitor(self)

    def sign_in(self, person_id: str) -> Visitor:
        """The person with a token and a renewal token as the service gives them out now."""
        admission = self.houses["pairing"].do(lambda uow: admit(uow, uow.get(ACCOUNTS, person_id)))
        return Visitor(self, person_id, admission.access_token, admission.renewal_token)

    def settle(self) -> None:
        """Hands every event to the services that handle it and runs all jobs that are due, until nothing is left to do."""
        while self._pass_on() or self._run_due():
            pass

    def _run_due(self) -> int:
        """How many services had a job that was due, and ran it."""
        with patch.object(mail, "send", lambda _settings, message: self.mails.append(message)):
            return sum(house.tick() for house in self.houses.values())

    def _pass_on(self) -> int:
        count = 0
        for house in self.houses.values():
            entries = list(house.database["outbox"].find({"published_at": None}, sort=ORDER))
            deliveries = [_delivery(entry) for entry in entries]
            for other in self.houses.values():
                self._deliver(other, [each for each in deliveries if type(each.event) in other.service.handlers])
            house.database["outbox"].update_many({"_id": {"$in": [entry["_id"] for entry in entries]}}, [{"$set": {"published_at": "$at"}}])
            count += len(entries)
        return count

    @staticmethod
    def _deliver(house: House, deliveries: list[Delivery]) -> None:
        if deliveries:
            transact(house.database, house.settings, house.service.name, lambda uow: handle(house.service, uow, deliveries))

    @contextlib.contextmanager
    def rehearsal(self) -> Iterator[None]:
        """Requests inside run whole, up to the last write of their transaction, which is then taken back: the world stays as it is."""
        with contextlib.ExitStack() as stack:
            for house in self.houses.values():
                stack.enter_context(patch.object(house.app, "_attempt", _not_kept(house.app._attempt)))
            yield

    def digest(self) -> dict[str, str]:
        """A fingerprint of each collection that holds anything but counters."""
        found = {}
        for name, house in self.houses.items():
            hashes = house.database.command("dbHash")["collections"]
            found |= {f"{name}.{each}": value for each, value in hashes.items() if each not in LOOKED_AT}
        return found

    def close(self) -> None:
        """Ends what was started and drops the databases."""
        for house in self.houses.values():
            self.database_client.drop_database(house.database.name)
        self.database_client.close()


def _delivery(entry: dict[str, Any]) -> Delivery:
    """An outbox entry as a consumer gets it; one without a value is a person's tombstone."""
    if entry["value"] is None:
        return Delivery(None, f"erased:{entry['key']}", PersonErased(person_id=entry["key"]))
    told = decode(bytes(entry["value"]))
    return Delivery(None, told.id, told.event, told.aggregate_version, told.correlation_id)


def _not_kept(attempt: Any) -> Any:
    def rehearse(route: Any, uow: Any) -> Any:
        response = attempt(route, uow)
        if uow.session is None:
            return response
        uow.flush()
        raise NotKept(response)

    return rehearse
