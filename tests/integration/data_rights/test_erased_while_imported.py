"""An erasure and an import that names the same person, at the same moment: each saw the world before the other, in both orders.

Afterwards she is not there, or the file has made a new person, who has nothing of what the erased one left.
"""

import dataclasses
import io
from concurrent.futures import ThreadPoolExecutor

import pytest

from pairing.data_rights import erasing
from pairing.data_rights.repository import ERASURES
from pairing.people import imports, routes
from support.cohort import MENTEE, MENTOR
from support.farewell import EMAIL, FAMILY, WORDS, ok, table
from support.searched import in_databases

ANEW = {**MENTEE, "email": EMAIL, "given_name": "Nora", "family_name": "Nieuwland"}
LATE = "late@example.org"
WISHING = {**MENTOR, "email": LATE, "wishes": EMAIL}
GUARDED = {**MENTEE, "email": LATE, "birth_date": "2012-05-04", "guardian_name": "Zwaantje", "guardian_email": EMAIL}


def import_file(told, role, *people):
    """Imports these people by the API; gives what the answer says."""
    query = {"programme_id": told.programme_id, "role": role, "confirm": "true"}
    file = {"file": (io.BytesIO(table(*people)), "people.csv")}
    return ok(told.coordinator.api("POST", "/pairing/api/imports", query_string=query, data=file))


def erase_around(told, monkeypatch, meanwhile):
    """Erases her; `meanwhile` comes to pass after the erasure has read everything and before it writes. Gives the erasure's id."""
    jobs, once = told.world.houses["pairing"].service.jobs, []

    def carry_out(uow, **payload):
        erasing.carry_out(uow, **payload)
        if not once:
            once.append(elsewhere(meanwhile))

    with monkeypatch.context() as patch:
        patch.setitem(jobs, erasing.CARRY_OUT, dataclasses.replace(jobs[erasing.CARRY_OUT], command=carry_out))
        return erase(told)


def import_around(told, monkeypatch, meanwhile, role, *people):
    """Imports these people; `meanwhile` comes to pass after the import has read everything and before it writes."""
    once = []

    def import_people(uow, plan):
        outcome = imports.import_people(uow, plan)
        if not once:
            once.append(elsewhere(meanwhile))
        return outcome

    with monkeypatch.context() as patch:
        patch.setattr(routes, "import_people", import_people)
        return import_file(told, role, *people), once[0]


def elsewhere(work):
    """What somebody else does at this moment, in a request of her own."""
    with ThreadPoolExecutor(1) as other:
        return other.submit(work).result()


def erase(told):
    asked = ok(told.mentee.api("POST", f"/pairing/api/people/{told.mentee.id}/erasures", json={"at_once": True}), 202)
    told.world.settle()
    return asked["id"]


def erased_everywhere(told, erasure_id):
    """She is gone from every service, under her old number and with all that she ever wrote; a new person may have her address."""
    world = told.world
    world.settle()
    assert world.houses["pairing"].do(lambda uow: uow.get(ERASURES, erasure_id)).state == "done"
    for house in world.houses.values():
        assert house.database["people"].find_one({"_id": told.mentee.id}) is None, house.service.name
    assert in_databases(world, (FAMILY, WORDS)) == {}
    assert world.houses["pairing"].database["people"].find_one({"_id": told.mentor.id})["wishes"] == []


def has_no_history(told):
    """Who has her address now is somebody new: one entry in every service, and no pairing, session, message or copy of data."""
    [entry] = told.world.houses["pairing"].database["people"].find({"email": EMAIL})
    assert entry["_id"] != told.mentee.id and entry["given_name"] == "Nora"
    for house in told.world.houses.values():
        assert house.database["people"].count_documents({"_id": entry["_id"]}) == 1, house.service.name
    anew = told.world.sign_in(entry["_id"])
    for path in ("/pairing/api/pairings", "/sessions/api/meetings", "/notifications/api/messages"):
        assert ok(anew.api("GET", path))["items"] == [], path
    assert WORDS not in anew.page("/pairing/my-data").text


def test_an_import_of_her_row_that_was_read_before_she_was_erased_makes_a_new_person(farewell, monkeypatch):
    done, erasure_id = import_around(farewell, monkeypatch, lambda: erase(farewell), "mentee", ANEW)
    assert (done["created"], done["updated"]) == (1, 0)
    erased_everywhere(farewell, erasure_id)
    has_no_history(farewell)


def test_an_erasure_that_was_read_before_her_row_was_imported_erases_what_the_import_wrote(farewell, monkeypatch):
    outcomes = []
    erasure_id = erase_around(farewell, monkeypatch, lambda: outcomes.append(import_file(farewell, "mentee", ANEW)))
    assert [(done["created"], done["updated"]) for done in outcomes] == [(0, 1)]
    erased_everywhere(farewell, erasure_id)
    assert in_databases(farewell.world, (EMAIL, "Nieuwland")) == {}


def test_a_file_that_waits_for_its_confirmation_goes_with_her_or_makes_a_new_person(farewell, monkeypatch):
    upload = {"programme": farewell.programme_id, "role": "mentee", "file": (io.BytesIO(table(ANEW)), "people.csv")}
    draft = farewell.coordinator.submit("/pairing/people/import", upload).location
    answers = []
    erasure_id = erase_around(farewell, monkeypatch, lambda: answers.append(farewell.coordinator.submit(f"{draft}/confirm").status_code))
    assert answers == [303]
    erased_everywhere(farewell, erasure_id)
    assert in_databases(farewell.world, (EMAIL, "Nieuwland")) == {}
    assert farewell.coordinator.submit(f"{draft}/confirm").status_code == 404


@pytest.mark.parametrize(("role", "naming"), [("mentor", WISHING), ("mentee", GUARDED)])
def test_who_named_her_in_a_file_that_was_imported_while_she_was_erased_names_her_no_more(farewell, monkeypatch, role, naming):
    erasure_id = erase_around(farewell, monkeypatch, lambda: import_file(farewell, role, naming))
    erased_everywhere(farewell, erasure_id)
    assert farewell.world.houses["pairing"].database["people"].count_documents({"email": LATE}) == 1
    assert in_databases(farewell.world, (EMAIL,)) == {}


def test_who_named_her_anew_in_a_corrected_file_while_she_was_erased_names_her_no_more(farewell, monkeypatch):
    import_file(farewell, "mentor", {**WISHING, "wishes": ""})
    erasure_id = erase_around(farewell, monkeypatch, lambda: import_file(farewell, "mentor", WISHING))
    erased_everywhere(farewell, erasure_id)
    assert in_databases(farewell.world, (EMAIL,)) == {}


def test_a_wish_for_somebody_who_was_erased_while_it_was_imported_is_told_to_lead_nowhere(farewell, monkeypatch):
    import_file(farewell, "mentee", {**MENTEE, "email": "other@example.org"})
    done, erasure_id = import_around(farewell, monkeypatch, lambda: erase(farewell), "mentor", WISHING)
    erased_everywhere(farewell, erasure_id)
    assert (done["created"], [each["code"] for each in done["warnings"]]) == (1, ["wish-unknown"])
