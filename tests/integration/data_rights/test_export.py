"""A copy of everything about a person: asked of all services, sealed on its way, for its reader alone, gone after a week."""

import io
import json
import zipfile
from datetime import UTC, datetime, timedelta

import pytest

from chassis import sealing
from chassis.data_rights import part_name
from contracts.sessions import DataContributed
from pairing.data_rights import commands
from pairing.data_rights.repository import EXPORTS, PARTS
from pairing.people.commands import add_person, change_people
from pairing.people.repository import PEOPLE
from support.farewell import EMAIL, GIVEN, MENTOR_WORDS, NEEDLES, WORDS, letters_to, ok
from support.searched import found_in, in_databases


def ask(told, who=None):
    who = who or told.mentee
    return ok(who.api("POST", f"/pairing/api/people/{told.mentee.id}/exports"), 202)


def files(answer):
    assert (answer.status_code, answer.mimetype) == (200, "application/zip"), answer.text
    file = zipfile.ZipFile(io.BytesIO(answer.data))
    return {name: file.read(name).decode("utf-8-sig") for name in file.namelist()}


def fetch(who, export):
    return who.api("GET", f"/pairing/api/exports/{export['id']}/archive")


def document(pairing, export):
    return pairing.database["data_exports"].find_one({"_id": export["id"]})


def test_it_holds_what_every_service_knows_and_nothing_that_is_another_s(world, farewell, pairing):
    farewell.coordinator.api("GET", f"/pairing/api/people/{farewell.mentee.id}")
    export = ask(farewell)
    assert set(export["progress"].values()) == {"answered", "waited_for"}
    world.settle()
    found = files(fetch(farewell.mentee, export))
    about = json.loads(found["pairing/about_you.json"])
    assert (about["email"], about["motivation"]) == (EMAIL, f"I like {WORDS}")
    assert json.loads(found["sessions/what_you_wrote.json"])[0]["important"] == WORDS
    assert json.loads(found["pairing/pairings.json"])[0]["with"] == ["Maud Jansen"]
    assert [each["what"] for each in json.loads(found["pairing/who_read_about_you.json"])] == ["people.show"]
    assert {each["kind"] for each in json.loads(found["notifications/messages.json"])} >= {"pairing-proposed", "debrief-asked"}
    assert "not in this copy" in found["feedback/about_answers.json"]
    assert "messages.csv" in "".join(found) and "A copy of your data" in found["README.txt"]
    whole = "".join(found.values())
    assert MENTOR_WORDS not in whole and "femke@example.org" not in whole and "Firda" not in whole


def test_it_travels_sealed_and_nothing_readable_lies_anywhere_before_it_is_fetched(world, farewell):
    before = in_databases(world, NEEDLES)
    ask(farewell)
    world.settle()
    assert in_databases(world, NEEDLES) == before, "the parts and the key lie here, and none can be read"
    for name in ("sessions", "feedback", "notifications"):
        [said] = [each for each in world.houses[name].said() if hasattr(each, "sealed")]
        assert said.sealed.count(".") == 4 and found_in(said.sealed.encode(), NEEDLES) == []


def test_a_mail_tells_when_it_can_be_fetched_and_asking_again_meanwhile_changes_nothing(world, farewell, pairing):
    first = ask(farewell)
    assert ask(farewell)["id"] == first["id"]
    assert fetch(farewell.mentee, first).json["code"] == "copy-not-ready"
    told = len(letters_to(world, EMAIL))
    world.settle()
    [letter] = letters_to(world, EMAIL)[told:]
    assert "ready" in letter and "/pairing/my-data" in letter and GIVEN not in letter
    assert ask(farewell)["id"] != first["id"]


def test_what_a_coordinator_asks_for_is_for_the_person_alone(world, farewell):
    export = ask(farewell, farewell.coordinator)
    world.settle()
    assert farewell.coordinator.api("GET", f"/pairing/api/exports/{export['id']}").json["state"] == "ready"
    for other in (farewell.coordinator, farewell.mentor, world.nobody()):
        assert fetch(other, export).status_code in (401, 403)
        assert other.page(f"/pairing/exports/{export['id']}/archive.zip").status_code in (303, 403)
    assert fetch(farewell.mentee, export).status_code == 200


def test_a_guardian_s_copy_has_schedule_and_people_and_no_words(world, farewell, pairing):
    pairing.database["people"].update_one({"_id": farewell.mentee.id}, {"$set": {"birth_date": "2012-01-01"}})
    fields = {"given_name": "Sanne", "family_name": "Ouder", "email": "sanne@example.org", "language": "nl", "time_zone": "UTC"}
    ward = {"roles": ("guardian",), "ward_ids": (farewell.mentee.id,), "programme_ids": ()}
    guardian = world.sign_in(pairing.do(lambda uow: add_person(uow, **fields, **ward).id))
    hers, guardians = ask(farewell), ask(farewell, guardian)
    assert hers["id"] != guardians["id"]
    world.settle()
    found = files(fetch(guardian, guardians))
    assert EMAIL in found["pairing/about_you.json"] and json.loads(found["sessions/sessions.json"])
    assert WORDS not in "".join(found.values()) and "sessions/what_you_wrote.json" not in found
    assert fetch(guardian, hers).status_code == fetch(farewell.mentee, guardians).status_code == 403
    stranger = pairing.do(lambda uow: add_person(uow, **{**fields, "email": "other@example.org"}, roles=("guardian",)).id)
    assert world.sign_in(stranger).api("POST", f"/pairing/api/people/{farewell.mentee.id}/exports").status_code == 403


def test_a_service_that_is_late_is_named_and_its_part_comes_in_when_it_is_back(world, farewell, pairing, monkeypatch):
    sessions = world.houses["sessions"]
    monkeypatch.setattr(world, "_deliver", lambda house, told: None if house is sessions else type(world)._deliver(house, told))
    export = ask(farewell)
    world.settle()
    assert document(pairing, export)["state"] == "collecting"
    later = datetime.now(UTC) + timedelta(hours=25)
    for _ in range(2):
        pairing.do(commands.close, export["id"], now=later)
    pairing.database["jobs"].update_many({"job": commands.MAIL_READY}, {"$set": {"due": datetime.now(UTC)}})
    world.settle()
    shown = farewell.mentee.api("GET", f"/pairing/api/exports/{export['id']}").json
    assert (shown["state"], shown["progress"]["sessions"]) == ("incomplete", "late")
    found = files(fetch(farewell.mentee, export))
    assert "Sessions did not answer in time" in found["README.txt"] and not [name for name in found if name.startswith("sessions/")]
    assert sum("did not answer in time" in letter for letter in letters_to(world, EMAIL)) == 1
    assert ask(farewell)["id"] != export["id"], "it can be asked for again"

    monkeypatch.undo()
    sessions.hear(*(each for each in pairing.said() if getattr(each, "export_id", "") == export["id"]))
    world.settle()
    assert document(pairing, export)["state"] == "ready"
    assert "sessions/sessions.json" in files(fetch(farewell.mentee, export))


def test_a_part_that_comes_twice_counts_once_and_one_for_nothing_is_passed_over(world, farewell, pairing):
    export = ask(farewell)
    world.settle()
    parts = pairing.database["data_export_parts"].count_documents({})
    said = [each for each in world.houses["sessions"].said() if isinstance(each, DataContributed)]
    pairing.hear(*said)
    pairing.hear(DataContributed(export_id="00000000-0000-4000-8000-000000000000", part=1, parts=1, sealed="x"))
    assert pairing.database["data_export_parts"].count_documents({}) == parts
    assert len(letters_to(world, EMAIL)) == len(set(letters_to(world, EMAIL)))
    assert fetch(farewell.mentee, export).status_code == 200


def test_a_part_that_the_key_does_not_open_counts_as_lacking(world, farewell, pairing):
    export = ask(farewell)
    world.settle()
    [forged] = sealing.seal(sealing.new_key()[0], part_name(export["id"], "sessions"), {"sessions": ["forged"]}, 900_000)
    pairing.database["data_export_parts"].update_one({"_id": f"{export['id']}/sessions/1"}, {"$set": {"sealed": forged}})
    found = files(fetch(farewell.mentee, export))
    assert "forged" not in "".join(found.values()) and "Sessions did not answer" in found["README.txt"]


def test_a_large_part_comes_in_pieces_that_fit_into_events(world, farewell, pairing, monkeypatch):
    notes = [{"note": sealing.new_key()[1]} for _ in range(12_000)]
    monkeypatch.setattr("pairing.data_rights.commands.holdings", lambda uow, person_id, with_words: {"notes": notes})
    export = ask(farewell)
    world.settle()
    kept = list(pairing.database["data_export_parts"].find({"service": "pairing"}))
    assert len(kept) > 1 and all(len(part["sealed"]) < 900_000 for part in kept)
    assert json.loads(files(fetch(farewell.mentee, export))["pairing/notes.json"]) == notes


def test_after_a_week_it_is_refused_and_leaves_the_database_with_its_key(world, farewell, pairing):
    export = ask(farewell)
    world.settle()
    pairing.database["data_exports"].update_one({"_id": export["id"]}, {"$set": {"expires_at": datetime.now(UTC) - timedelta(seconds=1)}})
    assert fetch(farewell.mentee, export).json["code"] == "copy-expired"
    for name in (EXPORTS.name, PARTS.name):
        assert [each for each in pairing.database[name].index_information().values() if each.get("expireAfterSeconds") == 0]


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+x", "-x"])
def test_a_list_for_a_spreadsheet_calculates_nothing(world, farewell, pairing, text):
    mentor = pairing.do(lambda uow: uow.get(PEOPLE, farewell.mentor.id))
    pairing.do(lambda uow: change_people(uow, [(uow.get(PEOPLE, mentor.id), {"given_name": text})]))
    world.settle()
    export = ask(farewell)
    world.settle()
    assert f"'{text} Jansen" in files(fetch(farewell.mentee, export))["pairing/pairings.csv"]
