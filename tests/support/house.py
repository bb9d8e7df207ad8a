"""One real service with its database: hears events as its consumer does, answers HTTP, and shows what it says to others."""

import functools
import re
import uuid
from datetime import datetime
from typing import Any

from chassis import migrations
from chassis.auth import Verifier, token_for
from chassis.clock import Clock
from chassis.delivery import Delivery
from chassis.inbox import handle
from chassis.transaction import connect, transact
from chassis.web.limits import MinuteCounter
from contracts.envelope import decode
from contracts.people import PersonErased


class House:
    """A service of one instance, driven by the test."""

    def __init__(self, service, create_app, settings):
        self.service, self.settings, self.client = service, settings, connect(settings)
        self.database = self.client[settings.database_name(service.name)]
        migrations.migrate(service, self.database, settings)
        self.app = application(create_app, settings)
        self.clock, self.slow_clock = (Clock(service, self.database, settings, slow=slow) for slow in (False, True))

    def hear(self, *events: Any, now: datetime | None = None, version: int = 1, ids: list[str] | None = None) -> list[str]:
        """Applies events in one batch, as the consumer does; gives their ids, to deliver them again."""
        given = ids or [str(uuid.uuid4()) for _ in events]
        deliveries = [Delivery(None, id, event, version, "", "") for id, event in zip(given, events, strict=True)]
        transact(self.database, self.settings, self.service.name, lambda uow: handle(self.service, uow, deliveries), now=now)
        return given

    def do(self, command, *arguments, now: datetime | None = None, **more) -> Any:
        """Runs one command in its transaction."""
        return transact(self.database, self.settings, self.service.name, lambda uow: command(uow, *arguments, **more), now=now)

    def said(self) -> list[Any]:
        """The events in the outbox, in the order in which they leave."""
        entries = self.database["outbox"].find(sort=[("at", 1), ("version", 1), ("seq", 1)])
        return [decode(bytes(entry["value"])).event if entry["value"] else PersonErased(person_id=entry["key"]) for entry in entries]

    def work_off(self, *names: str) -> int:
        """Runs all jobs, or those of these names, as if their time had come; gives how many there were."""
        jobs, wanted = self.database["jobs"], {"job": {"$in": names}} if names else {}
        waiting = jobs.count_documents(wanted)
        jobs.update_many(wanted, [{"$set": {"due": {"$subtract": ["$due", 366 * 86_400_000]}}}])
        while self.tick():
            pass
        return waiting

    def tick(self) -> bool:
        """Runs one job that is due; False when none is."""
        return self.clock.step() or self.slow_clock.step()

    def caller(self, person_id: str, *roles: str, programmes=(), **more) -> "Caller":
        """Somebody who is signed in."""
        token = token_for(self.settings, person_id, roles=roles, programmes=programmes, **{"sid": "one", **more})
        return Caller(self.app.test_client(), token)

    def close(self) -> None:
        self.app.database.client.close()
        self.client.close()


@functools.lru_cache(maxsize=8)
def _made(create_app, settings):
    return create_app(settings)


def application(create_app, settings):
    """The application of a service, as if just made: making it and its templates anew takes a quarter of a second every time."""
    app = _made(create_app, settings)
    app._database, app.counter, app.verifier = None, MinuteCounter(), Verifier(settings.keys_dir, settings.instance)
    app.__dict__.pop("limiter", None)
    return app


class Caller:
    """One person's API client and browser."""

    def __init__(self, client, token):
        self.client, self.bearer = client, {"Authorization": f"Bearer {token}"}
        client.set_cookie("fabconnect", token)

    def get(self, path, **more):
        return self.client.get(path, headers=self.bearer, **more)

    def post(self, path, body=None):
        return self.client.post(path, json=body, headers=self.bearer)

    def page(self, path):
        return self.client.get(path)

    def submit(self, path, form, on):
        """Sends a form with the token that the page `on` carries."""
        token = re.search(r'name="csrf_token" value="([0-9a-f]+)"', self.client.get(on).text)
        return self.client.post(path, data={**form, "csrf_token": token.group(1)})
