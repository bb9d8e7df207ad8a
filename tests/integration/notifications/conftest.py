"""A notifications service without broker: events are handed to it as by its consumer, its clock is turned by hand, mail goes to a sink."""

import uuid
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import SimpleNamespace
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from backends.process import free_port
from chassis import migrations
from chassis.clock import Clock
from chassis.delivery import Delivery
from chassis.inbox import handle
from chassis.transaction import connect, transact
from contracts.pairing import ProgrammeChanged
from contracts.people import PersonChanged
from notifications.app import SERVICE, create_app
from support.house import application


class Sink:
    """A mail server that keeps what it takes; `replies` are given first, one per recipient, instead of "250 OK"."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.replies: list[str] = []
        self.port = 0

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        reply = self.replies.pop(0) if self.replies else "250 OK"
        if reply.startswith("250"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.taken.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 taken"

    def to(self, address: str) -> list[EmailMessage]:
        return [message for message in self.taken if message["To"] == address]


@pytest.fixture
def instance(emptied_instance):
    """One instance for all tests of this folder, emptied after each."""
    return emptied_instance


@pytest.fixture(scope="session")
def mail_server() -> Iterator[Sink]:
    """The mail server of all tests of this folder."""
    kept = Sink()
    controller = Controller(kept, hostname="127.0.0.1", port=free_port())
    controller.start()
    kept.port = controller.port
    yield kept
    controller.stop()


@pytest.fixture
def sink(mail_server: Sink) -> Sink:
    """The mail server, which took nothing yet and takes everything."""
    mail_server.taken, mail_server.replies = [], []
    return mail_server


class Notifications:
    """One instance's service, its events given by hand."""

    def __init__(self, settings: Any) -> None:
        self.settings, self.client = settings, connect(settings)
        self.database = self.client[settings.database_name("notifications")]
        migrations.migrate(SERVICE, self.database, settings)
        self.versions: dict[str, int] = {}

    def delivery(self, event: Any, version: int | None = None) -> Delivery:
        """The event as it would arrive, with an id of its own."""
        key = getattr(event, type(event).KEY_FIELD)
        self.versions[key] = version or self.versions.get(key, 0) + 1
        return Delivery(None, str(uuid.uuid4()), event, self.versions[key])

    def hear(self, *events: Any) -> None:
        """Applies events in one batch."""
        self.apply([self.delivery(event) for event in events])

    def apply(self, deliveries: Iterable[Delivery], now: datetime | None = None) -> None:
        """Applies deliveries in one transaction, as the consumer does."""
        batch = list(deliveries)
        transact(self.database, self.settings, "notifications", lambda uow: handle(SERVICE, uow, batch), now=now)

    def tick(self) -> None:
        """Runs all jobs that are due."""
        clock = Clock(SERVICE, self.database, self.settings)
        while clock.step():
            pass

    def hurry(self) -> None:
        """Makes every waiting job due."""
        self.database["jobs"].update_many({}, {"$set": {"due": datetime.now(UTC) - timedelta(seconds=1)}})

    def messages(self, **filter: Any) -> list[dict[str, Any]]:
        return list(self.database["messages"].find(filter))

    def published(self) -> list[str]:
        return sorted(entry["key"] for entry in self.database["outbox"].find({"type": "message.sent"}))


@pytest.fixture
def notifications(make_settings: Any, sink: Sink) -> Iterator[Notifications]:
    made = Notifications(
        make_settings(smtp_url=f"smtp://127.0.0.1:{sink.port}", public_url="https://firda.example.org", instance_name="FabConnect Firda")
    )
    yield made
    made.client.close()


@pytest.fixture
def client(notifications: Notifications) -> Any:
    return application(create_app, notifications.settings).test_client()


@pytest.fixture
def cast() -> SimpleNamespace:
    """Ids of a programme and its people, and the events that introduce them."""
    ids = {name: str(uuid.uuid4()) for name in ("programme", "pairing", "meeting", "round", "run", "niamh", "sigga", "marit")}
    people = {
        "niamh": ("Niamh", "en", "Europe/Dublin", "mentor"),
        "sigga": ("Sigríður", "is", "Atlantic/Reykjavik", "mentee"),
        "marit": ("Marit", "nl", "Europe/Amsterdam", "coordinator"),
    }
    persons = {
        name: PersonChanged(
            person_id=ids[name],
            roles=(role,),
            given_name=given,
            family_name="X",
            email=f"{name}@example.org",
            language=language,
            time_zone=zone,
            programme_ids=(ids["programme"],),
        )
        for name, (given, language, zone, role) in people.items()
    }
    programme = ProgrammeChanged(
        programme_id=ids["programme"],
        name="Autumn 2026",
        starts_on=date(2026, 9, 1),
        ends_on=date(2027, 2, 26),
        language="nl",
        time_zone="Europe/Amsterdam",
        cadence="fortnightly",
        meeting_minutes=60,
    )
    pair = {"pairing_id": ids["pairing"], "programme_id": ids["programme"], "mentor_id": ids["niamh"], "mentee_id": ids["sigga"]}
    return SimpleNamespace(**ids, persons=persons, introduction=(programme, *persons.values()), pair=pair)
