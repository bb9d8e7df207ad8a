"""After an erasure nothing of the person is left: not in any database of the instance, not on any topic, not in any log.

Two things are outside. The mail that was sent lies with its receivers. What she answered in a feedback round stays, since nobody can
find out whose it was; so what she says there is not among the texts that are searched for.
"""

import re

from backends.backend import Backend
from contracts.topics import people_topic
from support.farewell import EMAIL, FAMILY, GIVEN, MENTOR_WORDS, NEEDLES, WORDS, letters_to, live, ok
from support.recorded import recorded
from support.running import eventually
from support.searched import compact, found_in, in_databases, publish, topics
from support.seen import text_of
from support.world import World

COMPACTING = ("containers", "kafka")
"""Back ends whose broker compacts; the embedded one keeps its log in memory, whole, until it stops: there the last record counts."""

HELD = {
    "pairing.people", "pairing.accounts", "pairing.change_requests", "pairing.import_drafts", "pairing.outbox",
    "sessions.people", "sessions.meetings", "sessions.idempotency", "notifications.people",
}  # fmt: skip
"""Where she is before."""


def test_nothing_of_an_erased_person_is_left_anywhere(world: World, backend: Backend):
    with recorded() as lines:
        told = live(world)
        ok(told.mentee.api("POST", f"/pairing/api/people/{told.mentee.id}/exports"), 202)
        world.settle()
        fetched = _fetch(told)
        assert in_databases(world, NEEDLES).keys() == HELD
        publish(world)
        before = [record for topic, record in topics(world) if found_in(record.value, NEEDLES)]
        assert {(record.topic, record.key.decode()) for record in before} == {(people_topic(world.settings.instance), told.mentee.id)}

        erasure = ok(told.mentee.api("POST", f"/pairing/api/people/{told.mentee.id}/erasures", json={"at_once": True}), 202)
        world.settle()
        publish(world)
    assert in_databases(world, NEEDLES) == {}
    assert found_in(lines.getvalue().encode(), (*NEEDLES, MENTOR_WORDS)) == []
    _check_topics(world, told.mentee.id)
    assert found_in(fetched, (GIVEN, EMAIL, WORDS)) == [GIVEN, EMAIL, WORDS], "she has her copy, which is hers to keep"
    assert in_databases(world, (MENTOR_WORDS,)) != {}, "the search finds what is there"
    _check_certificate(told, erasure["id"])
    if backend.name in COMPACTING:
        _check_compacted(world)


def _check_compacted(world: World) -> None:
    """Not even the records before her last one are there any more, once the broker has compacted."""
    compact(world)
    people = people_topic(world.settings.instance)
    eventually(lambda: not [1 for topic, record in topics(world) if topic == people and found_in(record.value, NEEDLES)], seconds=120)


def _fetch(told) -> bytes:
    export = told.world.houses["pairing"].database["data_exports"].find_one({"person_id": told.mentee.id})
    answer = told.mentee.api("GET", f"/pairing/api/exports/{export['_id']}/archive")
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    return text_of(answer).encode()


def _check_topics(world: World, person_id: str) -> None:
    """On the people topic her last record is the tombstone, which is what compaction leaves; no other topic ever had a word of her."""
    people, last = people_topic(world.settings.instance), {}
    for topic, record in topics(world):
        if topic == people:
            last[record.key.decode()] = record.value
        else:
            assert found_in(record.value, NEEDLES) == [], topic
    assert person_id in last and last[person_id] is None
    assert [key for key, value in last.items() if found_in(value, NEEDLES)] == []


def _check_certificate(told, erasure_id: str) -> None:
    """Its address came with the last mail; it needs no sign-in, names nobody, and tells what each service erased and keeps."""
    [path] = re.findall(r"(/pairing/certificates/\S+)", letters_to(told.world, EMAIL)[-1])
    shown = told.world.nobody().page(path)
    assert shown.status_code == 200 and found_in(shown.data, (*NEEDLES, FAMILY, told.mentee.id)) == []
    certificate = ok(told.world.nobody().page(f"{path}/certificate.json"))
    erased = {service: {each["kind"]: each["number"] for each in answer["erased"]} for service, answer in certificate["answers"].items()}
    assert (certificate["id"], certificate["state"]) == (erasure_id, "done")
    assert erased["pairing"]["people"] == erased["pairing"]["accounts"] == 1
    assert erased["pairing"]["drafts"] == 2 and erased["pairing"]["mentions"] == 1
    assert erased["sessions"] == {"copies": 1, "debriefs": 1, "reserved_times": 1, "stored_answers": 2}
    assert erased["feedback"] == {"copies": 1}
    assert erased["notifications"]["copies"] == 1
    assert all(answer["kept"] for answer in certificate["answers"].values())
