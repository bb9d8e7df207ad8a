"""The first page of staff says from the first day that there is no safeguarding lead, and what to do about it."""

import pytest

CARD = "No safeguarding lead yet"
LEAD = "safeguarding_lead"


def today(house, *roles):
    return house.signed_in(house.staff(*roles, email=f"{'-'.join(roles)}@example.org")).page("/pairing/").text


@pytest.mark.parametrize("roles", [("administrator",), ("administrator", "coordinator")])
def test_an_administrator_is_led_to_the_staff(house, roles):
    text = today(house, *roles)
    card = text[text.index(CARD) :].split("</section>")[0]
    assert 'href="/pairing/staff"' in card


def test_a_coordinator_is_told_whom_to_ask(house):
    text = today(house, "coordinator")
    card = text[text.index(CARD) :].split("</section>")[0]
    assert "Ask an administrator" in card and "/pairing/staff" not in card


def test_once_there_is_one_nothing_is_said_of_it(house):
    text = today(house, LEAD)
    assert CARD not in text
    assert CARD not in today(house, "administrator") and CARD not in today(house, "coordinator")


def test_one_whose_account_is_closed_does_not_count(house):
    lead = house.staff(LEAD, email="saskia@example.org")
    house.database["accounts"].update_one({"_id": lead}, {"$set": {"state": "closed"}})
    assert CARD in today(house, "coordinator")
