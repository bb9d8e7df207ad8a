"""An erasure: three days to think, then everywhere at once, with a certificate; whatever is down, killed or said twice."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from chassis import mail
from chassis.errors import Refused
from contracts.people import PersonChanged, PersonErased
from contracts.sessions import DataErased
from pairing.data_rights import erasing, forgetting
from pairing.data_rights.erasure import certificate_name
from pairing.data_rights.repository import ERASURES
from pairing.people.commands import add_person
from pairing.people.model import Guardian
from support.farewell import EMAIL, NEEDLES, letters_to, ok
from support.searched import in_databases

HOUR = timedelta(hours=1)


def ask(told, who=None, **body):
    who = who or told.mentee
    return ok(who.api("POST", f"/pairing/api/people/{told.mentee.id}/erasures", json=body), 202)


def stored(pairing, asked):
    return pairing.do(lambda uow: uow.get(ERASURES, asked["id"]))


def carry_out_later(world, pairing, asked):
    """As if the three days were over."""
    past = datetime.now(UTC) - HOUR
    pairing.database["erasures"].update_one({"_id": asked["id"]}, {"$set": {"due_at": past}})
    pairing.database["jobs"].update_one({"_id": f"{erasing.CARRY_OUT}:{asked['id']}"}, {"$set": {"due": past}})
    world.settle()


def test_it_waits_three_days_and_is_told_by_mail_and_can_be_taken_back(world, farewell, pairing):
    before = in_databases(world, NEEDLES)
    asked = ask(farewell)
    world.settle()
    assert "take it back" in letters_to(world, EMAIL)[-1]
    assert asked["state"] == "waiting" and ask(farewell)["id"] == asked["id"]
    assert 71 <= (stored(pairing, asked).due_at - datetime.now(UTC)) / HOUR <= 72
    for _ in range(2):
        assert farewell.mentee.api("POST", f"/pairing/api/erasures/{asked['id']}/withdraw").json["state"] == "withdrawn"
    carry_out_later(world, pairing, asked)
    assert in_databases(world, NEEDLES) == before
    assert ask(farewell)["id"] != asked["id"]


def test_when_the_time_is_over_it_is_carried_out_in_every_service_and_cannot_be_taken_back(world, farewell, pairing):
    asked = ask(farewell)
    carry_out_later(world, pairing, asked)
    assert stored(pairing, asked).state == "done"
    assert in_databases(world, NEEDLES) == {}
    with pytest.raises(Refused, match="cannot be taken back"):
        pairing.do(erasing.withdraw, asked["id"])
    assert stored(pairing, asked).state == "done"


@pytest.mark.parametrize("asker", ["coordinator", "mentor"])
def test_only_she_can_have_it_at_once(world, farewell, pairing, asker):
    who, before = getattr(farewell, asker), pairing.database.command("dbHash", collections=["erasures", "jobs", "people"])["md5"]
    answer = who.api("POST", f"/pairing/api/people/{farewell.mentee.id}/erasures", json={"at_once": True})
    assert answer.status_code == 403
    assert pairing.database.command("dbHash", collections=["erasures", "jobs", "people"])["md5"] == before


def test_who_is_in_office_is_refused_and_nothing_is_written(world, farewell, pairing):
    answer = farewell.coordinator.api("POST", f"/pairing/api/people/{farewell.coordinator.id}/erasures", json={})
    assert (answer.status_code, answer.json["code"]) == (409, "erasure-of-staff")
    assert pairing.database["erasures"].count_documents({}) == 0


def test_what_a_coordinator_asks_for_is_told_to_the_person_who_can_take_it_back(world, farewell, pairing):
    asked = ask(farewell, farewell.coordinator)
    world.settle()
    assert "on your behalf" in letters_to(world, EMAIL)[-1]
    assert farewell.mentee.api("POST", f"/pairing/api/erasures/{asked['id']}/withdraw").status_code == 200


def test_others_lose_what_names_her_and_an_open_proposal_ends(world, farewell, pairing):
    pairing.database["pairings"].update_one({"_id": farewell.pairing_id}, {"$set": {"state": "proposed", "mentee_accepted_at": None}})
    ask(farewell, at_once=True)
    world.settle()
    assert pairing.database["people"].find_one({"_id": farewell.mentor.id})["wishes"] == []
    kept = pairing.database["pairings"].find_one({"_id": farewell.pairing_id})
    assert (kept["state"], kept["interests"], kept["free_together"]) == ("declined", [], [])
    assert "somebody who left" in farewell.mentor.page(f"/pairing/pairings/{farewell.pairing_id}").text
    meeting = world.houses["sessions"].database["meetings"].find_one({"_id": farewell.meeting_id})
    assert list(meeting["debriefs"]) == ["mentor"]


def test_a_ward_and_her_guardian_lose_each_other_and_nobody_else_s_permission(world, farewell, pairing):
    pairing.database["people"].update_one({"_id": farewell.mentee.id}, {"$set": {"birth_date": "2012-01-01"}})
    fields = {"given_name": "Sanne", "family_name": "Ouder", "email": "sanne@example.org", "language": "nl", "time_zone": "UTC"}
    day = datetime.now(UTC).date()
    sibling = {"roles": ("mentee",), "guardian": Guardian("Sanne Ouder", "sanne@example.org", day)}
    other = pairing.do(lambda uow: add_person(uow, **{**fields, "email": "sister@example.org", "given_name": "Sis"}, **sibling).id)
    wards = (farewell.mentee.id, other)
    guardian = pairing.do(lambda uow: add_person(uow, **fields, roles=("guardian",), ward_ids=wards).id)
    asked = ask(farewell, world.sign_in(guardian))
    carry_out_later(world, pairing, asked)
    assert pairing.database["people"].find_one({"_id": guardian})["ward_ids"] == [other]
    again = ok(world.sign_in(guardian).api("POST", f"/pairing/api/people/{guardian}/erasures", json={"at_once": True}), 202)
    world.settle()
    assert stored(pairing, again).state == "done"
    kept = pairing.database["people"].find_one({"_id": other})["guardian"]
    assert (kept["name"], kept["email"], kept["permission"]) == ("", "", day.isoformat())


def test_a_guardian_without_a_ward_left_is_told_and_let_go_too(world, farewell, pairing):
    fields = {"given_name": "Sanne", "family_name": "Ouder", "email": "sanne@example.org", "language": "en", "time_zone": "UTC"}
    guardian = pairing.do(lambda uow: add_person(uow, **fields, roles=("guardian",), ward_ids=(farewell.mentee.id,)).id)
    ask(farewell, at_once=True)
    world.settle()
    [waiting] = pairing.database["erasures"].find({"person_id": guardian})
    assert (waiting["because"], waiting["state"]) == ("no_ward", "waiting")
    assert "we do not need yours any more" in letters_to(world, "sanne@example.org")[-1]
    carry_out_later(world, pairing, {"id": waiting["_id"]})
    assert pairing.database["people"].find_one({"_id": guardian}) is None


def test_her_token_opens_nothing_more_and_writes_nothing_more(world, farewell, pairing):
    ask(farewell, at_once=True)
    world.settle()
    her = farewell.mentee
    body = {"important": NEEDLES[3], "challenge": "", "tackled": ""}
    refused = her.api("POST", f"/sessions/api/meetings/{farewell.meeting_id}/debrief", json=body)
    assert (refused.status_code, refused.json["code"]) == (403, "erased")
    assert her.api("GET", f"/pairing/api/people/{her.id}").status_code == 404
    assert her.page("/pairing/my-data").status_code == 404
    assert her.page("/pairing/renew").location.startswith("/pairing/sign-in")
    assert world.nobody().api("POST", "/pairing/api/tokens/renew", json={"renewal_token": her.renewal}).status_code == 403
    assert in_databases(world, NEEDLES) == {}


def test_a_service_that_is_down_for_a_day_is_late_and_answers_when_it_is_back(world, farewell, pairing, monkeypatch):
    sessions = world.houses["sessions"]
    monkeypatch.setattr(world, "_deliver", lambda house, told: None if house is sessions else type(world)._deliver(house, told))
    asked = ask(farewell, at_once=True)
    world.settle()
    waiting = stored(pairing, asked)
    assert (waiting.state, waiting.progress(datetime.now(UTC))["sessions"]) == ("erasing", "waited_for")
    assert waiting.progress(datetime.now(UTC) + 25 * HOUR)["sessions"] == "late"
    monkeypatch.undo()
    about_her = [each for each in pairing.said() if getattr(each, "person_id", "") == farewell.mentee.id]
    heard = sessions.service.handlers.keys() - {PersonErased}
    sessions.hear(*(each for each in about_her if type(each) in heard))
    world.settle()
    assert stored(pairing, asked).state == "erasing", "an older state of her could still come before the last word"
    sessions.hear(PersonErased(person_id=farewell.mentee.id))
    world.settle()
    assert stored(pairing, asked).state == "done"
    assert in_databases(world, NEEDLES) == {}


@pytest.mark.parametrize("last_word_first", [True, False])
def test_the_certificate_counts_the_same_in_whatever_order_the_topics_are_read(world, farewell, last_word_first):
    sessions, me = world.houses["sessions"], farewell.mentee.id
    ask(farewell, at_once=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(world, "_deliver", lambda house, told: None)
        world.settle()
    wanted = [each for each in world.houses["pairing"].said() if getattr(each, "person_id", "") == me and hasattr(each, "erasure_id")]
    told = [PersonErased(person_id=me), *wanted] if last_word_first else [*wanted, PersonErased(person_id=me)]
    ids = [sessions.hear(each)[0] for each in told]
    sessions.hear(*told, ids=ids)
    [answer] = [each for each in sessions.said() if isinstance(each, DataErased)]
    assert {each.kind: each.number for each in answer.erased}["debriefs"] == 1
    sessions.hear(*wanted)
    assert [each for each in sessions.said() if isinstance(each, DataErased)] == [answer, answer], "asked again, it answers the same"


def test_killed_between_the_mail_and_the_writing_it_is_done_once_and_the_mail_is_the_same(world, farewell, pairing, monkeypatch):
    asked = ask(farewell, at_once=True)
    job = pairing.service.jobs[erasing.CARRY_OUT]
    sent = []
    monkeypatch.setattr(mail, "send", lambda settings, message: sent.append(message))
    before = in_databases(world, NEEDLES)
    for _ in range(2):
        assert pairing.do(job.effect, asked["id"]) is True
    assert in_databases(world, NEEDLES) == before, "the mail alone erases nothing"
    assert len({message["Message-ID"] for message in sent}) == 1
    for _ in range(2):
        pairing.do(job.command, outcome=True, erasure_id=asked["id"])
    world.settle()
    assert stored(pairing, asked).state == "done"
    assert sum(type(each) is PersonErased for each in pairing.said()) == 1
    assert in_databases(world, NEEDLES) == {}


def test_it_is_one_transaction_so_that_a_fault_in_the_middle_leaves_everything(world, farewell, pairing, monkeypatch):
    asked = ask(farewell, at_once=True)
    before = world.digest()

    def broken(uow, person):
        raise RuntimeError("killed")

    monkeypatch.setitem(forgetting.FORGETTERS, "drafts", broken)
    with pytest.raises(RuntimeError):
        pairing.do(erasing.carry_out, outcome=True, erasure_id=asked["id"])
    assert world.digest() == before


def test_a_mail_server_that_is_away_delays_it_a_day_and_not_for_ever(world, farewell, pairing, monkeypatch):
    asked = ask(farewell, at_once=True)
    job = pairing.service.jobs[erasing.CARRY_OUT]

    def away(settings, message):
        raise mail.MailUnavailable("away")

    monkeypatch.setattr(mail, "send", away)
    assert pairing.do(job.effect, asked["id"]) is False
    pairing.do(job.command, outcome=False, erasure_id=asked["id"])
    assert stored(pairing, asked).state == "waiting"
    planned = pairing.database["jobs"].find_one({"_id": f"{erasing.CARRY_OUT}:{asked['id']}"})
    assert planned["due"] > datetime.now(UTC) + timedelta(minutes=10)
    assert pairing.do(job.effect, asked["id"], now=datetime.now(UTC) + 25 * HOUR) is True


def test_an_answer_that_comes_twice_or_for_nothing_changes_nothing(world, farewell, pairing):
    asked = ask(farewell, at_once=True)
    world.settle()
    before = stored(pairing, asked)
    [answer] = [each for each in world.houses["sessions"].said() if isinstance(each, DataErased)]
    pairing.hear(answer, DataErased(erasure_id="00000000-0000-4000-8000-000000000000", erased=(), kept=()))
    assert stored(pairing, asked) == before


def test_an_older_state_that_is_replayed_does_not_bring_her_back(world, farewell):
    ask(farewell, at_once=True)
    world.settle()
    notifications = world.houses["notifications"]
    taken = notifications.database["inbox"].count_documents({"_id": f"erased:{farewell.mentee.id}"})
    assert taken == 1
    assert not [each for each in world.houses["pairing"].said() if isinstance(each, PersonChanged) and each.person_id == farewell.mentee.id]


CHANGES = (lambda name: name[:-1], lambda name: name.upper(), lambda name: f"{name}x", lambda name: "x", lambda name: "é.ü")


@pytest.mark.parametrize("change", CHANGES)
def test_a_certificate_opens_only_with_its_whole_address(world, farewell, pairing, change):
    asked = ask(farewell)
    name = certificate_name(world.settings.secret, asked["id"])
    assert world.nobody().page(f"/pairing/certificates/{name}").status_code == 200
    for path in (change(name), f"{change(name)}/certificate.json"):
        assert world.nobody().page(f"/pairing/certificates/{path}").status_code == 404


def test_the_pages_ask_tick_and_show(world, farewell, pairing):
    her, path = farewell.mentee, f"/pairing/people/{farewell.mentee.id}/data"
    assert her.submit(f"{path}/copy").location == "/pairing/my-data"
    assert "working on it" in her.page("/pairing/my-data").text
    world.settle()
    assert "Fetch the copy" in her.page("/pairing/my-data").text
    shown = farewell.coordinator.page(path).text
    assert "Fetch the copy" not in shown and "ready" in shown
    unsure = her.submit(f"{path}/erase", {"when": "at_once"})
    assert unsure.status_code == 422 and re.search('value="at_once" checked', unsure.text)
    assert pairing.database["erasures"].count_documents({}) == 0
    done = her.submit(f"{path}/erase", {"when": "at_once", "sure": "yes"})
    assert done.status_code == 303
    world.settle()
    assert "erased" in world.nobody().page(done.location).text
    listed = farewell.coordinator.page(f"/pairing/data-requests?programme={farewell.programme_id}").text
    assert "somebody who left" in listed and "erasure" in listed
