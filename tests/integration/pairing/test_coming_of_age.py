"""Who comes of age is nobody's ward from that day on, where she is; the other services are told the day."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from contracts.people import PersonChanged
from pairing.app import SERVICE, create_app
from pairing.migrations import days_of_coming_of_age, guardians_and_their_wards
from pairing.people import retelling
from pairing.people.commands import add_person, change_people
from pairing.people.model import Person
from pairing.people.repository import PEOPLE
from support.house import House
from support.small_cohort import small_cohort

COMMON = {"given_name": "A", "family_name": "B", "language": "nl", "time_zone": "Europe/Amsterdam"}
YARA = Person(id="yara", email="y@example.org", roles=("mentee",), birth_date=date(2008, 11, 21), **COMMON)
SANNE = Person(id="sanne", email="s@example.org", roles=("guardian",), ward_ids=("yara",), **COMMON)


@pytest.fixture
def cohort(settings):
    house = House(SERVICE, create_app, settings)
    yield small_cohort(house)
    house.close()


@pytest.mark.parametrize(
    ("zone", "last"),
    [
        ("Europe/Amsterdam", datetime(2026, 11, 20, 22, 59, tzinfo=UTC)),
        ("Atlantic/Reykjavik", datetime(2026, 11, 20, 23, 59, tzinfo=UTC)),
        ("Atlantic/Azores", datetime(2026, 11, 21, 0, 59, tzinfo=UTC)),
    ],
)
def test_a_guardian_s_rights_end_as_the_birthday_begins_where_the_ward_is(zone, last):
    ward = replace(YARA, time_zone=zone)
    assert SANNE.guards(ward, last)
    assert not SANNE.guards(ward, last + timedelta(minutes=1))


@pytest.mark.parametrize(
    ("born", "of_age"), [(date(2008, 11, 21), date(2026, 11, 21)), (date(2008, 2, 29), date(2026, 3, 1)), (None, None)]
)
def test_the_day_that_is_told_is_the_first_on_which_she_is_no_minor(born, of_age):
    person = replace(YARA, birth_date=born)
    assert person.changed().of_age_on == of_age
    if of_age:
        assert (person.is_minor(of_age - timedelta(days=1)), person.is_minor(of_age)) == (True, False)


def test_of_who_is_no_mentee_the_day_is_not_told():
    assert replace(YARA, roles=("mentor",)).changed().of_age_on is None


def told(cohort, person):
    return [event for event in cohort.house.said() if isinstance(event, PersonChanged) and event.person_id == person.id][-1].of_age_on


def test_a_corrected_birth_date_is_told_with_the_new_day(cohort):
    assert told(cohort, cohort.yara) == date(2029, 5, 1)
    cohort.house.do(lambda uow: change_people(uow, [(uow.get(PEOPLE, cohort.yara.id), {"birth_date": date(2008, 1, 2)})]))
    assert told(cohort, cohort.yara) == date(2026, 1, 2)


def test_after_an_upgrade_every_mentee_is_told_of_once_more_with_a_newer_version(cohort, monkeypatch):
    monkeypatch.setattr(retelling, "STEP", 2)
    database, mentees = cohort.house.database, {cohort.yara.id, cohort.lotte.id, cohort.noor.id}
    before = {each["_id"]: each["version"] for each in database["people"].find()}
    database["outbox"].delete_many({})
    days_of_coming_of_age(database)
    cohort.house.work_off(retelling.TELL_AGAIN)
    assert {event.person_id for event in cohort.house.said()} == mentees
    assert all(event.of_age_on for event in cohort.house.said())
    versions = {each["_id"]: each["version"] for each in database["people"].find()}
    assert {id for id in before if versions[id] > before[id]} == mentees


def test_after_an_upgrade_guardians_are_told_of_once_more_with_their_wards(cohort):
    fields = {"email": "s@example.org", "roles": ("guardian",), "ward_ids": (cohort.yara.id,)}
    sanne = cohort.house.do(lambda uow: add_person(uow, **fields, **COMMON))
    cohort.house.database["outbox"].delete_many({})
    guardians_and_their_wards(cohort.house.database)
    cohort.house.work_off(retelling.TELL_AGAIN)
    again = {event.person_id: event for event in cohort.house.said()}
    assert again[sanne.id].ward_ids == (cohort.yara.id,) and again[cohort.yara.id].of_age_on == date(2029, 5, 1)


def test_without_mentees_nothing_is_told_again(settings):
    house = House(SERVICE, create_app, settings)
    days_of_coming_of_age(house.database)
    assert house.database["jobs"].count_documents({"job": retelling.TELL_AGAIN}) == 0
    house.close()
