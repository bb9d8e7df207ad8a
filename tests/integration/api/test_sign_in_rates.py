"""How often somebody may ask for a sign-in link: a whole class gets in from one network address, one mailbox is not flooded."""

from datetime import date

import pytest

from chassis import mail
from pairing.accounts.commands import make_link
from pairing.accounts.model import link_token
from pairing.app import SERVICE, create_app
from pairing.intake.commands import open_entrance
from pairing.people.commands import add_staff
from pairing.programmes import commands as programmes
from support.house import House

API, PAGE = "/pairing/api/sign-in-links", "/pairing/sign-in"
SCHOOL, HOME = {"REMOTE_ADDR": "192.0.2.1"}, {"REMOTE_ADDR": "198.51.100.7"}
LATEST = 15 * 60 + 1


class Door:
    """The pairing service with its limits on."""

    def __init__(self, settings):
        self.house = House(SERVICE, create_app, settings)

    def ask(self, way, email, where=SCHOOL):
        """Asks for a link by page or API."""
        client = self.house.app.test_client()
        if way == "api":
            return client.post(API, json={"email": email}, environ_base=where)
        token = client.get(PAGE, environ_base=where).text.split('name="csrf_token" value="')[1][:64]
        return client.post(PAGE, data={"email": email, "csrf_token": token}, environ_base=where)

    def link(self, number):
        """A link of somebody's own."""
        names = {"given_name": "A", "family_name": "B", "language": "en", "time_zone": "UTC", "roles": ("mentee",)}

        def make(uow):
            return make_link(uow, add_staff(uow, email=f"pupil{number}@example.org", **names).id, "/pairing/").id

        id = self.house.do(make)
        return f"{id}.{link_token(self.house.settings.secret, id)}"


@pytest.fixture
def door(make_settings, monkeypatch):
    monkeypatch.setattr(mail, "send", lambda settings, message: None)
    made = Door(make_settings(rate_limits=True))
    yield made
    made.house.close()


@pytest.mark.parametrize("way", ["page", "api"])
def test_a_class_behind_one_address_gets_its_links(door, way):
    asked = [door.ask(way, f"pupil{number}@example.org").status_code for number in range(30)]
    assert asked == [303 if way == "page" else 202] * 30


def test_a_class_behind_one_address_signs_in(door):
    for number in range(30):
        client, path = door.house.app.test_client(), f"/pairing/sign-in/{door.link(number)}"
        token = client.get(path, environ_base=SCHOOL).text.split('name="csrf_token" value="')[1][:64]
        assert client.post(path, data={"csrf_token": token}, environ_base=SCHOOL).location == "/pairing/"


@pytest.mark.parametrize("way", ["page", "api"])
def test_one_mailbox_is_asked_for_five_times(door, way):
    written = ("sanne@example.org", "Sanne@Example.ORG", " sanne@example.org ", "SANNE@example.org", "sanne@example.org")
    assert {door.ask(way, email).status_code for email in written} == {303 if way == "page" else 202}
    for email, where in (("sanne@example.org", SCHOOL), ("sanne@example.org", HOME), ("\u017fanne@example.org", HOME)):
        refused = door.ask(way, email, where)
        assert refused.status_code == 429, "neither another network nor another spelling is another mailbox"
        assert 1 <= int(refused.headers["Retry-After"]) <= LATEST
        assert refused.mimetype == ("text/html" if way == "page" else "application/problem+json")
    assert door.ask(way, "ana@example.org").status_code in (202, 303)


def test_one_network_address_asks_three_hundred_times(door):
    client = door.house.app.test_client()
    wrong = [client.post(API, json={"email": f"nobody {number}"}, environ_base=SCHOOL).status_code for number in range(301)]
    assert (set(wrong[:300]), wrong[300]) == ({422}, 429)
    assert door.ask("api", "ana@example.org").status_code == 429
    assert door.ask("api", "ana@example.org", HOME).status_code == 202


def test_what_is_no_address_counts_for_the_network_address(door):
    client = door.house.app.test_client()
    bodies = (b"", b"{", b"[" * 100_000, b'{"email": 5}', b'{"email": "\\ud800"}', b"[]", b'{"email": "\\u0000"}')
    for body in bodies:
        answer = client.post(API, data=body, content_type="application/json", environ_base=SCHOOL)
        assert answer.status_code in (400, 422, 429), body
    assert door.ask("api", "address 192.0.2.1").status_code == 422, "an address cannot stand for a caller"


def test_the_database_keeps_no_address_of_who_asked(door):
    door.ask("api", "marit@example.org")
    kept = str(list(door.house.database["limits"].find()))
    assert kept != "[]" and "marit" not in kept and "192.0.2.1" not in kept


def begin_form(door, path, where):
    """Begins a form from this network address."""
    client = door.house.app.test_client()
    token = client.get(path, environ_base=where).text.split('name="csrf_token" value="')[1][:64]
    return client.post(path, data={"role": "mentee", "csrf_token": token}, environ_base=where)


def test_a_class_begins_its_forms_behind_one_address_and_a_machine_that_begins_more_is_stopped(door):
    set_up = {"name": "A", "starts_on": date(2026, 12, 1), "ends_on": date(2027, 12, 1), "languages": ("en",), "time_zone": "UTC"}
    programme_id = door.house.do(programmes.create, **set_up).id
    path = f"/pairing/join/{door.house.do(open_entrance, programme_id, open=True).token}"
    assert [begin_form(door, path, SCHOOL).status_code for _ in range(121)] == [303] * 120 + [429]
    assert begin_form(door, path, HOME).status_code == 303
    assert door.house.database["applications"].count_documents({}) == 121
