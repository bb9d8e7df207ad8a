"""Answering a proposal: both yes makes it active once, one no or no answer ends it, and nobody else has a say."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from chassis.errors import Forbidden, Refused
from contracts.pairing import PairingAccepted, PairingDeclined, PairingLapsed
from pairing.app import SERVICE, create_app
from pairing.matching import commands as matching
from pairing.matching import publishing
from pairing.pairings import commands
from pairing.people.commands import change_people
from pairing.people.model import Vetting
from pairing.people.repository import PEOPLE
from pairing.programmes import commands as programmes
from support.house import House
from support.small_cohort import small_cohort

NOW = datetime.now(UTC).replace(microsecond=0)
ANSWERS = (PairingAccepted, PairingDeclined, PairingLapsed)


@pytest.fixture
def cohort(settings):
    house = House(SERVICE, create_app, settings)
    yield small_cohort(house)
    house.close()


@pytest.fixture
def proposed(cohort):
    """The id of the proposal of Femke to Yara."""
    run = cohort.house.do(matching.compute, cohort.programme_id, now=NOW)
    cohort.house.do(publishing.publish, run.id, now=NOW)
    return cohort.house.database["pairings"].find_one({"mentee_ids": cohort.yara.id})["_id"]


def document(cohort, pairing_id):
    return cohort.house.database["pairings"].find_one({"_id": pairing_id})


def answers(cohort):
    return [event for event in cohort.house.said() if isinstance(event, ANSWERS)]


def jobs_of(cohort, pairing_id):
    return cohort.house.database["jobs"].count_documents({"_id": f"lapse-proposal:{pairing_id}"})


def test_both_accept_and_it_is_told_once(cohort, proposed):
    femke, yara = cohort.signed_in(cohort.femke), cohort.signed_in(cohort.yara)
    first = femke.post(f"/pairing/api/pairings/{proposed}/accept")
    assert (first.status_code, first.json["state"], first.json["accepted_by"]) == (200, "proposed", [cohort.femke.id])
    assert answers(cohort) == []
    second = yara.post(f"/pairing/api/pairings/{proposed}/accept")
    assert (second.json["state"], second.json["accepted_by"], second.json["fit"]) == ("accepted", [cohort.yara.id], None)
    for again in (femke, yara):
        assert again.post(f"/pairing/api/pairings/{proposed}/accept").json["state"] == "accepted"
    who = {"mentor_id": cohort.femke.id, "mentee_id": cohort.yara.id}
    expected = PairingAccepted(
        pairing_id=proposed, programme_id=cohort.programme_id, model="structured", models=("structured",), format="either", **who
    )
    assert answers(cohort) == [expected]
    assert jobs_of(cohort, proposed) == 0


@pytest.mark.parametrize("verb", ["accept", "decline"])
def test_another_person_s_answer_is_refused_and_writes_nothing(cohort, proposed, verb):
    before, outbox = document(cohort, proposed), len(cohort.house.said())
    for other in (cohort.signed_in(cohort.jildou), cohort.signed_in(cohort.lotte), cohort.coordinator()):
        assert other.post(f"/pairing/api/pairings/{proposed}/{verb}").status_code == 403
    with pytest.raises(Forbidden):
        cohort.house.do(getattr(commands, verb), proposed, cohort.lotte.id, now=NOW)
    assert (document(cohort, proposed), len(cohort.house.said())) == (before, outbox)


def test_a_vetting_that_lapsed_meanwhile_refuses_the_yes_with_a_minor(cohort, proposed):
    lapsed = Vetting("vog", date(2024, 1, 1), date(2027, 1, 1))
    cohort.house.do(lambda uow: change_people(uow, [(uow.get(PEOPLE, cohort.femke.id), {"vetting": lapsed})]), now=NOW)
    before = document(cohort, proposed)
    for who in (cohort.femke, cohort.yara):
        refusal = cohort.signed_in(who).post(f"/pairing/api/pairings/{proposed}/accept")
        assert (refusal.status_code, refusal.json["code"]) == (409, "safeguarding-vetting")
        assert "Record one, then try again" in refusal.json["detail"]
    assert document(cohort, proposed) == before
    noors = cohort.house.database["pairings"].find_one({"mentee_ids": cohort.noor.id})["_id"]
    assert cohort.signed_in(cohort.noor).post(f"/pairing/api/pairings/{noors}/accept").status_code == 200


def test_one_no_ends_it_and_the_other_side_is_not_told_who(cohort, proposed):
    cohort.signed_in(cohort.femke).post(f"/pairing/api/pairings/{proposed}/accept")
    yara = cohort.signed_in(cohort.yara)
    for _ in range(2):
        assert yara.post(f"/pairing/api/pairings/{proposed}/decline").json["declined_by"] == [cohort.yara.id]
    (told,) = answers(cohort)
    assert (told.pairing_id, told.declined_by) == (proposed, "mentee")
    seen_by_femke = cohort.signed_in(cohort.femke).get(f"/pairing/api/pairings/{proposed}").json
    assert (seen_by_femke["state"], seen_by_femke["declined_by"]) == ("declined", [])
    assert jobs_of(cohort, proposed) == 0
    with pytest.raises(Refused):
        cohort.house.do(commands.accept, proposed, cohort.femke.id, now=NOW)


def test_an_unanswered_proposal_lapses_by_the_clock_once(cohort, proposed):
    cohort.house.do(commands.lapse, pairing_id=proposed, now=NOW + timedelta(days=6))
    assert document(cohort, proposed)["state"] == "proposed"
    for _ in range(2):
        cohort.house.do(commands.lapse, pairing_id=proposed, now=NOW + timedelta(days=7))
    assert document(cohort, proposed)["state"] == "lapsed"
    assert [type(event) for event in answers(cohort)] == [PairingLapsed]
    with pytest.raises(Refused) as refusal:
        cohort.house.do(commands.accept, proposed, cohort.yara.id, now=NOW + timedelta(days=8))
    assert refusal.value.code == "pairing-not-open"


def test_the_clock_knows_the_deadline(cohort, proposed):
    assert jobs_of(cohort, proposed) == 1
    assert cohort.house.work_off() >= 3
    assert document(cohort, proposed)["state"] == "proposed", "the job ran before the deadline and must not act"


def test_people_list_their_own_and_coordinators_their_programme_s(cohort, proposed):
    own = cohort.signed_in(cohort.yara).get("/pairing/api/pairings").json["items"]
    assert [item["id"] for item in own] == [proposed]
    of_femke = cohort.signed_in(cohort.femke).get("/pairing/api/pairings").json["items"]
    assert len(of_femke) == 2
    marit = cohort.coordinator()
    everything = marit.get(f"/pairing/api/pairings?programme_id={cohort.programme_id}&limit=2").json
    rest = marit.get(f"/pairing/api/pairings?programme_id={cohort.programme_id}&limit=2&cursor={everything['next']}").json
    assert len({item["id"] for item in everything["items"] + rest["items"]}) == 3
    assert all(item["fit"] > 0 and item["run_id"] for item in everything["items"])
    assert marit.get("/pairing/api/pairings?state=accepted").json["items"] == []
    assert marit.get("/pairing/api/pairings?programme_id=00000000-0000-4000-8000-00000000000e").status_code == 403
    assert cohort.signed_in(cohort.lotte).get(f"/pairing/api/pairings/{proposed}").status_code == 403


def test_a_mentee_reads_why_and_accepts_on_her_page(cohort, proposed):
    yara = cohort.signed_in(cohort.yara)
    here = f"/pairing/pairings/{proposed}"
    own = yara.page(here)
    for text in ("Femke Hoekstra could be your mentor", "You share an interest in robotics.", "You both speak Dutch and English.",
                 "You are both free on Wednesday 19:00–22:00 Amsterdam time.", "Please answer by"):  # fmt: skip
        assert text in own.text
    main = re.search(r"<main.*</main>", own.text, re.S).group(0)
    assert not re.search(r"femke@example.org|wish|Fit|points", main)
    answer = yara.submit(f"{here}/accept", {}, on=here)
    assert (answer.status_code, answer.location) == (303, here)
    assert "You said yes." in yara.page(here).text


def test_a_coordinator_elsewhere_reads_the_common_hours_on_her_clock_and_whose_clock_it_is(cohort, proposed):
    abroad = {"programmes": [cohort.programme_id], "language": "en", "time_zone": "Europe/Lisbon"}
    joana = cohort.house.caller("00000000-0000-4000-8000-00000000000f", "coordinator", **abroad)
    assert "Wednesday 18:00–21:00 Lisbon time" in joana.page(f"/pairing/pairings/{proposed}").text
    assert "(tijd in Lissabon)" in joana.page(f"/pairing/pairings/{proposed}?lang=nl").text


def test_a_mentor_reads_only_the_given_name_of_a_mentee(cohort, proposed):
    text = cohort.signed_in(cohort.femke).page("/pairing/pairings").text
    assert "You could be the mentor of Yara" in text
    assert "Visser" not in text and "yara@example.org" not in text


def test_a_coordinator_follows_the_answers(cohort, proposed):
    marit = cohort.coordinator()
    cohort.signed_in(cohort.femke).post(f"/pairing/api/pairings/{proposed}/accept")
    page = marit.page(f"/pairing/pairings/{proposed}").text
    assert "Femke Hoekstra accepted on" in page and "Yara Visser has not answered." in page
    assert "Femke Hoekstra and Yara Visser" in marit.page("/pairing/pairings?state=proposed").text
    assert "No pairings here yet" in marit.page("/pairing/pairings?state=accepted").text


def test_a_coordinator_decides_how_they_work_until_somebody_says_yes(cohort, proposed):
    marit, path = cohort.coordinator(), f"/pairing/api/pairings/{proposed}/models"
    both = ["ad_hoc", "structured"]
    assert marit.post(path, {"models": both}).json["models"] == both
    assert "contact when needed and planned sessions" in cohort.signed_in(cohort.yara).page(f"/pairing/pairings/{proposed}").text
    cohort.house.do(programmes.change, cohort.programme_id, models=("structured",))
    before = document(cohort, proposed)
    assert marit.post(path, {"models": ["ad_hoc"]}).status_code == 422
    assert cohort.signed_in(cohort.femke).post(path, {"models": ["structured"]}).status_code == 403
    assert document(cohort, proposed) == before
    cohort.signed_in(cohort.femke).post(f"/pairing/api/pairings/{proposed}/accept")
    before = document(cohort, proposed)
    refusal = marit.post(path, {"models": ["structured"]})
    assert (refusal.status_code, refusal.json["code"]) == (409, "pairing-models-agreed")
    assert document(cohort, proposed) == before


def test_a_coordinator_decides_how_they_work_on_the_page(cohort, proposed):
    marit, page = cohort.coordinator(), f"/pairing/pairings/{proposed}"
    answer = marit.submit(f"{page}/models", {"models": ["collaborative", "on_the_job"]}, on=page)
    assert (answer.status_code, document(cohort, proposed)["models"]) == (303, ["collaborative", "on_the_job"])
    refused = marit.submit(f"{page}/models", {}, on=page)
    assert (refused.status_code, "Choose at least one of the ways of working" in refused.text) == (422, True)


def test_a_pair_may_work_in_several_ways_from_the_start(cohort):
    wanted = {cohort.femke.id: {"models": ("ad_hoc", "structured")}, cohort.yara.id: {"needs": ("structured", "flexible")}}

    def both(uow):
        people = uow.get_many(PEOPLE, wanted)
        change_people(uow, [(people[id], fields) for id, fields in wanted.items()])

    cohort.house.do(both, now=NOW)
    run = cohort.house.do(matching.compute, cohort.programme_id, now=NOW)
    cohort.house.do(publishing.publish, run.id, now=NOW)
    assert cohort.house.database["pairings"].find_one({"mentee_ids": cohort.yara.id})["models"] == ["structured", "ad_hoc"]
