"""What a country's pack lays down stands, with its source and whether it is confirmed, on each page that goes by it."""

import pytest

from pairing.app import SERVICE, create_app
from support.house import House
from support.small_cohort import small_cohort


@pytest.fixture
def cohort(settings):
    house = House(SERVICE, create_app, settings)
    yield small_cohort(house)
    house.close()


@pytest.mark.parametrize(
    ("page", "rule"),
    [
        ("/pairing/programmes/{programme}", "Age of own consent to online services"),
        ("/pairing/matching?programme={programme}", "Adults in a group with minors"),
        ("/pairing/people/{yara}/permissions", "Age of own consent to online services"),
    ],
)
def test_staff_read_the_rules_and_that_nobody_confirmed_them_where_they_are_used(cohort, page, rule):
    cohort.house.database["programmes"].update_one({}, {"$set": {"country_pack": "IS"}})
    shown = cohort.coordinator().page(page.format(programme=cohort.programme_id, yara=cohort.yara.id)).text
    assert rule in shown
    assert "Rules of the country: Iceland" in shown
    assert shown.count("not confirmed") >= 2
    cohort.house.database["programmes"].update_one({}, {"$set": {"country_pack": ""}})
    assert "Rules of the country:" not in cohort.coordinator().page(page.format(programme=cohort.programme_id, yara=cohort.yara.id)).text


def test_a_participant_is_not_bothered_with_them(cohort):
    cohort.house.database["programmes"].update_one({}, {"$set": {"country_pack": "IS"}})
    assert "Rules of the country:" not in cohort.signed_in(cohort.yara).page(f"/pairing/people/{cohort.yara.id}/permissions").text
