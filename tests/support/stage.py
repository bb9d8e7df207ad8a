"""Two small services with the real contracts: one says that pairings were accepted, the other writes one effect for each."""

import threading
import time
from dataclasses import dataclass

from chassis import migrations
from chassis.consumer import Consumer
from chassis.relay import Relay
from chassis.repository import Collection
from chassis.service import Service
from chassis.transaction import connect, transact
from contracts.pairing import PairingAccepted, PairingLapsed


@dataclass
class Pair:
    """An aggregate that speaks."""

    id: str
    version: int = 0
    state: str = "proposed"

    def accept(self):
        self.state = "active"
        return said(self.id)


@dataclass
class Effect:
    """What the other service makes of an event."""

    id: str
    version: int = 0
    state: str = "planned"


PAIRS = Collection("pairs", Pair)
EFFECTS = Collection("effects", Effect)


def said(pairing_id):
    return PairingAccepted(pairing_id=pairing_id, programme_id="p", mentor_id="m", mentee_id="e", model="structured", format="online")


def lapsed(pairing_id):
    return PairingLapsed(pairing_id=pairing_id, programme_id="p", mentor_id="m", mentee_id="e")


def plan(uow, event):
    uow.add(EFFECTS, Effect(event.pairing_id))


SPEAKER = Service(name="pairing", collections=(PAIRS,))
LISTENER = Service(name="sessions", collections=(EFFECTS,), handlers={PairingAccepted: plan})


class Stage:
    """Both services of one instance, with their parts driven by the test."""

    def __init__(self, settings):
        self.settings, self.client = settings, connect(settings)
        self.speaker = self.client[settings.database_name("pairing")]
        self.listener = self.client[settings.database_name("sessions")]
        migrations.migrate(SPEAKER, self.speaker, settings)
        migrations.migrate(LISTENER, self.listener, settings)
        self.relay = Relay("pairing", self.speaker, settings)
        self.consumer = Consumer(LISTENER, self.listener, settings)
        self.stop = threading.Event()

    def listen_with(self, **handlers):
        service = Service(name="sessions", collections=(EFFECTS,), handlers=handlers["handlers"])
        self.consumer = Consumer(service, self.listener, self.settings)
        return service

    def accept(self, *ids, now=None):
        def work(uow):
            for pairing_id in ids:
                pair = uow.add(PAIRS, Pair(pairing_id))
                uow.emit(pair, pair.accept())

        transact(self.speaker, self.settings, "pairing", work, now=now)

    def relay_all(self):
        while self.relay.step():
            pass

    def consume_until(self, done, seconds=20):
        deadline = time.monotonic() + seconds
        while not done():
            assert time.monotonic() < deadline, "the events did not arrive in time"
            self.consumer.step(self.stop)

    def effects(self):
        return sorted(document["_id"] for document in self.listener["effects"].find())

    def waiting(self):
        return self.speaker["outbox"].count_documents({"published_at": None})

    def close(self):
        self.stop.set()
        self.relay.close()
        self.consumer.close()
        self.client.close()
