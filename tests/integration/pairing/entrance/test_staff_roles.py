"""An administrator gives roles to staff and takes roles from them; who loses one is signed out, and an administrator remains."""

import pytest

from chassis.errors import Refused
from contracts.people import PersonChanged
from pairing.accounts import commands as accounts
from pairing.people.staff import change_roles

LEAD = "safeguarding_lead"


@pytest.fixture
def ana(house):
    """A coordinator, signed in."""
    return house.signed_in(house.staff("coordinator", email="ana@example.org"))


def account(house, who):
    return house.database["accounts"].find_one({"_id": who.id})


def tick(caller, who, *roles):
    return caller.submit(f"/pairing/staff/{who.id}/roles", {"roles": list(roles)}, on="/pairing/staff")


def told(house, who):
    return [event.roles for event in house.said() if isinstance(event, PersonChanged) and event.person_id == who.id]


def test_a_coordinator_becomes_safeguarding_lead_too_and_stays_signed_in(house, marit, ana):
    assert tick(marit, ana, "coordinator", LEAD).location == "/pairing/staff?done=roles"
    assert account(house, ana)["roles"] == ["coordinator", LEAD]
    assert told(house, ana)[-1] == ("coordinator", LEAD)
    assert ana.page("/pairing/cases").status_code == 403, "the token she has does not say so yet"
    assert house.renewed(ana).page("/pairing/cases").status_code == 200
    assert "The roles are changed" in marit.page("/pairing/staff?done=roles").text


def test_who_loses_a_role_is_signed_out_and_has_it_no_more(house, marit):
    saskia = house.signed_in(house.staff(LEAD, "coordinator", email="saskia@example.org"))
    house.do(accounts.mail_link, saskia.id, "/pairing/")
    tick(marit, saskia, "coordinator")
    assert (account(house, saskia)["roles"], told(house, saskia)[-1]) == (["coordinator"], ("coordinator",))
    answer = saskia.client.post("/pairing/api/tokens/renew", json={"renewal_token": saskia.renewal_token})
    assert (answer.status_code, answer.json["code"]) == (403, "signed-out")
    assert house.database["sign_in_links"].count_documents({"account_id": saskia.id}) == 0
    assert house.signed_in(saskia.id).page("/pairing/cases").status_code == 403


def test_the_same_roles_again_change_and_tell_nothing(house, marit, ana):
    before, said = account(house, ana), len(house.said())
    assert tick(marit, ana, "coordinator").status_code == 303
    assert (account(house, ana), len(house.said())) == (before, said)


def test_a_coordinator_who_is_a_mentor_too_stays_one(house, marit):
    both = house.signed_in(house.staff("mentor", "coordinator", email="both@example.org"))
    tick(marit, both)
    assert account(house, both)["roles"] == ["mentor"]


REFUSALS = {"own-roles": "marit", "no-role-left": "ana", "not-staff": "mentor", "account-closed": "gone"}


@pytest.mark.parametrize("code", REFUSALS)
def test_what_cannot_be_is_refused_with_a_remedy_and_nothing_is_written(house, marit, ana, code):
    people = {"marit": marit.id, "ana": ana.id}
    people["mentor"] = house.staff("mentor", email="mentor@example.org")
    people["gone"] = house.staff("coordinator", email="gone@example.org")
    house.do(accounts.close, people["gone"])
    before, said = list(house.database["accounts"].find()), len(house.said())
    roles = [] if code == "no-role-left" else [LEAD]
    answer = marit.submit(f"/pairing/staff/{people[REFUSALS[code]]}/roles", {"roles": roles}, on="/pairing/staff")
    assert answer.status_code == 409
    with pytest.raises(Refused) as refusal:
        house.do(as_actor(marit.id, change_roles), people[REFUSALS[code]], roles)
    assert refusal.value.code == code and ". " in str(refusal.value)
    assert (list(house.database["accounts"].find()), len(house.said())) == (before, said)


def as_actor(actor, command):
    def acting(uow, *arguments):
        uow.actor = actor
        return command(uow, *arguments)

    return acting


@pytest.mark.parametrize("roles", [["mentor"], ["coordinator", "guardian"], ["owner"], ["coordinator"] * 4])
def test_other_roles_are_not_given_here(house, marit, ana, roles):
    before = account(house, ana)
    assert tick(marit, ana, *roles).status_code == 422
    assert account(house, ana) == before


def test_nobody_but_an_administrator_gives_roles(house, ana):
    for role in ("coordinator", LEAD, "mentor", "mentee", "guardian"):
        other = house.signed_in(house.staff(role, email=f"{role}@example.org"))
        assert other.submit(f"/pairing/staff/{ana.id}/roles", {"roles": [LEAD]}, on="/pairing/privacy").status_code == 403, role
        assert other.submit(f"/pairing/staff/{other.id}/roles", {"roles": ["administrator"]}, on="/pairing/privacy").status_code == 403
    assert account(house, ana)["roles"] == ["coordinator"]


@pytest.mark.parametrize("end", ["roles", "close"])
@pytest.mark.parametrize("deed", ["roles", "close", "invite"])
def test_who_is_administrator_no_more_does_nothing_with_the_token_that_still_says_so(house, marit, ana, end, deed):
    old = house.signed_in(house.staff("administrator", email="old@example.org"))
    place = "/pairing/staff" if deed == "invite" else f"/pairing/staff/{ana.id}/{deed}"
    again = {"email": "again@example.org", "given_name": "O", "family_name": "Ld", "roles": ["administrator"], "language": "en"}
    marit.submit(f"/pairing/staff/{old.id}/{end}", {"roles": ["coordinator"]}, on="/pairing/staff")
    before = list(house.database["accounts"].find())
    assert old.submit(place, again, on="/pairing/privacy").status_code == 403
    assert old.page("/pairing/staff").status_code == 403
    assert list(house.database["accounts"].find()) == before


@pytest.mark.parametrize("deed", ["roles", "close"])
def test_two_administrators_who_let_each_other_go_at_the_same_moment_do_not_both_succeed(house, marit, deed):
    other, attempts = house.staff("administrator", email="other@example.org"), []

    def let_go(uow, by, who):
        uow.actor = by
        accounts.close(uow, who) if deed == "close" else change_roles(uow, who, ["coordinator"])

    def first(uow):
        let_go(uow, other, marit.id)
        if not attempts:
            attempts.append("the other comes after this has read and before it writes")
            house.do(let_go, marit.id, other)

    with pytest.raises(Refused) as refusal:
        house.do(first)
    assert (refusal.value.code, account(house, marit)["roles"]) == ("last-administrator", ["administrator", "coordinator"])


def test_the_page_offers_roles_of_others_who_are_there(house, marit, ana):
    gone = house.staff("coordinator", email="gone@example.org")
    house.do(accounts.close, gone)
    text = marit.page("/pairing/staff").text
    assert f"/pairing/staff/{ana.id}/roles" in text
    assert f"/pairing/staff/{marit.id}/roles" not in text and f"/pairing/staff/{gone}/roles" not in text
