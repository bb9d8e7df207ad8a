"""Somebody who went through everything there is, and is erased: no noun keeps a word of her, and the others keep theirs."""

from contracts.topics import people_topic
from support.farewell import NEEDLES, letters_to, ok
from support.recorded import recorded
from support.searched import found_in, in_databases, publish, topics
from support.whole_life import GUARDIAN_EMAIL, GUARDIAN_NEEDLES, TOWN, live_wholly

ALL = (*NEEDLES, *GUARDIAN_NEEDLES, TOWN)
HELD = {
    "pairing.people", "pairing.accounts", "pairing.import_drafts", "pairing.outbox", "pairing.guardian_requests", "pairing.applications",
    "pairing.match_setups", "pairing.agreements", "pairing.closures", "pairing.change_requests", "pairing.idempotency",
    "sessions.people", "sessions.meetings", "notifications.people",
}  # fmt: skip
"""Where she and her guardian are before."""


def erase(life, who):
    asked = ok(who.api("POST", f"/pairing/api/people/{who.id}/erasures", json={"at_once": True}), 202)
    life.world.settle()
    return asked


def erased(life, asked):
    answers = life.world.houses["pairing"].database["erasures"].find_one({"_id": asked["id"]})["answers"]
    return {each["kind"]: each["number"] for each in answers["pairing"]["erased"]}


def test_nothing_of_her_nor_of_her_guardian_is_left_anywhere(world):
    with recorded() as lines:
        life = live_wholly(world)
        for who in (life.mentee, life.guardian):
            ok(who.api("POST", f"/pairing/api/people/{life.mentee.id}/exports"), 202)
        world.settle()
        assert in_databases(world, ALL).keys() == HELD
        asked = erase(life, life.mentee)
        publish(world)
    assert in_databases(world, ALL) == {}
    assert found_in(lines.getvalue().encode(), ALL) == []
    people, last = people_topic(world.settings.instance), {}
    for topic, record in topics(world):
        if topic == people:
            last[record.key.decode()] = record.value
        else:
            assert found_in(record.value, ALL) == [], topic
    assert last[life.mentee.id] is None and last[life.guardian.id] is None
    assert [key for key, value in last.items() if found_in(value, ALL)] == []
    assert {kind: erased(life, asked)[kind] for kind in COUNTED} == COUNTED
    assert "nobody left for whom you answer" in letters_to(world, GUARDIAN_EMAIL)[-1]


COUNTED = {
    "agreements": 2, "look_backs": 1, "change_requests": 1, "forms": 2, "guardian_links": 1, "match_rules": 2, "explanations": 2,
    "mentions": 4, "guardianships": 1, "guardians": 1, "drafts": 1, "copies_of_data": 2, "people": 1,
}  # fmt: skip
