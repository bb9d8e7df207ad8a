"""Searches everything that an instance keeps for texts: every document as it lies in the database, every record of every topic."""

import json
import time
from collections.abc import Iterator
from typing import Any

from bson.codec_options import CodecOptions
from bson.raw_bson import RawBSONDocument
from kafka.admin import ConfigResource, KafkaAdminClient

from chassis.broker import make_producer
from chassis.dead_letters import read_whole
from chassis.relay import Relay
from contracts.topics import SERVICES, dead_letter_topic, events_topic, people_topic
from support.world import World

RAW: CodecOptions[Any] = CodecOptions(document_class=RawBSONDocument)


def forms(text: str) -> set[bytes]:
    """How a text may be written: as it is, in small letters, and escaped as JSON does."""
    return {form.encode() for way in (text, text.casefold()) for form in (way, json.dumps(way)[1:-1])}


def found_in(content: bytes | None, texts: tuple[str, ...]) -> list[str]:
    """Those of the texts that occur in the content, in any case."""
    whole = bytes(content or b"")
    small = whole + b"\n" + whole.lower()
    return [text for text in texts if any(form in small for form in forms(text))]


def in_databases(world: World, texts: tuple[str, ...]) -> dict[str, list[str]]:
    """Collection to the texts that lie in it, over every collection of every database of the instance."""
    found: dict[str, list[str]] = {}
    client, prefix = world.database_client, f"{world.settings.instance}_"
    for name in (each for each in client.list_database_names() if each.startswith(prefix)):
        for collection in client[name].list_collection_names():
            for document in client[name].get_collection(collection, codec_options=RAW).find():
                if hits := found_in(document.raw, texts):
                    found.setdefault(f"{name.removeprefix(prefix)}.{collection}", []).extend(hits)
    return found


def publish(world: World) -> None:
    """Puts the outboxes, as they are now, onto the real topics; the world had passed the events on without a broker."""
    for name, house in world.houses.items():
        house.database["outbox"].update_many({}, {"$set": {"published_at": None}})
        relay = Relay(name, house.database, world.settings)
        while relay.step():
            pass
        relay.close()


def topics(world: World) -> Iterator[tuple[str, Any]]:
    """Every record of every topic of the instance, with the topic's name."""
    instance = world.settings.instance
    names = [people_topic(instance), *(make(instance, service) for make in (events_topic, dead_letter_topic) for service in SERVICES)]
    for name in names:
        yield from ((name, record) for record in read_whole(world.settings, name))


def compact(world: World) -> None:
    """Has the broker compact the people topic as soon as it can, which it otherwise does within the hour, and ends its open segments."""
    topic = people_topic(world.settings.instance)
    at_once = {"segment.ms": "100", "min.cleanable.dirty.ratio": "0", "max.compaction.lag.ms": "100"}
    admin = KafkaAdminClient(bootstrap_servers=world.settings.kafka_bootstrap)
    admin.alter_configs([ConfigResource("TOPIC", topic, configs=at_once)])
    admin.close()
    producer = make_producer(world.settings)
    for _ in range(3):
        time.sleep(0.2)
        for partition in range(world.settings.kafka_partitions):
            producer.send(topic, key=b"nobody", value=b"{}", partition=partition).get(15)
    producer.close()
