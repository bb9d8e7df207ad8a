"""When the time of a programme is over its participants are erased, after a word to the coordinators; who is needed elsewhere stays."""

from datetime import UTC, date, datetime, timedelta

import pytest

from chassis import mail
from contracts.pairing import RetentionEnding
from contracts.people import PersonErased
from pairing.app import SERVICE, create_app
from pairing.data_rights import erasing, retention, retention_dates
from pairing.data_rights.erasure import TIME_TO_THINK
from pairing.people.commands import add_person, add_staff, change_people
from pairing.people.repository import PEOPLE
from pairing.programmes import commands as programmes
from support.house import House
from support.small_cohort import AUTUMN, small_cohort

OVER = datetime(2028, 6, 30, tzinfo=UTC)
"""Twelve months after the end of the small cohort's programme."""


@pytest.fixture
def cohort(settings, monkeypatch):
    monkeypatch.setattr(mail, "send", lambda settings, message: None)
    house = House(SERVICE, create_app, settings)
    yield small_cohort(house)
    house.close()


def planned(cohort, name):
    found = cohort.house.database["jobs"].find_one({"_id": f"{name}:{cohort.programme_id}"})
    return found and found["due"]


def waiting(cohort):
    return {each["person_id"] for each in cohort.house.database["erasures"].find({"state": "waiting"})}


def participants(cohort):
    return {person.id for person in (cohort.femke, cohort.jildou, cohort.yara, cohort.lotte, cohort.noor)}


def another_programme(cohort, ends_on):
    more = AUTUMN | {"name": "Another", "starts_on": ends_on - timedelta(days=100), "ends_on": ends_on}
    made = cohort.house.do(programmes.create, **more)
    both = {"programme_ids": (cohort.programme_id, made.id)}
    cohort.house.do(lambda uow: change_people(uow, [(uow.get(PEOPLE, cohort.yara.id), both)]))
    return made.id


def test_a_programme_says_when_its_time_is_over(cohort):
    assert planned(cohort, retention_dates.REMIND) == OVER - timedelta(days=30)
    cohort.house.do(programmes.change, cohort.programme_id, keep_months=8)
    assert planned(cohort, retention_dates.REMIND).date() == date(2028, 2, 29) - timedelta(days=30)
    assert planned(cohort, retention_dates.ERASE) is None


def test_the_coordinators_are_reminded_a_month_before(cohort):
    cohort.house.do(retention.remind, cohort.programme_id, now=OVER - timedelta(days=30))
    assert RetentionEnding(programme_id=cohort.programme_id, erases_on=OVER.date()) in cohort.house.said()
    assert planned(cohort, retention_dates.ERASE) == OVER
    assert waiting(cohort) == set()


def test_a_reminder_that_comes_late_still_leaves_a_month(cohort):
    late = OVER + timedelta(days=100)
    cohort.house.do(retention.remind, cohort.programme_id, now=late)
    assert planned(cohort, retention_dates.ERASE) == late + timedelta(days=30)


def test_then_every_participant_is_told_and_erased_three_days_later_and_staff_stay(cohort, monkeypatch):
    monkeypatch.setattr(retention, "STEP", 2)
    staff = {"email": "marit@example.org", "given_name": "Marit", "family_name": "B", "language": "en", "time_zone": "UTC"}
    marit = cohort.house.do(lambda uow: add_staff(uow, roles=("coordinator",), programme_ids=(cohort.programme_id,), **staff).id)
    cohort.house.do(retention.erase, cohort.programme_id, now=OVER)
    while cohort.house.database["jobs"].update_many({"job": retention_dates.ERASE}, {"$set": {"due": datetime.now(UTC)}}).matched_count:
        cohort.house.tick()
    assert waiting(cohort) == participants(cohort)
    cohort.house.do(retention.erase, cohort.programme_id, now=OVER)
    assert len(list(cohort.house.database["erasures"].find())) == 5, "a second time changes nothing"
    for erasure in list(cohort.house.database["erasures"].find()):
        cohort.house.do(erasing.carry_out, outcome=True, erasure_id=erasure["_id"], now=OVER + TIME_TO_THINK)
    assert [person["_id"] for person in cohort.house.database["people"].find()] == [marit]
    assert {each.person_id for each in cohort.house.said() if isinstance(each, PersonErased)} == participants(cohort)


def test_what_must_go_is_not_said_to_be_taken_back(cohort):
    cohort.house.do(retention.erase, cohort.programme_id, now=OVER)
    text = cohort.signed_in(cohort.noor).page("/pairing/my-data").text
    assert "The time for which this data is kept is over" in text
    assert "can be taken back" not in text and "Take it back" not in text
    assert "will be erased" in cohort.coordinator().page("/pairing/data-requests").text


def test_who_takes_part_in_another_programme_only_leaves_this_one(cohort):
    other = another_programme(cohort, date(2028, 1, 31))
    cohort.house.do(retention.erase, cohort.programme_id, now=OVER)
    assert waiting(cohort) == participants(cohort) - {cohort.yara.id}
    assert cohort.house.database["people"].find_one({"_id": cohort.yara.id})["programme_ids"] == [other]


def test_who_joins_another_programme_in_the_last_three_days_stays(cohort):
    cohort.house.do(retention.erase, cohort.programme_id, now=OVER)
    another_programme(cohort, date(2029, 1, 31))
    [erasure] = cohort.house.database["erasures"].find({"person_id": cohort.yara.id})
    assert cohort.house.do(erasing.tell_and_try, erasure["_id"], now=OVER + TIME_TO_THINK) is True
    cohort.house.do(erasing.carry_out, outcome=True, erasure_id=erasure["_id"], now=OVER + TIME_TO_THINK)
    assert cohort.house.database["erasures"].find_one({"_id": erasure["_id"]})["state"] == "withdrawn"
    assert cohort.house.database["people"].find_one({"_id": cohort.yara.id})


def guardian_of(cohort, *wards, programme_ids=None):
    fields = {"given_name": "Sanne", "family_name": "Ouder", "email": "sanne@example.org", "language": "nl", "time_zone": "UTC"}
    where = (cohort.programme_id,) if programme_ids is None else programme_ids
    return cohort.house.do(lambda uow: add_person(uow, roles=("guardian",), ward_ids=wards, programme_ids=where, **fields).id)


def test_a_guardian_is_erased_with_the_programme_of_her_ward(cohort):
    guardian = guardian_of(cohort, cohort.noor.id)
    cohort.house.do(retention.erase, cohort.programme_id, now=OVER)
    assert waiting(cohort) == participants(cohort) | {guardian}


def test_a_guardian_stays_while_her_ward_takes_part_elsewhere(cohort):
    guardian = guardian_of(cohort, cohort.yara.id)
    another_programme(cohort, date(2028, 1, 31))
    cohort.house.do(retention.erase, cohort.programme_id, now=OVER)
    assert waiting(cohort) == participants(cohort) - {cohort.yara.id}
    assert cohort.house.database["people"].find_one({"_id": guardian})["programme_ids"] == []


def test_a_guardian_whose_only_ward_is_erased_is_let_go_but_for_one_who_got_another_ward_meanwhile(cohort):
    guardian = guardian_of(cohort, cohort.noor.id)
    cohort.house.do(retention.erase, cohort.programme_id, now=OVER)
    cohort.house.database["erasures"].delete_many({"person_id": guardian})
    [erasure] = cohort.house.database["erasures"].find({"person_id": cohort.noor.id})
    cohort.house.do(erasing.carry_out, outcome=True, erasure_id=erasure["_id"], now=OVER + TIME_TO_THINK)
    [hers] = cohort.house.database["erasures"].find({"person_id": guardian})
    assert (hers["because"], hers["due_at"]) == ("no_ward", OVER + 2 * TIME_TO_THINK)
    cohort.house.do(lambda uow: change_people(uow, [(uow.get(PEOPLE, guardian), {"ward_ids": (cohort.lotte.id,)})]))
    cohort.house.do(erasing.carry_out, outcome=True, erasure_id=hers["_id"], now=OVER + 2 * TIME_TO_THINK)
    assert cohort.house.database["erasures"].find_one({"_id": hers["_id"]})["state"] == "withdrawn"
    assert cohort.house.database["people"].find_one({"_id": guardian})
