"""Whoever has her data erased at once reads that it is being carried out now, also before the clock came to it."""

import pytest

from pairing.app import SERVICE, create_app
from support.house import House
from support.small_cohort import small_cohort

NOW_NOT_BACK = "It is being carried out now and cannot be taken back."


@pytest.fixture
def cohort(settings):
    house = House(SERVICE, create_app, settings)
    yield small_cohort(house)
    house.close()


def erase(cohort, when):
    """Noor asks for it; gives her, and the address of the page to which she comes."""
    noor, form = cohort.signed_in(cohort.noor), f"/pairing/people/{cohort.noor.id}/data/erase"
    answer = noor.submit(form, {"sure": "yes", "when": when}, on=form)
    assert answer.status_code == 303, answer.text
    return noor, answer.location


def test_at_once_means_that_it_cannot_be_taken_back_on_any_page(cohort):
    noor, certificate = erase(cohort, "at_once")
    assert cohort.house.database["erasures"].find_one()["state"] == "waiting", "the clock has not come to it"
    pages = [noor.page(certificate).text, noor.page("/pairing/my-data").text]
    for text in pages:
        assert NOW_NOT_BACK in text
        assert "will be erased" not in text and "Take it back" not in text
    assert "being erased" in cohort.coordinator().page("/pairing/data-requests").text


def test_in_three_days_means_that_it_can_be_taken_back_until_then(cohort):
    noor, place = erase(cohort, "later")
    text = noor.page(place).text
    assert NOW_NOT_BACK not in text and "Take it back" in text
    assert "will be erased" in cohort.coordinator().page("/pairing/data-requests").text
