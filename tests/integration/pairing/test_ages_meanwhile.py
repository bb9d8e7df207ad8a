"""Ages while a pairing runs: a corrected birth date that the country's rules do not allow pauses it until it is mended."""

from datetime import UTC, date, datetime

import pytest

from chassis.errors import Refused
from contracts.pairing import PairingPaused, PairingResumed
from pairing.app import SERVICE, create_app
from pairing.pairings import life
from pairing.people.commands import change_people
from pairing.people.repository import PEOPLE
from pairing.programmes import commands as programmes
from support.house import House
from support.paired import pair_up
from support.small_cohort import small_cohort

NOW = datetime.now(UTC).replace(microsecond=0)
TOO_YOUNG = {"femke": date(2010, 1, 1), "yara": date(2016, 1, 1)}
OLD_ENOUGH = {"femke": date(1990, 1, 1), "yara": date(2011, 5, 1)}


@pytest.fixture
def paired(settings):
    house = House(SERVICE, create_app, settings)
    yield pair_up(small_cohort(house))
    house.close()


def correct(paired, who, birth_date):
    person_id = getattr(paired.cohort, who).id
    paired.house.do(lambda uow: change_people(uow, [(uow.get(PEOPLE, person_id), {"birth_date": birth_date})]), now=NOW)


@pytest.mark.parametrize("who", TOO_YOUNG)
def test_a_correction_that_makes_somebody_too_young_pauses_at_once_and_is_told_once(paired, who):
    for _ in range(2):
        correct(paired, who, TOO_YOUNG[who])
    correct(paired, who, TOO_YOUNG[who].replace(day=2))
    assert (paired.state, paired.document["paused_for"]) == ("paused", ["age"])
    (told,) = [event for event in paired.said(PairingPaused) if event.pairing_id == paired.id]
    assert (told.reason, told.reasons) == ("age", ("age",))


@pytest.mark.parametrize("who", TOO_YOUNG)
def test_it_does_not_go_on_before_the_date_is_mended_and_nothing_is_written(paired, who):
    correct(paired, who, TOO_YOUNG[who])
    before, said = paired.document, len(paired.house.said())
    answer = paired.cohort.coordinator().post(f"/pairing/api/pairings/{paired.id}/resume")
    assert (answer.status_code, answer.json["code"]) == (409, "safeguarding-age")
    assert "Correct the birth date if it is wrong, or end the pairing." in answer.json["detail"]
    with pytest.raises(Refused):
        paired.house.do(life.resume, paired.id, "marit", as_lead=True, now=NOW)
    assert (paired.document, len(paired.house.said())) == (before, said)


@pytest.mark.parametrize("who", TOO_YOUNG)
def test_with_a_mended_date_the_coordinator_lets_it_go_on(paired, who):
    correct(paired, who, TOO_YOUNG[who])
    correct(paired, who, OLD_ENOUGH[who])
    assert paired.state == "paused", "a person decides"
    answer = paired.cohort.coordinator().post(f"/pairing/api/pairings/{paired.id}/resume")
    assert (answer.status_code, answer.json["state"], answer.json["paused_for"]) == (200, "accepted", [])
    assert [event.pairing_id for event in paired.said(PairingResumed)] == [paired.id]


def test_a_correction_within_the_rules_changes_nothing(paired):
    correct(paired, "yara", date(2012, 5, 1))
    assert (paired.state, paired.said(PairingPaused)) == ("accepted", [])


def test_the_page_of_the_pairing_says_why_and_what_to_do(paired):
    correct(paired, "yara", TOO_YOUNG["yara"])
    page = paired.cohort.coordinator().page(f"/pairing/pairings/{paired.id}").text.replace("&#39;", "'")
    assert "age outside the country's rules" in page
    assert "Correct the birth date if it is wrong, or end the pairing." in page


def test_a_programme_that_names_its_country_later_is_judged_from_then_on(paired):
    programme_id = paired.cohort.programme_id
    paired.house.database["programmes"].update_one({"_id": programme_id}, {"$set": {"country_pack": ""}})
    correct(paired, "yara", TOO_YOUNG["yara"])
    assert paired.state == "accepted"
    paired.house.do(programmes.change, programme_id, country_pack="NL", now=NOW)
    assert (paired.state, paired.document["paused_for"]) == ("paused", ["age"])
