"""Somebody who went through everything there is, and is erased: no noun keeps a word of her, and the others keep theirs."""

import io
import json
import zipfile
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest

from contracts.pairing import GroupLeft
from contracts.topics import people_topic
from pairing.consents.model import PROOF_KEPT
from pairing.data_rights import forgetting
from pairing.data_rights.erasing import CARRY_OUT
from pairing.data_rights.erasure import NO_WARD
from pairing.people.commands import add_person, change_people
from pairing.people.model import Guardian
from pairing.people.repository import PEOPLE
from support.farewell import EMAIL, MENTOR_WORDS, NEEDLES, WORDS, letters_to, ok
from support.recorded import recorded
from support.searched import RAW, found_in, in_databases, publish, topics
from support.whole_life import (
    FRIEND_WORDS,
    GUARDIAN_EMAIL,
    GUARDIAN_NEEDLES,
    MENTOR_EMAIL,
    MENTOR_NEEDLES,
    STAFF_WORDS,
    TOWN,
    live_wholly,
)

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


def let_guardian_go(life):
    """As if the three days were over that a guardian has whose only ward is erased."""
    database, past = life.world.houses["pairing"].database, datetime.now(UTC) - timedelta(hours=1)
    database["erasures"].update_one({"because": NO_WARD}, {"$set": {"due_at": past}})
    database["jobs"].update_many({"job": CARRY_OUT}, {"$set": {"due": past}})
    life.world.settle()


def erased(life, asked):
    answers = life.world.houses["pairing"].database["erasures"].find_one({"_id": asked["id"]})["answers"]
    return {each["kind"]: each["number"] for each in answers["pairing"]["erased"]}


def texts(life, collection):
    return json.dumps(list(life.world.houses["pairing"].database[collection].find({}, {"_id": 0})), default=str)


def no_trace(world, lines, texts, *gone):
    """Nothing in any database, log or topic; on the people topic the last word about those who are gone is the tombstone."""
    publish(world)
    assert in_databases(world, texts) == {}
    assert found_in(lines.getvalue().encode(), texts) == []
    people, last = people_topic(world.settings.instance), {}
    for topic, record in topics(world):
        if topic == people:
            last[record.key.decode()] = record.value
        else:
            assert found_in(record.value, texts) == [], topic
    assert [last[id] for id in gone] == [None] * len(gone)
    assert [key for key, value in last.items() if found_in(value, texts)] == []


def test_nothing_of_her_nor_of_her_guardian_is_left_anywhere(world):
    with recorded() as lines:
        life = live_wholly(world)
        for who in (life.mentee, life.guardian):
            ok(who.api("POST", f"/pairing/api/people/{life.mentee.id}/exports"), 202)
        world.settle()
        assert in_databases(world, ALL).keys() == HELD
        asked = erase(life, life.mentee)
        assert "answered for was erased" in letters_to(world, GUARDIAN_EMAIL)[-1]
        let_guardian_go(life)
    no_trace(world, lines, ALL, life.mentee.id, life.guardian.id)
    assert {kind: erased(life, asked)[kind] for kind in COUNTED} == COUNTED


COUNTED = {
    "agreements": 2, "look_backs": 1, "change_requests": 1, "forms": 2, "guardian_requests": 1, "match_rules": 2, "explanations": 2,
    "mentions": 5, "guardianships": 1, "guardians": 1, "drafts": 1, "copies_of_data": 2, "people": 1,
}  # fmt: skip


def test_nothing_of_a_mentor_is_left_anywhere_and_the_mentee_keeps_her_words(world):
    with recorded() as lines:
        life = live_wholly(world)
        erase(life, life.mentor)
    no_trace(world, lines, MENTOR_NEEDLES, life.mentor.id)
    for collection in ("closures", "change_requests", "people"):
        assert found_in(texts(life, collection).encode(), (WORDS,)) == [WORDS], collection


def test_what_others_wrote_stays_without_her_names(world, whole_life):
    erase(whole_life, whole_life.mentee)
    assert found_in(texts(whole_life, "closures").encode(), (MENTOR_WORDS,)) == [MENTOR_WORDS]
    assert found_in(texts(whole_life, "change_requests").encode(), (MENTOR_WORDS,)) == [MENTOR_WORDS]
    assert texts(whole_life, "match_setups").count(STAFF_WORDS) == 1, "the reason of her own exclusion went, the other's stays"
    [meeting] = world.houses["sessions"].database["meetings"].find({"debriefs.mentor": {"$exists": True}})
    assert MENTOR_WORDS in meeting["debriefs"]["mentor"]["important"] and list(meeting["debriefs"]) == ["mentor"]


KEEPERS = {
    "agreements": "agreements", "look_backs": "closures", "change_requests": "change_requests", "forms": "applications",
    "guardian_requests": "guardian_requests", "match_rules": "match_setups", "mentions": "people", "drafts": "import_drafts",
}  # fmt: skip
"""What each forgetter alone takes out, but for two that hold ids and codes only."""


class Rehearsed(Exception):
    """Ends a transaction that is not to be kept."""


def test_the_search_notices_every_forgetter_that_is_left_out(world, whole_life, pairing):
    def rehearse(uow, kept):
        left = {kind: forget for kind, forget in forgetting.FORGETTERS.items() if kind != kept}
        with patch.object(forgetting, "FORGETTERS", left):
            forgetting.forget(uow, uow.get(PEOPLE, whole_life.mentee.id))
        uow.flush()
        others = {"_id": {"$ne": whole_life.guardian.id}}
        found = uow.database.get_collection(KEEPERS[kept], codec_options=RAW).find(others, session=uow.session)
        raise Rehearsed([text for document in found for text in found_in(document.raw, ALL)])

    for kind in KEEPERS:
        with pytest.raises(Rehearsed) as seen:
            pairing.do(rehearse, kind)
        assert seen.value.args[0], kind


def test_a_group_goes_on_without_her_and_is_told_neutrally(world, whole_life, pairing):
    before = len(letters_to(world, "lotte@example.org"))
    erase(whole_life, whole_life.mentee)
    group = pairing.database["pairings"].find_one({"_id": whole_life.group_id})
    assert group["state"] == "accepted"
    assert (group["mentor_ids"], group["mentee_ids"]) == (list(whole_life.others[:2]), list(whole_life.others[2:]))
    assert group["languages"], "what the others share stays theirs"
    [left] = [each for each in pairing.said() if isinstance(each, GroupLeft)]
    assert (left.person_id, left.mentee_ids) == (whole_life.mentee.id, whole_life.others[2:])
    for address in (MENTOR_EMAIL, "jildou@example.org", "lotte@example.org", "noor@example.org"):
        assert "become smaller" in "".join(str(mail["Subject"]) for mail in world.mails if mail["To"] == address), address
    told = letters_to(world, "lotte@example.org")[before:]
    assert len(told) == 1 and "nobody's fault" in told[0] and "eras" not in told[0]
    page = world.sign_in(whole_life.others[2]).page(f"/pairing/pairings/{whole_life.group_id}")
    assert page.status_code == 200
    agreement = pairing.database["agreements"].find_one({"_id": whole_life.group_id})
    latest = agreement["versions"][-1]["answers"]
    assert FRIEND_WORDS in latest["times"] and "place" not in latest, "what she had filled in is to be filled in again"


def test_a_group_that_becomes_too_small_ends_without_blame(world, whole_life, pairing):
    for person_id in (whole_life.mentee.id, whole_life.others[2]):
        erase(whole_life, world.sign_in(person_id))
    group = pairing.database["pairings"].find_one({"_id": whole_life.group_id})
    assert (group["state"], group["ending"], group["languages"]) == ("closing", "no_fault", [])
    told = letters_to(world, "noor@example.org")[-1]
    assert "comes to its end" in told and "eras" not in told


def test_proof_of_consent_stays_by_ids_and_leaves_in_the_end(world, whole_life, pairing):
    before = list(pairing.database["consents"].find({"person_id": whole_life.mentee.id}))
    erase(whole_life, whole_life.mentee)
    after = list(pairing.database["consents"].find({"person_id": whole_life.mentee.id}))
    assert [each["_id"] for each in after] == [each["_id"] for each in before] and len(after) == 2
    assert all(abs(each["keep_until"] - datetime.now(UTC) - PROOF_KEPT).total_seconds() < 600 for each in after)
    assert [each for each in pairing.database["consents"].index_information().values() if each.get("expireAfterSeconds") == 0]


def test_concerns_stay_sealed_for_the_safeguarding_lead(world, whole_life, pairing):
    erase(whole_life, whole_life.mentee)
    lead = whole_life.lead
    kept = list(pairing.database["concerns"].find())
    assert len(kept) == 2 and {each["raised_by"] for each in kept} == {whole_life.mentee.id, whole_life.mentor.id}
    assert lead.page("/pairing/cases").status_code == 200
    for each in kept:
        shown = lead.page(f"/pairing/cases/{each['_id']}")
        assert shown.status_code == 200 and MENTOR_WORDS in shown.text


def files(who, export):
    answer = who.api("GET", f"/pairing/api/exports/{export['id']}/archive")
    file = zipfile.ZipFile(io.BytesIO(answer.data))
    return {name: json.loads(file.read(name)) for name in file.namelist() if name.endswith(".json")}


def test_her_copy_has_what_she_said_in_every_noun_and_her_guardian_s_has_none_of_it(world, whole_life):
    life = whole_life
    hers, guardians = (ok(who.api("POST", f"/pairing/api/people/{life.mentee.id}/exports"), 202) for who in (life.mentee, life.guardian))
    world.settle()
    found, seen = files(life.mentee, hers), files(life.guardian, guardians)
    assert {each["kind"] for each in found["pairing/consents.json"]} == {"consent", "guardian_permission"}
    assert WORDS in found["pairing/your_form.json"][0]["remark"]
    assert WORDS in found["pairing/what_you_wrote_at_the_end.json"][0]["learned"]
    assert found["pairing/changes_you_asked_for.json"][0]["words"] == WORDS
    [concern] = found["pairing/concerns_you_raised.json"]
    assert (concern["how_to_reach_you"], concern["state"]) == (EMAIL, "new")
    assert len(found["pairing/agreements.json"]) == 2 and found["pairing/guardian_requests.json"][0]["answer"] == "given"
    assert [each["is"] for each in found["pairing/who_answers_for_whom.json"]] == ["your guardian"]
    assert STAFF_WORDS not in json.dumps(found), "why coordinators keep people apart protects others too"
    secret = ("your_form", "what_you_wrote_at_the_end", "changes_you_asked_for", "concerns_you_raised")
    assert not [name for name in seen if any(each in name for each in secret)]
    assert {"pairing/consents.json", "pairing/agreements.json"} <= seen.keys()


def test_a_guardian_of_somebody_else_too_stays_and_loses_the_ward(world, whole_life, pairing):
    guardian = whole_life.guardian.id
    pairing.do(lambda uow: change_people(uow, [(uow.get(PEOPLE, guardian), {"ward_ids": (whole_life.mentee.id, whole_life.others[2])})]))
    asked = erase(whole_life, whole_life.mentee)
    assert pairing.database["people"].find_one({"_id": guardian})["ward_ids"] == [whole_life.others[2]]
    assert "guardians" not in erased(whole_life, asked)
    assert pairing.database["erasures"].count_documents({}) == 1


def test_a_guardian_who_is_a_mentor_too_stays(world, whole_life, pairing):
    guardian = whole_life.guardian.id
    pairing.do(lambda uow: change_people(uow, [(uow.get(PEOPLE, guardian), {"roles": ("guardian", "mentor")})]))
    erase(whole_life, whole_life.mentee)
    assert pairing.database["people"].find_one({"_id": guardian})["ward_ids"] == []
    assert pairing.database["erasures"].count_documents({}) == 1


def test_nothing_of_a_guardian_is_left_and_her_permission_holds(world):
    with recorded() as lines:
        life = live_wholly(world)
        erase(life, life.guardian)
    no_trace(world, lines, GUARDIAN_NEEDLES, life.guardian.id)
    ward = world.houses["pairing"].database["people"].find_one({"_id": life.mentee.id})
    assert ward["guardian"]["permission"] and ward["email"] == EMAIL
    group = world.houses["pairing"].database["pairings"].find_one({"_id": life.group_id})
    assert group["state"] == "accepted"


def test_somebody_who_was_only_named_as_a_guardian_is_forgotten_too(world, whole_life, pairing):
    fields = {"given_name": "Rixt", "family_name": "Hoekstra", "email": "rixt@example.org", "language": "nl", "time_zone": "UTC"}
    named = {"guardian": Guardian("Rixt Hoekstra", "rixt@example.org")}
    rixt = pairing.do(lambda uow: add_person(uow, roles=("mentor",), **fields).id)
    pairing.do(lambda uow: change_people(uow, [(uow.get(PEOPLE, whole_life.others[2]), named)]))
    erase(whole_life, world.sign_in(rixt))
    kept = pairing.database["people"].find_one({"_id": whole_life.others[2]})["guardian"]
    assert (kept["name"], kept["email"], kept["permission"]) == ("", "", None)
