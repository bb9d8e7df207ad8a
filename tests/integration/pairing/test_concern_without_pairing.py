"""A concern in which nobody was chosen: the lead finds the pairing by a name, acts on it, and knows whom to talk with."""

import pytest

from pairing.app import SERVICE, create_app
from pairing.concerns import commands
from pairing.concerns.model import Content
from pairing.people.commands import add_staff
from support.house import House
from support.paired import pair_up
from support.small_cohort import small_cohort

STAFF = {"family_name": "Smit", "language": "en", "time_zone": "Europe/Amsterdam"}
ID = "00000000-0000-4000-8000-0000000000c1"
CASE = f"/pairing/cases/{ID}"
FIND = f"{CASE}/pairings"


@pytest.fixture
def paired(settings):
    house = House(SERVICE, create_app, settings)
    yield pair_up(small_cohort(house))
    house.close()


def staff(paired, name, *roles, programmes=()):
    fields = {"email": f"{name}@example.org", "given_name": name.title(), "roles": roles, "programme_ids": programmes}
    made = paired.house.do(lambda uow: add_staff(uow, **fields, **STAFF))
    return paired.house.caller(made.id, *roles, programmes=programmes), made.id


@pytest.fixture
def lead(paired):
    caller, _ = staff(paired, "saskia", "safeguarding_lead")
    paired.house.do(commands.raise_concern, ID, "", Content("Yara is afraid."), urgent=False)
    return caller


def test_she_finds_the_pairing_by_a_name_and_stops_it(paired, lead):
    answer = lead.submit(FIND, {"name": "yár VISS"}, on=CASE)
    page = f"/pairing/pairings/{paired.id}"
    assert answer.status_code == 200 and "Femke Hoekstra with Yara Visser" in answer.text and f'href="{page}"' in answer.text
    assert lead.submit(f"{page}/stop", {}, on=page).status_code == 303
    assert paired.state == "closed"
    gone = lead.submit(FIND, {"name": "Yara"}, on=CASE).text
    assert page not in gone and "Nobody of this name is in a pairing that runs." in gone


def test_whom_nobody_knows_is_told_so_and_nothing_is_everybody(paired, lead):
    for name in ("Nobody", "yara.*", "yara@example.org"):
        assert "Nobody of this name" in lead.submit(FIND, {"name": name}, on=CASE).text, name
    for name in ("", "  ", "x" * 201):
        answer = lead.submit(FIND, {"name": name}, on=CASE)
        assert (answer.status_code, paired.id in answer.text) == (422, False)


def test_the_name_is_in_no_address_and_the_reading_is_noted_without_it(paired, lead):
    lead.submit(FIND, {"name": "Visser"}, on=CASE)
    [entry] = paired.house.database["audit"].find({"endpoint": "cases_pages.find_pairing"})
    assert "Visser" not in str(entry) and lead.get(FIND).status_code == 405


def test_she_is_shown_who_coordinates_but_not_one_whom_it_is_about(paired, lead):
    _, nora = staff(paired, "nora", "coordinator", programmes=(paired.cohort.programme_id,))
    staff(paired, "elsewhere", "coordinator")
    shown = lead.page(CASE).text
    assert "Nora Smit" in shown and "nora@example.org" in shown and "elsewhere@example.org" not in shown
    about = ID.replace("c1", "c2")
    paired.house.do(commands.raise_concern, about, paired.cohort.yara.id, Content("She.", about_id=nora), urgent=False)
    assert "nora@example.org" not in lead.page(f"/pairing/cases/{about}").text


def test_nobody_else_and_no_lead_whom_it_is_about_finds_anybody(paired, lead):
    concerned, id = staff(paired, "orla", "safeguarding_lead")
    about = ID.replace("c1", "c2")
    paired.house.do(commands.raise_concern, about, paired.cohort.yara.id, Content("She.", about_id=id), urgent=False)
    form = {"on": "/pairing/concerns/new"}
    assert concerned.submit(f"/pairing/cases/{about}/pairings", {"name": "Yara"}, **form).status_code == 403
    others = (paired.cohort.coordinator(), staff(paired, "admin", "administrator")[0], paired.cohort.signed_in(paired.cohort.femke))
    assert [other.submit(FIND, {"name": "Yara"}, **form).status_code for other in others] == [403, 403, 403]
