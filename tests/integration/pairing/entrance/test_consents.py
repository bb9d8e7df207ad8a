"""Consents are records of their own: given, taken back, recorded from paper, and what each stops."""

from datetime import UTC, date, datetime, timedelta

import pytest

from pairing.consents import texts
from pairing.consents.texts import TEXTS
from pairing.people.commands import add_person
from pairing.people.model import Guardian

TODAY = datetime.now(UTC).date()


@pytest.fixture
def add(house, autumn):
    """Adds somebody of so many years to the programme; gives her, signed in."""

    def add_one(name="noor", years=17, role="mentee", **more):
        who = {"given_name": name.title(), "family_name": "Jansen", "email": f"{name}@example.org", "roles": (role,)}
        known = {"birth_date": TODAY - timedelta(days=years * 366), "guardian": Guardian("Sanne", f"sanne.{name}@example.org", None)}
        where = {"language": "nl", "time_zone": "Europe/Amsterdam", "programme_ids": (autumn[0],)}
        return house.signed_in(house.do(lambda uow: add_person(uow, **{**who, **known, **where, **more}).id))

    return add_one


def where(who):
    return f"/pairing/people/{who.id}/permissions"


def do(who, deed, about=None, **form):
    return who.submit(f"{where(about or who)}/{deed}", form, on="/pairing/privacy" if about else where(who))


def stored(house, who):
    return house.database["people"].find_one({"_id": who.id})


def records(house):
    return list(house.database["consents"].find(sort=[("recorded_at", 1)]))


def withdrawals(house):
    return [event for event in house.said() if type(event).__name__ == "ConsentWithdrawn"]


def test_who_takes_consent_back_is_no_longer_matched_and_can_give_it_again(house, autumn, add):
    noor = add()
    assert do(noor, "agree", kind="consent").status_code == 303
    assert do(noor, "withdraw", kind="consent").status_code == 303
    assert stored(house, noor)["consent_withdrawn"] == TODAY.isoformat()
    [record] = records(house)
    assert (record["withdrawn_role"], record["withdrawn_by"]) == ("person", noor.id)
    [said] = withdrawals(house)
    assert (said.consent_id, said.person_id, said.kind, said.programme_ids) == (record["_id"], noor.id, "consent", (autumn[0],))
    assert "You took your consent back" in noor.page("/pairing/?lang=en").text
    assert "consent was taken back" in autumn[1].page("/pairing/waiting").text
    assert do(noor, "agree", kind="consent").status_code == 303
    assert stored(house, noor)["consent_withdrawn"] is None
    assert [record["withdrawn_at"] is None for record in records(house)] == [False, True]


def test_what_was_given_before_records_were_kept_can_be_taken_back_too(house, add):
    noor = add(guardian=Guardian("Sanne", "sanne@example.org", date(2026, 9, 1)))
    for kind in ("consent", "guardian_permission"):
        assert do(noor, "withdraw", kind=kind).status_code == 303
    person = stored(house, noor)
    assert (person["consent_withdrawn"], person["guardian"]["permission"]) == (TODAY.isoformat(), None)
    assert {(each["kind"], each["way"], each["text_version"]) for each in records(house)} == {
        ("consent", "before", 0),
        ("guardian_permission", "before", 0),
    }
    assert len(withdrawals(house)) == 2


def test_taking_back_twice_is_once(house, add):
    noor = add()
    for _ in range(2):
        assert do(noor, "withdraw", kind="consent").status_code == 303
    assert (len(withdrawals(house)), len(records(house))) == (1, 1)


def test_a_mentee_of_thirteen_cannot_agree_herself(house, add):
    ines = add("ines", years=13)
    assert "I agree to this text" not in ines.page(f"{where(ines)}?lang=en").text
    refused = do(ines, "agree", kind="consent")
    assert (refused.status_code, "parent or guardian has to agree" in refused.text) == (409, True)
    assert records(house) == []


def test_nobody_permits_herself(house, add):
    noor = add()
    refused = do(noor, "agree", kind="guardian_permission")
    assert (refused.status_code, stored(house, noor)["guardian"]["permission"], records(house)) == (409, None, [])


def test_staff_cannot_agree_for_somebody(house, autumn, add):
    noor = add()
    assert do(autumn[1], "agree", about=noor, kind="consent").status_code == 403
    assert records(house) == []


def test_a_coordinator_records_what_was_signed_on_paper(house, autumn, add):
    noor, marit = add(), autumn[1]
    assert do(marit, "paper", about=noor, kind="guardian_permission", on="2026-09-01").status_code == 303
    assert stored(house, noor)["guardian"]["permission"] == "2026-09-01"
    [record] = records(house)
    assert (record["way"], record["given_role"], record["recorded_by"], record["given_on"]) == ("paper", "guardian", marit.id, "2026-09-01")


@pytest.mark.parametrize("day", ["", "1-9-2026", "2026-13-01", "2999-01-01", "1990-01-01", "2026-09-01\x00", "x" * 5_000], ids=range(7))
def test_a_day_that_cannot_be_is_told_and_nothing_is_recorded(house, autumn, add, day):
    noor = add()
    answer = do(autumn[1], "paper", about=noor, kind="guardian_permission", on=day)
    assert answer.status_code == 422
    assert (stored(house, noor)["guardian"]["permission"], records(house)) == (None, [])


def test_permission_on_paper_needs_a_guardian_on_record(house, autumn, add):
    noor = add(guardian=None)
    refused = do(autumn[1], "paper", about=noor, kind="guardian_permission", on="2026-09-01")
    assert (refused.status_code, records(house)) == (409, [])


def test_something_else_than_the_two_kinds_is_refused(house, add):
    noor = add()
    for kind in ("", "everything", "$ne"):
        assert do(noor, "withdraw", kind=kind).status_code == 422
    assert records(house) == []


def test_others_see_and_change_nothing(house, add):
    noor, lotte = add(), add("lotte")
    assert lotte.page(where(noor)).status_code == 403
    for deed in ("agree", "withdraw", "paper", "ask"):
        assert do(lotte, deed, about=noor, kind="consent", on="2026-01-01").status_code == 403
    assert records(house) == []


def test_a_record_leads_to_the_person_it_is_about(house, autumn, add):
    noor, lotte = add(), add("lotte")
    do(noor, "withdraw", kind="consent")
    path = f"/pairing/consents/{records(house)[0]['_id']}"
    assert autumn[1].page(path).location == noor.page(path).location == where(noor)
    assert lotte.page(path).status_code == 403


def test_a_newer_text_is_asked_again(house, add, monkeypatch):
    noor = add()
    do(noor, "agree", kind="consent")
    assert "there is a newer text" not in noor.page(f"{where(noor)}?lang=en").text
    monkeypatch.setattr(texts, "TEXTS", {**TEXTS, ("consent", 2): TEXTS["consent", 1]})
    assert "there is a newer text" in noor.page(f"{where(noor)}?lang=en").text
    do(noor, "agree", kind="consent")
    assert [record["text_version"] for record in records(house)] == [1, 2]
    assert "there is a newer text" not in noor.page(f"{where(noor)}?lang=en").text


def test_the_api_does_the_same(house, autumn, add):
    noor, marit = add(), autumn[1]
    path = f"/pairing/api/people/{noor.id}"
    assert noor.post(f"{path}/consents", {"kind": "consent"}).status_code == 201
    assert noor.post(f"{path}/consents/paper", {"kind": "consent", "on": "2026-01-01"}).status_code == 403
    assert marit.post(f"{path}/consents/paper", {"kind": "guardian_permission", "on": "2026-01-01"}).json["way"] == "paper"
    assert marit.post(f"{path}/consents/paper", {"kind": "guardian_permission", "on": "2999-01-01"}).status_code == 422
    assert [each["kind"] for each in marit.get(f"{path}/consents").json["items"]] == ["guardian_permission", "consent"]
    taken = marit.post(f"{path}/consents/withdrawal", {"kind": "guardian_permission"})
    assert taken.json["items"][0]["withdrawn_role"] == "staff"
    assert noor.post(f"{path}/guardian-request").status_code == 202
    assert marit.get("/pairing/waiting").status_code == 200
    assert "the guardian has not answered" in marit.page("/pairing/waiting").text


def test_a_mentor_who_withdrew_is_left_out_too(house, autumn, add):
    mentor = add("femke", years=30, role="mentor")
    do(mentor, "withdraw", kind="consent")
    assert stored(house, mentor)["consent_withdrawn"]
    assert "consent was taken back" in autumn[1].page("/pairing/waiting").text
