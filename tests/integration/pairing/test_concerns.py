"""Raising a concern: sealed, read by free safeguarding leads alone, followed by its raiser, and never lost."""

import json
import re
import uuid
from datetime import UTC, datetime

import pytest

from contracts.pairing import ConcernRaised
from pairing.accounts import commands as accounts
from pairing.app import SERVICE, create_app
from pairing.concerns import commands
from pairing.concerns.model import Content
from pairing.data_rights.holdings import holdings
from pairing.matching import commands as matching
from pairing.matching import publishing
from pairing.people.commands import add_person, add_staff
from support.house import House
from support.recorded import recorded
from support.small_cohort import small_cohort

NOW = datetime.now(UTC).replace(microsecond=0)
WORDS = "He sends me pictures at night.\nI am afraid."
FORM = {"words": WORDS, "reach": "06 12345678 after school", "urgent": "", "about_id": ""}
STAFF = {"family_name": "Smit", "language": "en", "time_zone": "Europe/Amsterdam"}


@pytest.fixture
def cohort(settings):
    house = House(SERVICE, create_app, settings)
    made = small_cohort(house)
    run = house.do(matching.compute, made.programme_id, now=NOW)
    house.do(publishing.publish, run.id, now=NOW)
    yield made
    house.close()


def staff(cohort, name, *roles):
    made = cohort.house.do(lambda uow: add_staff(uow, email=f"{name}@example.org", given_name=name.title(), roles=roles, **STAFF))
    return cohort.house.caller(made.id, *roles), made.id


@pytest.fixture
def lead(cohort):
    return staff(cohort, "saskia", "safeguarding_lead")


def raise_(who, **form):
    return who.submit("/pairing/concerns", {**FORM, "id": str(uuid.uuid4()), **form}, on="/pairing/concerns/new")


def stored(cohort):
    return list(cohort.house.database["concerns"].find(sort=[("raised_at", 1)]))


def told(cohort):
    return [event for event in cohort.house.said() if isinstance(event, ConcernRaised)]


def test_it_is_stored_sealed_and_the_leads_are_told_without_a_word_of_it(cohort, lead):
    answer = raise_(cohort.signed_in(cohort.yara), about_id=cohort.femke.id, urgent="yes")
    assert (answer.status_code, answer.location) == (303, "/pairing/concerns?done=urgent")
    [concern] = stored(cohort)
    assert told(cohort) == [ConcernRaised(concern_id=concern["_id"], urgent=True, told=(lead[1],), unread=False)]
    for name in cohort.house.database.list_collection_names():
        text = json.dumps(list(cohort.house.database[name].find()), default=str)
        assert "pictures" not in text and "06 12345678" not in text, name
    assert cohort.femke.id not in json.dumps(concern, default=str)


def test_a_lead_reads_it_and_that_is_noted_and_shown(cohort, lead):
    raise_(cohort.signed_in(cohort.yara), about_id=cohort.femke.id)
    path = f"/pairing/cases/{stored(cohort)[0]['_id']}"
    assert "Nobody before you." in lead[0].page(path).text
    shown = lead[0].page(path).text
    for text in ("I am afraid.", "06 12345678 after school", "Yara Visser", "yara@example.org", "Femke Hoekstra"):
        assert text in shown
    assert "Nobody before you." not in shown and "Saskia Smit" in shown
    noted = list(cohort.house.database["audit"].find({"endpoint": "cases_pages.show"}))
    assert [entry["who"] for entry in noted] == [lead[1]] * 2


def test_a_lead_finds_her_guardians_and_her_pairings_there_and_those_of_nobody_else(cohort, lead):
    sanne = {"given_name": "Sanne", "family_name": "Visser", "email": "sanne@example.org", "language": "nl", "time_zone": "UTC"}
    cohort.house.do(lambda uow: add_person(uow, roles=("guardian",), ward_ids=(cohort.yara.id,), **sanne).id)
    raise_(cohort.signed_in(cohort.yara))
    shown = lead[0].page(f"/pairing/cases/{stored(cohort)[0]['_id']}").text
    assert "Sanne Visser" in shown and "sanne@example.org" in shown
    for pairing in cohort.house.database["pairings"].find():
        assert (f"/pairing/pairings/{pairing['_id']}" in shown) == (cohort.yara.id in pairing["mentee_ids"])
    raise_(cohort.signed_in(cohort.noor))
    assert "Sanne Visser" not in lead[0].page(f"/pairing/cases/{stored(cohort)[1]['_id']}").text


def test_nobody_else_reads_it_or_does_anything_with_it(cohort, lead):
    raise_(cohort.signed_in(cohort.yara), about_id=cohort.femke.id)
    before = stored(cohort)
    path = f"/pairing/cases/{before[0]['_id']}"
    others = [cohort.coordinator(), staff(cohort, "admin", "administrator")[0], *map(cohort.signed_in, (cohort.femke, cohort.yara))]
    for other in others:
        assert other.page("/pairing/cases").status_code == 403
        assert other.page(path).status_code == 403
        for act, form in (("take", {}), ("notes", {"note": "x"}), ("messages", {"message": "x"}), ("close", {"outcome": "x"})):
            assert other.submit(f"{path}/{act}", form, on="/pairing/concerns/new").status_code == 403
    assert stored(cohort) == before


def test_a_lead_who_is_named_does_not_even_learn_that_there_is_one(cohort, lead):
    second = staff(cohort, "orla", "safeguarding_lead")
    raise_(cohort.signed_in(cohort.yara), about_id=lead[1])
    [concern] = stored(cohort)
    assert told(cohort)[0].told == (second[1],)
    path = f"/pairing/cases/{concern['_id']}"
    assert path not in lead[0].page("/pairing/cases").text and path in second[0].page("/pairing/cases").text
    assert "new: read" not in lead[0].page("/pairing/").text and "new: read" in second[0].page("/pairing/").text
    assert lead[0].page(path).status_code == 403
    assert second[0].submit(f"{path}/take", {}, on=path).status_code == 303


def test_a_lead_who_raised_it_leaves_it_to_another(cohort, lead):
    second = staff(cohort, "orla", "safeguarding_lead")
    raise_(lead[0])
    path = f"/pairing/cases/{stored(cohort)[0]['_id']}"
    assert (lead[0].page(path).status_code, second[0].page(path).status_code) == (403, 200)
    assert lead[0].submit(f"{path}/close", {"outcome": "Nothing."}, on="/pairing/concerns/new").status_code == 403


def test_without_a_lead_the_administrators_are_told_and_nothing_is_lost(cohort):
    admin = staff(cohort, "admin", "administrator")
    yara = cohort.signed_in(cohort.yara)
    assert "There is none here yet" in yara.page("/pairing/concerns/new").text
    raise_(yara)
    assert told(cohort)[0].told == (admin[1],) and told(cohort)[0].unread
    assert "no safeguarding lead who may read it" in yara.page("/pairing/concerns").text
    assert "1 concern waits" in admin[0].page("/pairing/").text
    late, _ = staff(cohort, "late", "safeguarding_lead")
    assert "1 concern is new" in late.page("/pairing/").text
    assert "1 concern waits" not in admin[0].page("/pairing/").text
    path = f"/pairing/cases/{stored(cohort)[0]['_id']}"
    assert "I am afraid." in late.page(path).text


def test_the_only_lead_being_named_counts_as_no_lead(cohort, lead):
    admin = staff(cohort, "admin", "administrator")
    raise_(cohort.signed_in(cohort.yara), about_id=lead[1])
    assert (told(cohort)[0].told, told(cohort)[0].unread) == ((admin[1],), True)


def test_a_lead_whose_account_is_closed_is_none(cohort, lead):
    admin = staff(cohort, "admin", "administrator")
    cohort.house.do(accounts.close, lead[1])
    raise_(cohort.signed_in(cohort.yara))
    assert told(cohort)[0].told == (admin[1],)


def test_its_way_from_new_to_closed_as_lead_and_raiser_see_it(cohort, lead):
    yara, saskia = cohort.signed_in(cohort.yara), lead[0]
    raise_(yara)
    path = f"/pairing/cases/{stored(cohort)[0]['_id']}"
    assert "received" in yara.page("/pairing/concerns").text
    saskia.submit(f"{path}/take", {}, on=path)
    saskia.submit(f"{path}/notes", {"note": "Called the school."}, on=path)
    saskia.submit(f"{path}/messages", {"message": "I call you on Monday."}, on=path)
    followed = yara.page("/pairing/concerns").text
    assert "being looked at" in followed and "I call you on Monday." in followed
    for hidden in ("Called the school.", "I am afraid.", "Saskia"):
        assert hidden not in followed
    assert "let you know something" in yara.page("/pairing/").text
    saskia.submit(f"{path}/close", {"outcome": "The mentor left."}, on=path)
    followed = yara.page("/pairing/concerns").text
    assert "closed" in followed and "The mentor left." not in followed
    shown = saskia.page(path).text
    assert "The mentor left." in shown and "Called the school." in shown
    [concern] = stored(cohort)
    assert [entry["what"] for entry in concern["log"]] == ["taken", "note", "message", "closed"]
    assert not re.search("school|Monday|mentor left", json.dumps(concern, default=str))


def test_another_person_sees_nothing_of_it_among_her_own(cohort, lead):
    raise_(cohort.signed_in(cohort.yara))
    for other in (cohort.femke, cohort.lotte):
        assert "You have not told us anything" in cohort.signed_in(other).page("/pairing/concerns").text
        assert cohort.signed_in(other).get("/pairing/api/concerns").json["items"] == []


@pytest.mark.parametrize("act", ["notes", "messages", "close"])
@pytest.mark.parametrize("words", ["", " \n ", "x" * 5_001, "a\0b", "\u202e"])
def test_what_cannot_be_written_is_asked_again_with_nothing_of_the_concern_on_the_page(cohort, lead, act, words):
    raise_(cohort.signed_in(cohort.yara))
    path = f"/pairing/cases/{stored(cohort)[0]['_id']}"
    lead[0].submit(f"{path}/take", {}, on=path)
    before = stored(cohort)
    field = {"notes": "note", "messages": "message", "close": "outcome"}[act]
    answer = lead[0].submit(f"{path}/{act}", {field: words}, on=path)
    assert answer.status_code == 422 and "at most 5,000 characters" in answer.text
    assert "I am afraid." not in answer.text
    assert stored(cohort) == before


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"words": ""}, "Say in a few words"),
        ({"words": "x" * 5_001}, "Say in a few words"),
        ({"words": "a\0b"}, "Say in a few words"),
        ({"reach": "x" * 301}, "in one line"),
        ({"reach": "a\nb"}, "in one line"),
        ({"about_id": "nobody"}, "Choose from the list"),
    ],
)
def test_a_form_that_cannot_be_taken_comes_back_with_what_was_typed(cohort, lead, wrong, said):
    answer = raise_(cohort.signed_in(cohort.yara), **wrong)
    assert answer.status_code == 422 and said in answer.text
    assert "words" in wrong or "I am afraid." in answer.text
    assert stored(cohort) == [] and told(cohort) == []


def test_nobody_can_name_somebody_she_has_nothing_to_do_with(cohort, lead):
    answer = raise_(cohort.signed_in(cohort.yara), about_id=cohort.lotte.id)
    assert (answer.status_code, stored(cohort)) == (422, [])
    refused = cohort.signed_in(cohort.yara).post("/pairing/api/concerns", {"words": "x", "about_id": cohort.lotte.id})
    assert (refused.status_code, stored(cohort)) == (422, [])


def test_a_form_sent_twice_is_one_concern(cohort, lead):
    yara, same = cohort.signed_in(cohort.yara), str(uuid.uuid4())
    for _ in range(2):
        assert raise_(yara, id=same).status_code == 303
    assert len(stored(cohort)) == len(told(cohort)) == 1


def test_a_form_changed_and_sent_again_loses_nothing(cohort, lead):
    yara, same = cohort.signed_in(cohort.yara), str(uuid.uuid4())
    raise_(yara, id=same)
    raise_(yara, id=same, words="There is more.")
    assert len(stored(cohort)) == 2


@pytest.mark.parametrize("id", ["", "x", "../x", "00000000-0000-4000-8000-00000000000G"])
def test_a_strange_id_in_the_form_does_no_harm(cohort, lead, id):
    assert raise_(cohort.signed_in(cohort.yara), id=id).status_code == 303
    assert re.fullmatch("[0-9a-f-]{36}", stored(cohort)[0]["_id"])


def test_another_ones_id_in_the_form_touches_nothing_of_hers(cohort, lead):
    raise_(cohort.signed_in(cohort.yara), id=(same := str(uuid.uuid4())))
    before = stored(cohort)
    raise_(cohort.signed_in(cohort.lotte), id=same)
    assert stored(cohort)[0] == before[0] and len(stored(cohort)) == 2


def test_a_note_sent_twice_is_one_note_and_a_closed_one_is_closed_once(cohort, lead):
    raise_(cohort.signed_in(cohort.yara))
    path = f"/pairing/cases/{stored(cohort)[0]['_id']}"
    for _ in range(2):
        lead[0].submit(f"{path}/take", {}, on=path)
    for _ in range(2):
        lead[0].submit(f"{path}/notes", {"note": "Called."}, on=path)
    statuses = [lead[0].submit(f"{path}/close", {"outcome": "Done."}, on="/pairing/concerns/new").status_code for _ in range(2)]
    assert statuses == [303, 409]
    assert [entry["what"] for entry in stored(cohort)[0]["log"]] == ["taken", "note", "closed"]


def test_the_api_raises_and_follows_and_its_stored_answer_holds_no_words(cohort, lead):
    yara = cohort.signed_in(cohort.yara)
    made = yara.client.post(
        "/pairing/api/concerns", json={"words": WORDS, "urgent": True}, headers={**yara.bearer, "Idempotency-Key": "once"}
    )
    assert made.status_code == 201 and "words" not in made.json
    assert yara.get("/pairing/api/concerns").json["items"] == [made.json]
    assert "pictures" not in json.dumps(list(cohort.house.database["idempotency"].find()), default=str)


def test_a_concern_under_a_lost_secret_is_listed_and_says_why_it_does_not_open(cohort, lead):
    raise_(cohort.signed_in(cohort.yara))
    cohort.house.database["concerns"].update_many({}, {"$set": {"sealed": "lost"}})
    path = f"/pairing/cases/{stored(cohort)[0]['_id']}"
    assert path in lead[0].page("/pairing/cases").text
    answer = lead[0].page(path)
    assert answer.status_code == 409 and "the secret of this instance has changed" in answer.text


def test_no_log_line_holds_a_word_of_it(cohort, lead):
    with recorded() as lines:
        raise_(cohort.signed_in(cohort.yara))
        raise_(cohort.signed_in(cohort.yara), words="pictures" * 1_000)
        cohort.signed_in(cohort.yara).post("/pairing/api/concerns", {"words": "pictures", "reach": 5})
    assert "request" in lines.getvalue() and "pictures" not in lines.getvalue()


def test_the_words_are_text_on_the_page_whatever_they_are(cohort, lead):
    raise_(cohort.signed_in(cohort.yara), words="<script>alert(1)</script> {{7*7}} %(x)s 😀")
    shown = lead[0].page(f"/pairing/cases/{stored(cohort)[0]['_id']}").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{7*7}} %(x)s 😀" in shown


def test_the_command_refuses_whom_it_is_about_whoever_calls_it(cohort, lead):
    content = Content(words="x", about_id=lead[1])
    concern = cohort.house.do(lambda uow: commands.raise_concern(uow, uow.new_id(), cohort.yara.id, content, urgent=False))
    before = stored(cohort)
    with pytest.raises(Exception, match="Another safeguarding lead"):
        cohort.house.do(commands.take, concern.id, lead[1])
    assert stored(cohort) == before


def test_her_own_copy_holds_what_she_said_and_nobody_elses_does(cohort, lead):
    raise_(cohort.signed_in(cohort.yara), about_id=cohort.femke.id)
    copies = {
        (who.id, words): cohort.house.do(holdings, who.id, words)
        for who, words in ((cohort.yara, True), (cohort.yara, False), (cohort.femke, True))
    }
    assert copies[cohort.yara.id, True]["concerns_you_raised"][0]["your_words"] == WORDS
    assert "concerns_you_raised" not in copies[cohort.yara.id, False], "a copy for a guardian holds none of it"
    assert copies[cohort.femke.id, True]["concerns_you_raised"] == []
    assert "pictures" not in json.dumps(copies[cohort.femke.id, True], default=str)
