"""A running pairing under the safeguarding gate: what lapses pauses it, and it goes on only when nothing stands against it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from chassis.errors import Forbidden, Refused
from contracts.pairing import PairingClosed, PairingClosing, PairingPaused, PairingResumed
from pairing.app import SERVICE, create_app
from pairing.pairings import life, watching
from pairing.people.commands import change_people
from pairing.people.model import Guardian, Vetting
from pairing.people.repository import PEOPLE
from pairing.programmes import commands as programmes
from support.house import House
from support.paired import pair_up
from support.small_cohort import ENDS_ON, small_cohort

NOW = datetime.now(UTC).replace(microsecond=0)
YESTERDAY = (NOW - timedelta(days=2)).date()
LAPSES = {
    "vetting": ("femke", {"vetting": Vetting("vog", date(2024, 1, 1), YESTERDAY)}),
    "training": ("femke", {"data_protection_training": None}),
    "guardian-permission": ("yara", {"guardian": Guardian("Sanne", "sanne@example.org", None)}),
    "consent": ("yara", {"consent_withdrawn": YESTERDAY}),
    "conflict-of-interest": ("femke", {"not_with": ("yara@example.org",)}),
}
REMEDY = {"vetting": "Record one", "training": "Record the date", "guardian-permission": "Record the permission",
          "consent": "Ask whether it is given again", "conflict-of-interest": "correct what is noted"}  # fmt: skip


@pytest.fixture
def paired(settings):
    house = House(SERVICE, create_app, settings)
    yield pair_up(small_cohort(house))
    house.close()


def record(paired, who, fields, now=NOW):
    person_id = getattr(paired.cohort, who).id
    paired.house.do(lambda uow: change_people(uow, [(uow.get(PEOPLE, person_id), fields)]), now=now)


@pytest.mark.parametrize("code", LAPSES)
def test_what_is_recorded_as_lapsed_pauses_the_pairing_at_once_and_is_told_once(paired, code):
    record(paired, *LAPSES[code])
    record(paired, *LAPSES[code])
    paired.house.do(watching.reconsider, paired.cohort.femke.id, now=NOW)
    assert (paired.state, paired.document["paused_for"]) == ("paused", [code])
    (told,) = [event for event in paired.said(PairingPaused) if event.pairing_id == paired.id]
    assert (told.reason, told.reasons) == (code, (code,))


@pytest.mark.parametrize("code", LAPSES)
def test_it_does_not_go_on_before_that_is_remedied_and_nothing_is_written(paired, code):
    record(paired, *LAPSES[code])
    before, said, marit = paired.document, len(paired.house.said()), paired.cohort.coordinator()
    answer = marit.post(f"/pairing/api/pairings/{paired.id}/resume")
    assert (answer.status_code, answer.json["code"]) == (409, f"safeguarding-{code}")
    assert REMEDY[code] in answer.json["detail"]
    with pytest.raises(Refused):
        paired.house.do(life.resume, paired.id, "marit", as_lead=True, now=NOW)
    assert (paired.document, len(paired.house.said())) == (before, said)


@pytest.mark.parametrize("code", LAPSES)
def test_a_yes_to_a_proposal_is_refused_while_a_rule_stands_against_it_and_nothing_is_written(paired, code):
    lottes = paired.house.database["pairings"].find_one({"mentee_ids": paired.cohort.lotte.id})
    mentor = paired.cohort.femke if paired.cohort.femke.id in lottes["mentor_ids"] else paired.cohort.jildou
    who, fields = LAPSES[code]
    person = mentor if who == "femke" else paired.cohort.lotte
    fields = {**fields, "not_with": ("lotte@example.org",)} if code == "conflict-of-interest" else fields
    paired.house.do(lambda uow: change_people(uow, [(uow.get(PEOPLE, person.id), fields)]), now=NOW)
    before, said = paired.house.database["pairings"].find_one({"_id": lottes["_id"]}), len(paired.house.said())
    answer = paired.cohort.signed_in(paired.cohort.lotte).post(f"/pairing/api/pairings/{lottes['_id']}/accept")
    assert (answer.status_code, answer.json["code"]) == (409, f"safeguarding-{code}")
    assert (paired.house.database["pairings"].find_one({"_id": lottes["_id"]}), len(paired.house.said())) == (before, said)


def test_when_it_is_remedied_the_coordinator_lets_it_go_on(paired):
    record(paired, *LAPSES["vetting"])
    record(paired, "femke", {"vetting": Vetting("vog", date(2026, 1, 1), ENDS_ON)})
    assert paired.state == "paused", "a person decides"
    assert "No rule of safeguarding stands against it" in paired.cohort.coordinator().page(f"/pairing/pairings/{paired.id}").text
    answer = paired.cohort.coordinator().post(f"/pairing/api/pairings/{paired.id}/resume")
    assert (answer.status_code, answer.json["state"], answer.json["paused_for"]) == (200, "accepted", [])
    assert [event.pairing_id for event in paired.said(PairingResumed)] == [paired.id]


def test_a_vetting_valid_today_is_enough_while_they_are_paired(paired):
    record(paired, "femke", {"vetting": Vetting("vog", date(2024, 1, 1), NOW.date())})
    assert paired.state == "accepted"
    assert paired.job("watch-pairing")["due"].replace(tzinfo=UTC) == watching.begin_of(
        NOW.date() + timedelta(days=1), "Europe/Amsterdam"
    ).astimezone(UTC)


def test_the_clock_pauses_it_on_the_day_after_the_vetting_expires_and_not_before(paired):
    record(paired, "femke", {"vetting": Vetting("vog", date(2024, 1, 1), date(2027, 3, 1))})
    due = paired.job("watch-pairing")["due"].replace(tzinfo=UTC)
    assert due == datetime(2027, 3, 1, 23, tzinfo=UTC), "2 March begins in Amsterdam"
    paired.house.work_off()
    assert paired.state == "accepted", "the clock ran early and must not act"
    assert paired.job("watch-pairing")["due"].replace(tzinfo=UTC) == due
    paired.house.do(watching.watch, paired.id, now=due - timedelta(minutes=1))
    assert paired.state == "accepted"
    for _ in range(2):
        paired.house.do(watching.watch, paired.id, now=due)
    assert (paired.state, len(paired.said(PairingPaused))) == ("paused", 1)


def test_the_job_itself_pauses_what_has_lapsed(paired):
    paired.change(paired.cohort.femke, vetting={"type": "vog", "issued": "2024-01-01", "expires": YESTERDAY.isoformat()})
    paired.house.work_off()
    assert (paired.state, paired.document["paused_for"]) == ("paused", ["vetting"])


def test_a_mentee_of_age_needs_no_vetted_mentor(paired):
    paired.change(paired.cohort.yara, birth_date="2000-01-01")
    record(paired, *LAPSES["vetting"])
    assert paired.state == "accepted"


def test_a_second_reason_joins_the_first_and_is_told_with_all(paired):
    paired.house.do(life.pause, paired.id, "illness", "marit", now=NOW)
    record(paired, *LAPSES["training"])
    assert [(event.reason, event.reasons) for event in paired.said(PairingPaused)] == [
        ("illness", ("illness",)), ("training", ("illness", "training")),
    ]  # fmt: skip


def test_a_lapse_while_they_look_back_keeps_them_from_meeting_and_leaves_the_time_to_look_back(paired):
    paired.house.do(life.end, paired.id, "early", "marit", now=NOW)
    record(paired, *LAPSES["vetting"])
    assert (paired.state, paired.document["paused_for"]) == ("closing", ["vetting"])
    assert [event.reason for event in paired.said(PairingPaused)] == ["vetting"]


def test_the_end_of_the_programme_is_the_planned_end_of_its_pairings(paired):
    after = watching.begin_of(ENDS_ON + timedelta(days=1), "Europe/Amsterdam")
    assert paired.job("watch-pairing")["due"].replace(tzinfo=UTC) == after.astimezone(UTC)
    paired.house.do(watching.watch, paired.id, now=after - timedelta(seconds=1))
    assert paired.state == "accepted"
    for _ in range(2):
        paired.house.do(watching.watch, paired.id, now=after)
    (told,) = paired.said(PairingClosing)
    assert (paired.state, told.ending) == ("closing", "planned")


def test_a_programme_that_ends_earlier_ends_its_pairings_earlier(paired):
    paired.house.do(programmes.change, paired.cohort.programme_id, ends_on=date(2027, 2, 1), now=NOW)
    assert paired.job("watch-pairing")["due"].replace(tzinfo=UTC) == datetime(2027, 2, 1, 23, tzinfo=UTC)


def test_a_pause_for_a_concern_is_lifted_by_a_safeguarding_lead_alone(paired):
    here, lead, marit = f"/pairing/api/pairings/{paired.id}", paired.lead(), paired.cohort.coordinator()
    assert lead.post(f"{here}/pause", {"reason": "concern"}).json["state"] == "paused"
    before = paired.document
    answer = marit.post(f"{here}/resume")
    assert (answer.status_code, answer.json["code"]) == (403, "for-safeguarding-lead")
    with pytest.raises(Forbidden):
        paired.house.do(life.resume, paired.id, "marit", now=NOW)
    assert paired.document == before
    assert lead.post(f"{here}/resume").json["state"] == "accepted"


def test_safeguarding_closes_at_once_and_tells_the_pair_nothing_of_it(paired):
    answer = paired.lead().post(f"/pairing/api/pairings/{paired.id}/stop")
    assert (answer.status_code, answer.json["state"], answer.json["ending"]) == (200, "closed", "safeguarding")
    assert [event.ending for event in paired.said(PairingClosed)] == ["safeguarding"]
    for person in (paired.cohort.femke, paired.cohort.yara):
        seen = paired.cohort.signed_in(person).get(f"/pairing/api/pairings/{paired.id}").json
        assert (seen["state"], seen["ending"], seen["paused_for"]) == ("closed", "", [])
    assert paired.job("watch-pairing") is not None
    paired.house.work_off()
    assert paired.job("watch-pairing") is None


VERBS = {"pause": {"reason": "illness"}, "resume": None, "end": {"ending": "early"}, "stop": None, "go-on": None}


@pytest.mark.parametrize("verb", VERBS)
def test_neither_the_pair_nor_another_programme_s_coordinator_decides(paired, verb):
    before, said = paired.document, len(paired.house.said())
    nobody = paired.house.caller("00000000-0000-4000-8000-0000000000ad", "administrator")
    for caller in (paired.cohort.signed_in(paired.cohort.femke), paired.cohort.signed_in(paired.cohort.yara),
                   paired.cohort.signed_in(paired.cohort.lotte), paired.other_coordinator(), nobody):  # fmt: skip
        assert caller.post(f"/pairing/api/pairings/{paired.id}/{verb}", VERBS[verb]).status_code == 403
    assert (paired.document, len(paired.house.said())) == (before, said)


@pytest.mark.parametrize(
    ("verb", "body"),
    [
        ("pause", {"reason": "vetting"}),
        ("pause", {"reason": ""}),
        ("pause", {}),
        ("end", {"ending": "safeguarding"}),
        ("end", {"ending": "x"}),
    ],
)
def test_words_that_are_not_offered_are_refused(paired, verb, body):
    before = paired.document
    assert paired.cohort.coordinator().post(f"/pairing/api/pairings/{paired.id}/{verb}", body).status_code == 422
    assert paired.document == before
