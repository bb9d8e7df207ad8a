"""Staff choose in which time zone they read times; who gives her free times in a form has the zone of that form."""

import pytest

from contracts.people import PersonChanged
from pairing.accounts.commands import close
from pairing.people.commands import add_staff

PAGE, LINK = "/pairing/time-zone", 'href="/pairing/time-zone"'
LISBON = {"time_zone": "Europe/Lisbon"}


@pytest.mark.parametrize("role", ["administrator", "coordinator", "safeguarding_lead"])
def test_the_next_page_shows_the_zone_that_was_chosen_and_everybody_is_told(house, role):
    joana = house.signed_in(house.staff(role))
    assert "All times are Amsterdam time." in (before := joana.page("/pairing/").text) and LINK in before
    assert joana.submit(PAGE, LISBON, on=PAGE).location == f"{PAGE}?done=saved"
    shown = joana.page(f"{PAGE}?done=saved").text
    assert "Saved." in shown and 'value="Europe/Lisbon" selected' in shown
    assert "All times are Lisbon time." in joana.page("/pairing/").text
    told = [event for event in house.said() if isinstance(event, PersonChanged)]
    assert (told[-1].person_id, told[-1].time_zone) == (joana.id, "Europe/Lisbon")
    assert "All times are Lisbon time." in house.signed_in(joana.id).page("/pairing/").text


@pytest.mark.parametrize("wrong", [{}, {"time_zone": "Mars/Olympus"}, {"time_zone": ""}])
def test_what_is_no_zone_changes_nothing(house, marit, wrong):
    answer = marit.submit(PAGE, wrong, on=PAGE)
    assert (answer.status_code, "Choose a time zone." in answer.text) == (422, True)
    assert "All times are Amsterdam time." in marit.page("/pairing/").text
    assert house.database["people"].find_one({"_id": marit.id})["time_zone"] == "Europe/Amsterdam"


@pytest.mark.parametrize("roles", [("mentor",), ("mentee",), ("guardian",), ("safeguarding_lead", "mentor")])
def test_who_takes_part_has_the_zone_of_her_own_form(house, roles):
    other = house.signed_in(house.staff(*roles))
    assert LINK not in other.page("/pairing/").text
    assert other.page(PAGE).status_code == 403
    assert other.submit(PAGE, LISBON, on="/pairing/").status_code == 403
    assert house.database["people"].find_one({"_id": other.id})["time_zone"] == "Europe/Amsterdam"


def test_whose_account_was_closed_gets_no_new_token_by_it(house):
    place = {"language": "en", "time_zone": "Europe/Amsterdam", "roles": ("coordinator",)}
    id = house.do(lambda uow: add_staff(uow, email="ana@example.org", given_name="Ana", family_name="Silva", **place).id)
    ana = house.signed_in(id)
    house.do(close, id)
    answer = ana.submit(PAGE, LISBON, on=PAGE)
    assert answer.status_code == 403 and "fabconnect=" not in str(answer.headers.getlist("Set-Cookie"))
    assert house.database["people"].find_one({"_id": id})["time_zone"] == "Europe/Amsterdam"
