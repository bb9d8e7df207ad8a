"""A pairing service with an administrator who is also a coordinator."""

import pytest

from pairing.accounts.commands import admit
from pairing.accounts.repository import ACCOUNTS
from pairing.app import SERVICE, create_app
from pairing.people.commands import add_staff
from support.house import Caller, House


class PairingHouse(House):
    """The service, and ways to add staff and sign people in as they would be."""

    def staff(self, *roles, email="marit@example.org"):
        """The id of a new member of staff."""
        fields = {"given_name": "Marit", "family_name": "de Boer", "language": "en", "time_zone": "Europe/Amsterdam"}
        return self.do(lambda uow: add_staff(uow, email=email, roles=roles, **fields).id)

    def signed_in(self, account_id):
        """Somebody with a token as the service gives it out now."""
        admission = self.do(lambda uow: admit(uow, uow.get(ACCOUNTS, account_id)))
        caller = Caller(self.app.test_client(), admission.access_token)
        caller.id, caller.renewal_token = account_id, admission.renewal_token
        caller.client.set_cookie("fabconnect_renewal", admission.renewal_token, path="/pairing")
        return caller

    def renewed(self, caller):
        """The same person with a fresh token."""
        answer = caller.client.post("/pairing/api/tokens/renew", json={"renewal_token": caller.renewal_token})
        fresh = Caller(self.app.test_client(), answer.json["access_token"])
        fresh.id, fresh.renewal_token = caller.id, caller.renewal_token
        return fresh

    def nobody(self):
        """A browser that is not signed in."""
        caller = Caller(self.app.test_client(), "")
        caller.client.delete_cookie("fabconnect")
        caller.bearer = {}
        return caller


@pytest.fixture
def house_with(make_settings):
    """A factory of houses with other settings."""
    opened = []

    def make(**replaced):
        opened.append(PairingHouse(SERVICE, create_app, make_settings(**replaced)))
        return opened[-1]

    yield make
    for house in opened:
        house.close()


@pytest.fixture
def house(house_with):
    return house_with()


@pytest.fixture
def marit(house):
    """An administrator and coordinator, signed in."""
    return house.signed_in(house.staff("administrator", "coordinator"))


AUTUMN = {
    "name": "Autumn 2026",
    "starts_on": "2026-12-01",
    "ends_on": "2027-05-31",
    "languages": ["en", "nl"],
    "time_zone": "Europe/Amsterdam",
}


@pytest.fixture
def autumn(house, marit):
    """A programme that Marit runs: (its id, Marit with a token that names it)."""
    made = marit.post("/pairing/api/programmes", AUTUMN)
    assert made.status_code == 201, made.text
    return made.json["id"], house.renewed(marit)
