"""What staff record and correct about one person, what she changes herself, and what is refused with nothing written."""

import io
import re
from datetime import UTC, datetime, timedelta

import pytest

from pairing.pairings.model import Pairing
from pairing.pairings.repository import PAIRINGS
from pairing.people.choices import VETTING_TYPES
from pairing.people.repository import PEOPLE
from support.cohort import table

TODAY = datetime.now(UTC).date()
GOOD = {"type": "vog", "issued": "2026-03-01", "expires": "", "result": "passed"}


def add(house, marit, id, role, count=1):
    """People of this role in the programme; gives their ids."""
    path = f"/pairing/api/imports?programme_id={id}&role={role}&confirm=true"
    answer = marit.client.post(path, data={"file": (io.BytesIO(table(role, count)), "people.csv")}, headers=marit.bearer)
    assert answer.json["created"] == count
    return [each["_id"] for each in house.database["people"].find({"roles": role}, sort=[("email", 1)])]


@pytest.fixture
def femke(house, autumn):
    """The id of a mentor of the programme."""
    id, marit = autumn
    return add(house, marit, id, "mentor")[0]


@pytest.fixture
def yara(house, autumn):
    """The id of a mentee of the programme."""
    id, marit = autumn
    return add(house, marit, id, "mentee")[0]


def stored(house, id):
    return house.database["people"].find_one({"_id": id})


def state(house):
    kept = ("people", "accounts", "outbox", "sign_ins", "sign_in_links")
    return str({name: sorted(house.database[name].find(), key=lambda each: str(each["_id"])) for name in kept})


def shown(caller, path):
    """The fields of the form on a page, as a browser would send them."""
    page = caller.page(path).text
    main = page[page.index("<main") :]
    form = dict(re.findall(r'<input id="[^"]*" name="([a-z_]+)" type="[^"]*" value="([^"]*)"', main))
    form |= dict(re.findall(r'<textarea id="[^"]*" name="([a-z_]+)"[^>]*>\s*(.*?)\s*</textarea>', main, re.DOTALL))
    for name, options in re.findall(r'<select id="[^"]*" name="([a-z_]+)"[^>]*>(.*?)</select>', main, re.DOTALL):
        form[name] = (re.findall(r'value="([^"]*)" selected', options) or [""])[0]
    for name, value in re.findall(r'type="checkbox" name="([a-z_]+)" value="([^"]*)" checked', main):
        form[name] = [*form.get(name, []), value]
    return form | dict(re.findall(r'type="hidden" name="(version|programme|role)" value="([^"]*)"', main))


# Checks


def test_the_outcome_of_a_check_is_recorded_with_who_looked_at_it(house, autumn, femke):
    _, marit = autumn
    page = f"/pairing/people/{femke}"
    assert "there is nowhere to upload it" in marit.page(page).text
    assert "<input" in marit.page(page).text and 'type="file"' not in marit.page(page).text
    done = marit.submit(f"{page}/vetting", GOOD, on=page)
    assert done.location == f"{page}?done=vetting"
    known = stored(house, femke)
    assert known["vetting"] == {"type": "vog", "issued": "2026-03-01", "expires": "2029-03-01", "result": "passed", "checked_by": marit.id}
    assert [each["issued"] for each in known["vetting_history"]] == ["2026-09-01"]
    assert "Marit de Boer" in marit.page(done.location).text
    assert "Earlier background checks" in marit.page(page).text
    not_passed = marit.post(f"/pairing/api/people/{femke}/vettings", {"type": "vog", "issued": "2026-04-01", "result": "not_passed"})
    assert (not_passed.status_code, not_passed.json["vetting"]["result"]) == (200, "not_passed")
    assert len(not_passed.json["vetting_history"]) == 2


@pytest.mark.parametrize(
    ("check", "said"),
    [
        (None, "no background check recorded"),
        ({"result": "passed", "expires": "2026-09-02"}, "background check ends too early"),
        ({"result": "pending", "expires": "2099-01-01"}, "no background check that lasts"),
    ],
)
def test_no_check_at_all_is_not_called_one_that_ends(house, autumn, femke, check, said):
    id, marit = autumn
    known = check and {"type": "vog", "issued": "2026-09-01", "checked_by": marit.id} | check
    house.database["people"].update_one({"_id": femke}, {"$set": {"vetting": known}})
    texts = ("no background check recorded", "background check ends too early", "no background check that lasts")
    listed = marit.page(f"/pairing/people?programme={id}").text
    assert [text for text in texts if text in listed] == [said]
    page = marit.page(f"/pairing/people/{femke}").text
    assert ("No background check is recorded. Until one is" in page) == (check is None)


@pytest.mark.parametrize(
    ("country", "usual"), [("PT", "criminal_record_certificate"), ("IS", "local_policy"), ("NL", "vog"), ("IE", "garda_vetting")]
)
def test_the_check_of_the_programmes_country_is_offered_first(house, autumn, femke, country, usual):
    id, marit = autumn
    house.database["programmes"].update_one({"_id": id}, {"$set": {"country_pack": country}})
    house.database["people"].update_one({"_id": femke}, {"$set": {"vetting": None}})
    page = marit.page(f"/pairing/people/{femke}").text
    options = re.search(r'<select [^>]*name="type"[^>]*>(.*?)</select>', page, re.DOTALL)[1]
    assert re.findall(r'value="([^"]*)"', options)[0] == usual and re.findall(r'value="([^"]*)" selected', options) == [usual]
    assert sorted(re.findall(r'value="([^"]*)"', options)) == sorted(VETTING_TYPES)


def test_a_check_that_was_not_passed_keeps_a_mentor_from_minors(house, autumn, femke):
    _, marit = autumn
    marit.post(f"/pairing/api/people/{femke}/vettings", {"type": "vog", "issued": "2026-04-01", "result": "pending"})
    assert not house.do(lambda uow: uow.get(PEOPLE, femke).vetting_valid_until(TODAY))


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"type": "tarot"}, "type"),
        ({"type": ""}, "type"),
        ({"result": "perhaps"}, "result"),
        ({"issued": ""}, "issued"),
        ({"issued": "01/03/2026"}, "issued"),
        ({"issued": str(TODAY + timedelta(days=1))}, "issued"),
        ({"expires": "2026-02-30"}, "expires"),
        ({"expires": "2026-03-01"}, "expires"),
        ({"type": "garda_vetting"}, "expires"),
    ],
)
def test_a_check_that_cannot_be_is_asked_again_and_nothing_written(house, autumn, femke, form, field):
    _, marit = autumn
    page, before = f"/pairing/people/{femke}", state(house)
    answer = marit.submit(f"{page}/vetting", GOOD | form, on=page)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text or f'aria-describedby="{field}-error"' in answer.text
    assert state(house) == before
    body = {name: value for name, value in (GOOD | form).items() if value}
    assert marit.post(f"/pairing/api/people/{femke}/vettings", body).status_code == 422
    assert state(house) == before


def test_nobody_records_her_own_check_and_a_mentee_has_none(house, autumn, yara):
    id, marit = autumn
    file = table("mentor", 1).replace(b"mentor0@mentors.example.org", b"marit@example.org")
    path = f"/pairing/api/imports?programme_id={id}&role=mentor&confirm=true"
    assert marit.client.post(path, data={"file": (io.BytesIO(file), "p.csv")}, headers=marit.bearer).json["updated"] == 1
    before, body = state(house), {"type": "vog", "issued": "2026-03-01"}
    for person, code in ((marit.id, "own-vetting"), (yara, "not-a-mentor")):
        refused = marit.post(f"/pairing/api/people/{person}/vettings", body)
        assert (refused.status_code, refused.json["code"]) == (409, code)
    assert marit.post(f"/pairing/api/people/{yara}/training", {"day": "2026-01-01"}).json["code"] == "not-a-mentor"
    assert state(house) == before


def test_a_training_is_recorded_and_one_to_come_refused(house, autumn, femke):
    _, marit = autumn
    page = f"/pairing/people/{femke}"
    assert marit.submit(f"{page}/training", {"day": "2026-10-02"}, on=page).location == f"{page}?done=training"
    assert stored(house, femke)["data_protection_training"] == "2026-10-02"
    before = state(house)
    for day in ("", "yesterday", str(TODAY + timedelta(days=1))):
        assert marit.submit(f"{page}/training", {"day": day}, on=page).status_code == 422
    assert marit.post(f"/pairing/api/people/{femke}/training", {"day": str(TODAY + timedelta(days=1))}).status_code == 422
    assert state(house) == before


def test_a_later_import_does_not_undo_what_was_recorded(house, autumn, femke):
    id, marit = autumn
    marit.post(f"/pairing/api/people/{femke}/vettings", {"type": "vog", "issued": "2026-10-01", "result": "not_passed"})
    path = f"/pairing/api/imports?programme_id={id}&role=mentor&confirm=true"
    again = marit.client.post(path, data={"file": (io.BytesIO(table("mentor", 1)), "p.csv")}, headers=marit.bearer)
    assert again.json["unchanged"] == 1
    assert stored(house, femke)["vetting"]["result"] == "not_passed"


# One person by hand


def test_somebody_is_added_by_hand(house, autumn):
    id, marit = autumn
    page = f"/pairing/people/new?role=mentee&programme={id}"
    form = shown(marit, page) | {
        "email": "Noor@Own.example.org", "given_name": "Noor", "family_name": "Postma", "languages": "nl;en", "birth_date": "2004-08-13",
        "interests": ["robotics", "space"], "availability": "Mon 16:00-17:30", "family": "Postma",
    }  # fmt: skip
    made = marit.submit("/pairing/people/new", form, on=page)
    assert made.status_code == 303, made.text
    noor = house.database["people"].find_one({"email": "noor@own.example.org"})
    assert made.location == f"/pairing/people/{noor['_id']}?done=added"
    assert (noor["roles"], noor["programme_ids"], noor["interests"], noor["language"]) == (["mentee"], [id], ["robotics", "space"], "nl")
    assert (noor["joined_on"], noor["family"]) == (str(TODAY), "Postma")
    assert house.database["accounts"].find_one({"_id": noor["_id"]})["email"] == "noor@own.example.org"


def test_a_form_with_mistakes_comes_back_with_all_of_them_and_what_was_typed(house, autumn):
    id, marit = autumn
    page, before = f"/pairing/people/new?role=mentee&programme={id}", state(house)
    form = shown(marit, page) | {
        "email": "noor", "given_name": "=1+1", "family_name": "", "languages": "nl", "birth_date": "2012-08-13",
        "interests": ["robotics", "x"], "availability": "sometimes", "not_with": "nobody", "capacity": "99",
    }  # fmt: skip
    answer = marit.submit("/pairing/people/new", form, on=page)
    assert answer.status_code == 422
    wrong = {"email", "family_name", "interests", "availability", "not_with", "guardian_name", "guardian_email"}
    assert {name for name in wrong if f'href="#{name}"' in answer.text} == wrong
    assert 'value="=1+1"' in answer.text and "sometimes" in answer.text
    assert state(house) == before


def test_an_address_that_is_known_is_told_and_another_role_refused(house, autumn, femke, yara):
    id, marit = autumn
    page = f"/pairing/people/new?role=mentee&programme={id}"
    form = shown(marit, page) | {
        "given_name": "N",
        "family_name": "P",
        "languages": "nl",
        "birth_date": "2004-08-13",
        "interests": ["space"],
    }
    before = state(house)
    for email in ("mentor0@mentors.example.org", "marit@example.org"):
        answer = marit.submit("/pairing/people/new", form | {"email": email}, on=page)
        assert (answer.status_code, "already here as" in answer.text) == (422, True)
    assert state(house) == before


def test_data_is_corrected_and_a_new_address_moves_the_account(house, autumn, femke, yara):
    _, marit = autumn
    own = house.signed_in(femke)
    page = f"/pairing/people/{femke}/edit"
    for name, value in (("wishes", ["mentor0@mentors.example.org"]), ("not_with", ["mentor0@mentors.example.org", "x@example.org"])):
        house.database["people"].update_one({"_id": yara}, {"$set": {name: value}})
    form = shown(marit, page) | {"email": "maud@new.example.org", "capacity": "3", "not_with": "A@example.org; b@example.org", "pupils": ""}
    done = marit.submit(page, form, on=page)
    assert done.location == f"/pairing/people/{femke}?done=saved", done.text
    known = stored(house, femke)
    assert (known["email"], known["capacity"], known["not_with"]) == ("maud@new.example.org", 3, ["a@example.org", "b@example.org"])
    assert known["vetting"]["type"] == "vog" and known["data_protection_training"] == "2026-09-01", "what is recorded elsewhere stays"
    assert house.database["accounts"].find_one({"_id": femke})["email"] == "maud@new.example.org"
    assert stored(house, yara)["wishes"] == ["maud@new.example.org"]
    assert stored(house, yara)["not_with"] == ["maud@new.example.org", "x@example.org"]
    answer = own.client.post("/pairing/api/tokens/renew", json={"renewal_token": own.renewal_token})
    assert answer.status_code == 403, "who had the old address is signed out"
    again = marit.submit(page, form, on=page)
    assert again.status_code == 412, "the form is too old now"


def test_an_address_of_somebody_else_is_refused_and_nothing_written(house, autumn, femke, yara):
    _, marit = autumn
    page, before = f"/pairing/people/{femke}/edit", state(house)
    for email in ("mentee0@mentees.example.org", "marit@example.org"):
        answer = marit.submit(page, shown(marit, page) | {"email": email}, on=page)
        assert (answer.status_code, "has an account already" in answer.text) == (422, True)
    assert state(house) == before


def test_staff_are_not_corrected_by_others_nor_given_another_address(house, autumn, femke):
    _, marit = autumn
    page = f"/pairing/people/{femke}/edit"
    form = shown(marit, page)
    house.database["people"].update_one({"_id": femke}, {"$set": {"roles": ["administrator", "mentor"]}})
    before = state(house)
    for change in ({"city": "Elsewhere"}, {"email": "mine@evil.example.org"}):
        answer = marit.submit(page, form | change, on=page)
        assert (answer.status_code, "a member of staff too" in answer.text) == (422, True)
    assert (
        marit.submit(f"/pairing/people/{femke}/leave", {"programme": stored(house, femke)["programme_ids"][0]}, on=page).status_code == 409
    )
    assert state(house) == before


def test_the_address_of_somebody_in_another_programme_stays(house, autumn, femke):
    _, marit = autumn
    page = f"/pairing/people/{femke}/edit"
    form = shown(marit, page)
    house.database["people"].update_one({"_id": femke}, {"$push": {"programme_ids": "another"}})
    before = state(house)
    answer = marit.submit(page, form | {"email": "mine@evil.example.org"}, on=page)
    assert (answer.status_code, "through another programme too" in answer.text) == (422, True)
    assert state(house) == before


# Her own


def test_a_participant_changes_where_she_is_and_nothing_else(house, autumn, yara):
    own, page = house.signed_in(yara), f"/pairing/people/{yara}/own"
    form = shown(own, page)
    assert set(form) == {"city", "country", "time_zone", "languages", "format", "availability", "motivation", "version"}
    sent = form | {"city": "Reykjavík", "time_zone": "Atlantic/Reykjavik", "availability": "Sat 10:00-12:00"}
    not_hers = {"email": "x@evil.example.org", "guardian_email": "x@evil.example.org", "birth_date": "1990-01-01", "roles": "coordinator"}
    sent |= not_hers | {"not_with": "x@y.org", "vetting_type": "vog", "joined_on": "2020-01-01"}
    before = stored(house, yara)
    assert own.submit(page, sent, on=page).location == f"/pairing/people/{yara}?done=saved"
    after = stored(house, yara)
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {"city", "time_zone", "availability", "version", "changed_at"}
    assert house.database["accounts"].find_one({"_id": yara})["time_zone"] == "Atlantic/Reykjavik"
    wrong = own.submit(page, shown(own, page) | {"availability": "now and then", "time_zone": "Mars/Crater"}, on=page)
    assert (wrong.status_code, 'href="#availability"' in wrong.text, 'href="#time_zone"' in wrong.text) == (422, True, True)
    assert stored(house, yara) == after


def test_a_participant_does_not_see_whom_she_is_kept_from(house, autumn, yara):
    _, marit = autumn
    house.database["people"].update_one({"_id": yara}, {"$set": {"not_with": ["ex@example.org"], "family": "Secret"}})
    own = house.signed_in(yara)
    assert own.get(f"/pairing/api/people/{yara}").json["not_with"] == []
    for path in (f"/pairing/api/people/{yara}", f"/pairing/people/{yara}", f"/pairing/people/{yara}/own"):
        answer = own.client.get(path, headers=own.bearer if "/api/" in path else {})
        assert answer.status_code == 200 and "ex@example.org" not in answer.text and "Secret" not in answer.text
    assert "ex@example.org" in marit.page(f"/pairing/people/{yara}").text


# Leaving


def test_somebody_leaves_a_programme_but_not_while_she_is_paired_there(house, autumn, femke, yara):
    id, marit = autumn
    now = datetime.now(UTC).replace(microsecond=0)
    pair = Pairing("pair", id, "run", (femke,), (yara,), ("structured",), "online", now, now + timedelta(days=7))
    house.do(lambda uow: uow.add(PAIRINGS, pair))
    page, before = f"/pairing/people/{yara}", state(house)
    for state_ in ("proposed", "active"):
        house.database["pairings"].update_one({"_id": "pair"}, {"$set": {"state": state_}})
        answer = marit.submit(f"{page}/leave", {"programme": id}, on=page)
        assert (answer.status_code, "End that pairing first" in answer.text) == (409, True)
    assert state(house) == before
    house.database["pairings"].update_one({"_id": "pair"}, {"$set": {"state": "declined"}})
    assert marit.submit(f"{page}/leave", {"programme": id}, on=page).location == f"/pairing/people?programme={id}"
    assert stored(house, yara)["programme_ids"] == []
    assert house.database["accounts"].find_one({"_id": yara})["programmes"] == []
    assert marit.page(page).status_code == 403, "she is nobody of the coordinator's any more"


def test_nobody_is_taken_out_of_a_programme_that_somebody_else_runs(house, autumn, yara):
    _, marit = autumn
    house.database["people"].update_one({"_id": yara}, {"$push": {"programme_ids": "another"}})
    page, before = f"/pairing/people/{yara}", state(house)
    for programme in ("another", "", "00000000-0000-4000-8000-000000000001"):
        assert marit.submit(f"{page}/leave", {"programme": programme}, on=page).status_code == 403
    assert state(house) == before
