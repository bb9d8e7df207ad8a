"""How a pairing ends: asked for quietly, proposed by a silence, decided by a coordinator, looked back on by both, closed by the clock."""

import re
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from chassis.errors import Forbidden, Invalid, NotFound, Refused
from contracts.pairing import PairingClosed, PairingClosing
from contracts.sessions import PairingSilent
from pairing.app import SERVICE, create_app
from pairing.change_requests import commands as change_requests
from pairing.closures import commands as closures
from pairing.data_rights import forgetting
from pairing.matching import commands as matching
from pairing.matching import publishing
from pairing.pairings import life
from pairing.people.repository import PEOPLE
from support.house import House
from support.paired import pair_up
from support.small_cohort import small_cohort

NOW = datetime.now(UTC).replace(microsecond=0)
LONG_AGO = NOW - timedelta(days=90)
WORDS = {"learned": "Solderen, en vragen durven stellen.", "next_goals": "Een lamp maken."}


@pytest.fixture
def paired(settings):
    house = House(SERVICE, create_app, settings)
    yield pair_up(small_cohort(house))
    house.close()


def yara(paired):
    return paired.cohort.signed_in(paired.cohort.yara)


def femke(paired):
    return paired.cohort.signed_in(paired.cohort.femke)


def end(paired, ending="early"):
    answer = paired.cohort.coordinator().post(f"/pairing/api/pairings/{paired.id}/end", {"ending": ending})
    assert answer.status_code == 200, answer.text


def look_back(paired, person, answers=WORDS, **more):
    return paired.cohort.signed_in(person).post(f"/pairing/api/closures/{paired.id}", {"answers": answers, **more})


# Asking for somebody else


def test_a_mentee_asks_quietly_and_only_her_coordinator_reads_it(paired):
    here = f"/pairing/pairings/{paired.id}"
    answer = yara(paired).submit(f"{here}/change", {"words": "Wij passen niet zo."}, on=f"{here}/change")
    assert (answer.status_code, answer.location) == (303, here)
    marit = paired.cohort.coordinator()
    assert "Wij passen niet zo." in marit.page(here).text
    today = marit.page("/pairing/").text
    assert "Somebody asks for a change" in today and "Visser" not in today, "names are read on the pairing's page, which notes who reads"
    for reader in (femke(paired), paired.lead()):
        for path in (here, "/pairing/", "/pairing/pairings"):
            text = reader.page(path).text
            assert "passen niet" not in text and "asks for a change" not in text
    assert "passen niet" not in str(femke(paired).get(f"/pairing/api/pairings/{paired.id}").json)
    assert paired.document["state"] == "accepted", "nothing changes before the coordinator decides"
    assert "You asked your coordinator" in yara(paired).page("/pairing/").text


def test_nothing_of_her_words_is_in_events_or_jobs(paired):
    yara(paired).post(f"/pairing/api/pairings/{paired.id}/ask-for-change", {"words": "Wij passen niet zo."})
    end(paired, "no_fault")
    look_back(paired, paired.cohort.yara, {"hard": "Heimwee naar tekenen."}, shared=True)
    for name in ("outbox", "jobs", "pairings", "audit"):
        raw = " ".join(str(entry) for entry in paired.house.database[name].find())
        assert "passen niet" not in raw and "Heimwee" not in raw


def test_the_coordinator_talks_and_they_go_on(paired):
    femke(paired).post(f"/pairing/api/pairings/{paired.id}/ask-for-change", {})
    here = f"/pairing/pairings/{paired.id}"
    marit = paired.cohort.coordinator()
    assert marit.submit(f"{here}/go-on", {}, on=here).status_code == 303
    assert "asks for a change" not in marit.page("/pairing/").text
    assert "It does not fit?" in femke(paired).page("/pairing/").text
    assert [line["what"] for line in paired.document["course"]["happened"]][-1] == "talked"


def test_an_ending_without_blame_settles_the_request_and_she_waits_again(paired):
    yara(paired).post(f"/pairing/api/pairings/{paired.id}/ask-for-change", {"words": "x"})
    end(paired, "no_fault")
    assert paired.house.database["change_requests"].count_documents({"settled_at": None}) == 0
    paired.house.do(life.close_now, paired.id, "marit", now=NOW)
    paired.change(paired.cohort.jildou, capacity=2)
    run = paired.house.do(matching.compute, paired.cohort.programme_id, now=NOW)
    paired.house.do(publishing.publish, run.id, now=NOW)
    proposal = paired.house.database["pairings"].find_one({"mentee_ids": paired.cohort.yara.id, "state": "proposed"})
    assert proposal["mentor_ids"] == [paired.cohort.jildou.id], "not the mentor with whom it did not fit"


@pytest.mark.parametrize(("ending", "waits"), [("planned", False), ("early", True), ("no_fault", True)])
def test_only_where_somebody_waits_again_another_mentor_is_to_be_found(paired, ending, waits):
    here, marit = f"/pairing/pairings/{paired.id}", paired.cohort.coordinator()
    end(paired, ending)
    paired.house.do(life.close_now, paired.id, "marit", now=NOW)
    assert ("find another mentor" in marit.page(here).text) == waits
    paired.change(paired.cohort.jildou, capacity=2)
    run = paired.house.do(matching.compute, paired.cohort.programme_id, now=NOW)
    paired.house.do(publishing.publish, run.id, now=NOW)
    assert "find another mentor" not in marit.page(here).text, "she has another one"


def test_who_left_the_programme_does_not_wait_again(paired):
    end(paired, "no_fault")
    paired.house.do(life.close_now, paired.id, "marit", now=NOW)
    paired.change(paired.cohort.yara, programme_ids=[])
    assert "find another mentor" not in paired.cohort.coordinator().page(f"/pairing/pairings/{paired.id}").text


def test_in_a_programme_that_comes_to_its_end_nobody_else_is_to_be_found(paired):
    end(paired, "no_fault")
    paired.house.do(life.close_now, paired.id, "marit", now=NOW)
    paired.house.database["programmes"].update_one({"_id": paired.cohort.programme_id}, {"$set": {"state": "closing"}})
    assert "find another mentor" not in paired.cohort.coordinator().page(f"/pairing/pairings/{paired.id}").text


@pytest.mark.parametrize("state", ["proposed", "closing", "closed", "declined", "lapsed"])
def test_a_change_of_what_does_not_run_is_refused_and_nothing_is_written(paired, state):
    paired.house.database["pairings"].update_one({"_id": paired.id}, {"$set": {"state": state}})
    answer = yara(paired).post(f"/pairing/api/pairings/{paired.id}/ask-for-change", {"words": "x"})
    assert (answer.status_code, answer.json["code"]) == (409, "pairing-not-running")
    assert paired.house.database["change_requests"].count_documents({}) == 0


def test_nobody_asks_for_others(paired):
    for person in (paired.cohort.lotte, paired.cohort.jildou):
        with pytest.raises(Forbidden):
            paired.house.do(change_requests.ask, paired.id, person.id, "x", now=NOW)
    assert paired.house.database["change_requests"].count_documents({}) == 0


def test_words_that_are_too_long_come_back_and_nothing_is_written(paired):
    here = f"/pairing/pairings/{paired.id}/change"
    answer = yara(paired).submit(here, {"words": "w" * 2001}, on=here)
    assert answer.status_code == 422 and "w" * 2001 in answer.text
    assert paired.house.database["change_requests"].count_documents({}) == 0


# A silence


def silent(paired, since=LONG_AGO):
    paired.house.hear(PairingSilent(pairing_id=paired.id, programme_id=paired.cohort.programme_id, since=since))


def test_after_90_days_of_silence_the_coordinator_is_asked_to_talk_about_an_ending(paired):
    silent(paired)
    silent(paired)
    marit = paired.cohort.coordinator()
    assert "90 days without a session" in marit.page("/pairing/").text
    page = marit.page(f"/pairing/pairings/{paired.id}").text
    assert "We talked: they go on" in page and "End it" in page
    assert marit.post(f"/pairing/api/pairings/{paired.id}/go-on").json["ending_proposed_at"] is None
    assert "90 days" not in marit.page("/pairing/").text


def test_participants_do_not_see_that_an_ending_is_proposed(paired):
    silent(paired)
    seen = yara(paired).get(f"/pairing/api/pairings/{paired.id}").json
    assert (seen["ending_proposed_at"], seen["state"]) == (None, "accepted")
    assert paired.cohort.coordinator().get(f"/pairing/api/pairings/{paired.id}").json["ending_proposed_at"]


def test_a_session_breaks_the_silence_and_an_old_word_of_silence_changes_nothing(paired):
    silent(paired)
    paired.meet(NOW - timedelta(hours=1))
    assert paired.document["course"]["ending_proposed_at"] is None
    silent(paired)
    assert paired.document["course"]["ending_proposed_at"] is None
    assert (paired.state, paired.document["course"]["sessions_held"]) == ("active", 1)


@pytest.mark.parametrize("state", ["paused", "closing", "closed"])
def test_a_silence_of_what_does_not_run_asks_for_nothing(paired, state):
    paired.house.database["pairings"].update_one({"_id": paired.id}, {"$set": {"state": state}})
    silent(paired)
    assert paired.document["course"]["ending_proposed_at"] is None


# Looking back


@pytest.mark.parametrize("ending", ["planned", "early", "no_fault"])
def test_it_closes_when_both_have_looked_back(paired, ending):
    end(paired, ending)
    assert [event.ending for event in paired.said(PairingClosing)] == [ending]
    assert look_back(paired, paired.cohort.yara).status_code == 200
    assert paired.state == "closing"
    look_back(paired, paired.cohort.yara, {"proud": "De lamp."})
    assert paired.state == "closing", "twice the same side is one side"
    look_back(paired, paired.cohort.femke)
    assert paired.state == "closed"
    assert [event.ending for event in paired.said(PairingClosed)] == [ending]
    assert paired.job("close-pairing") is None


def test_the_clock_closes_it_after_two_weeks_and_not_before(paired):
    end(paired)
    due = paired.job("close-pairing")["due"].replace(tzinfo=UTC)
    assert timedelta(days=13, hours=23) < due - NOW < timedelta(days=14, hours=1)
    paired.house.work_off()
    assert paired.state == "closing", "the clock ran early and must not act"
    for _ in range(2):
        paired.house.do(life.close, paired.id, now=due)
    assert (paired.state, len(paired.said(PairingClosed))) == ("closed", 1)


def test_the_other_reads_what_is_shared_and_nothing_else(paired):
    end(paired)
    look_back(paired, paired.cohort.yara, WORDS, shared=False)
    page = f"/pairing/pairings/{paired.id}/closure"
    assert "Solderen" in yara(paired).page(page).text
    assert "Solderen" not in femke(paired).page(page).text
    assert femke(paired).get(f"/pairing/api/closures/{paired.id}").json["others"] == []
    look_back(paired, paired.cohort.yara, WORDS, shared=True)
    assert "What Yara shares with you" in femke(paired).page(page).text
    assert "Solderen" in femke(paired).page(page).text
    marit = paired.cohort.coordinator()
    assert "Looked back so far: Yara Visser." in marit.page(f"/pairing/pairings/{paired.id}").text
    assert marit.page(page).status_code == 403
    assert marit.get(f"/pairing/api/closures/{paired.id}").status_code == 403


def test_an_empty_look_back_is_refused_with_what_to_do_and_not_stored(paired):
    end(paired)
    page = f"/pairing/pairings/{paired.id}/closure"
    answer = yara(paired).submit(page, {"learned": "  ", "shared": "yes"}, on=page)
    assert answer.status_code == 422 and "Answer at least one of the questions" in answer.text
    with pytest.raises(Invalid):
        paired.house.do(closures.look_back, paired.id, paired.cohort.yara.id, {"learned": "", "other": "x"}, shared=False, now=NOW)
    assert paired.house.database["closures"].count_documents({}) == 0


def test_what_was_typed_comes_back_when_one_answer_is_too_long(paired):
    end(paired)
    page = f"/pairing/pairings/{paired.id}/closure"
    answer = yara(paired).submit(page, {"learned": "Geduld.", "proud": "p" * 2001, "shared": "yes"}, on=page)
    assert answer.status_code == 422
    assert "Geduld." in answer.text and "p" * 2001 in answer.text and re.search(r'name="shared"[^>]*checked', answer.text)


@pytest.mark.parametrize("state", ["proposed", "accepted", "active", "paused", "declined"])
def test_before_its_end_nobody_looks_back_and_nothing_is_written(paired, state):
    paired.house.database["pairings"].update_one({"_id": paired.id}, {"$set": {"state": state}})
    answer = look_back(paired, paired.cohort.yara)
    assert (answer.status_code, answer.json["code"]) == (409, "closure-not-open")
    assert paired.house.database["closures"].count_documents({}) == 0
    assert yara(paired).page(f"/pairing/pairings/{paired.id}/closure").status_code == 409


def test_after_safeguarding_nobody_looks_back_and_there_is_no_certificate(paired):
    paired.meet(NOW - timedelta(hours=1))
    end(paired)
    paired.lead().post(f"/pairing/api/pairings/{paired.id}/stop")
    assert look_back(paired, paired.cohort.yara).json["code"] == "closure-not-open"
    answer = yara(paired).page(f"/pairing/pairings/{paired.id}/certificates/{paired.cohort.yara.id}")
    assert answer.status_code == 409
    own = yara(paired).page("/pairing/").text
    assert "There are no more sessions." in own and "safeguarding" not in re.search(r"<main.*</main>", own, re.S).group(0).lower()


def test_what_an_erased_person_wrote_and_asked_is_gone_and_the_others_words_stay(paired):
    for person in (paired.cohort.yara, paired.cohort.femke):
        paired.cohort.signed_in(person).post(f"/pairing/api/pairings/{paired.id}/ask-for-change", {"words": "x"})
    end(paired)
    for person in (paired.cohort.yara, paired.cohort.femke):
        look_back(paired, person)
    assert paired.house.do(closures.forget, paired.cohort.yara) == paired.house.do(change_requests.forget, paired.cohort.yara) == 1
    for name in ("closures", "change_requests"):
        assert [each["person_id"] for each in paired.house.database[name].find()] == [paired.cohort.femke.id]


def test_after_the_time_is_over_nothing_is_changed(paired):
    end(paired)
    paired.house.do(life.close, paired.id, now=NOW + timedelta(days=15))
    with pytest.raises(Refused) as refused:
        paired.house.do(closures.look_back, paired.id, paired.cohort.yara.id, WORDS, shared=True, now=NOW + timedelta(days=15))
    assert refused.value.code == "closure-not-open"
    assert paired.house.database["closures"].count_documents({}) == 0


def test_a_coordinator_who_does_not_wait_closes_it_and_both_can_still_look_back(paired):
    marit = paired.cohort.coordinator()
    refused = marit.post(f"/pairing/api/pairings/{paired.id}/close")
    assert (refused.status_code, refused.json["code"], paired.state) == (409, "pairing-not-closing", "accepted")
    end(paired)
    assert marit.post(f"/pairing/api/pairings/{paired.id}/close").json["state"] == "closed"
    assert f"{paired.id}/closure" in yara(paired).page("/pairing/").text
    assert look_back(paired, paired.cohort.yara).json["mine"]["answers"] == WORDS
    assert len(paired.said(PairingClosed)) == 1


def test_an_early_end_has_those_who_wait_matched_again_and_a_planned_one_does_not(paired):
    end(paired, "planned")
    paired.house.do(life.close_now, paired.id, "marit", now=NOW)
    assert paired.house.database["jobs"].count_documents({"job": "match-again"}) == 0
    paired.house.database["pairings"].update_one({"_id": paired.id}, {"$set": {"state": "accepted"}})
    end(paired, "early")
    assert paired.house.database["jobs"].count_documents({"job": "match-again"}) == 1, "she waits from now on"


# The certificate


def closed(paired, sessions=2):
    for number in range(sessions):
        paired.meet(NOW - timedelta(days=number, hours=1))
    end(paired)
    for person in (paired.cohort.yara, paired.cohort.femke):
        look_back(paired, person)
    assert paired.state == "closed"


@pytest.mark.parametrize("language", ["en", "nl", "es", "pt", "is"])
def test_the_certificate_says_who_took_part_when_and_how_often(paired, language):
    closed(paired)
    here = f"/pairing/pairings/{paired.id}/certificates/{paired.cohort.yara.id}?in={language}"
    answer = yara(paired).page(here)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    reader = PdfReader(BytesIO(answer.data))
    text = " ".join(reader.pages[0].extract_text().split())
    assert reader.root_object["/Lang"] == language
    for told in ("Yara Visser", "Autumn 2026", "2", str(NOW.year)):
        assert told in text
    assert "Femke" not in text
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="certificate-')
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_certificate_is_for_its_person_and_her_coordinator_alone(paired):
    closed(paired)
    here = f"/pairing/pairings/{paired.id}/certificates/{paired.cohort.yara.id}"
    assert paired.cohort.coordinator().page(here).status_code == 200
    audit = list(paired.house.database["audit"].find({"endpoint": "closures_pages.certificate_file"}))
    assert len(audit) == 1, "her reading is noted"
    for other in (femke(paired), paired.cohort.signed_in(paired.cohort.lotte), paired.other_coordinator(), paired.lead()):
        assert other.page(here).status_code == 403
    stranger = f"/pairing/pairings/{paired.id}/certificates/{paired.cohort.lotte.id}"
    assert paired.cohort.coordinator().page(stranger).status_code == 403


def test_without_a_session_or_before_the_end_there_is_no_certificate(paired):
    here = f"/pairing/pairings/{paired.id}/certificates/{paired.cohort.yara.id}"
    assert yara(paired).page(here).status_code == 409
    closed(paired, sessions=0)
    answer = yara(paired).page(here)
    assert answer.status_code == 409 and "at least one session" in answer.text
    assert "certificates/" not in yara(paired).page(f"/pairing/pairings/{paired.id}/closure").text


@pytest.mark.parametrize("sessions", [0, 1])
def test_where_no_session_was_held_it_is_said_that_there_is_no_certificate(paired, sessions):
    here = f"/pairing/pairings/{paired.id}/closure"
    if sessions:
        paired.meet(NOW - timedelta(hours=1))
    end(paired)
    assert ("none was so far" in yara(paired).page(here).text) is not bool(sessions)
    look_back(paired, paired.cohort.yara)
    look_back(paired, paired.cohort.femke)
    text = yara(paired).page(here).text
    assert ("There is no certificate, because no session was held." in text) is not bool(sessions)
    assert "none was so far" not in text and ("certificates/" in text) is bool(sessions)


def test_it_can_be_changed_until_a_day_also_after_the_pairing_ended_and_the_page_says_both(paired):
    end(paired)
    text = yara(paired).page(f"/pairing/pairings/{paired.id}/closure").text
    assert "You can change it until" in text and "ends as soon as all of you have looked back" in text
    for person in (paired.cohort.yara, paired.cohort.femke):
        look_back(paired, person)
    assert paired.state == "closed"
    assert "Change what I wrote, until" in yara(paired).page(f"/pairing/pairings/{paired.id}/closure").text
    assert look_back(paired, paired.cohort.yara, {"learned": "Nog iets."}).status_code == 200


@pytest.mark.parametrize("before", [False, True])
def test_nobody_looks_back_who_is_erased_at_the_same_moment(paired, before):
    end(paired)
    if before:
        look_back(paired, paired.cohort.yara)
    mentee, once = paired.cohort.yara.id, []

    def work(uow):
        closures.look_back(uow, paired.id, mentee, {"learned": "Niets."}, shared=True)
        if not once:
            once.append(paired.house.do(lambda other: forgetting.forget(other, other.get(PEOPLE, mentee))))

    with pytest.raises(NotFound):
        paired.house.do(work)
    assert list(paired.house.database["closures"].find()) == []
