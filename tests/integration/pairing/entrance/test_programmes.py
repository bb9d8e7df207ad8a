"""Setting up and changing programmes, by API and on the pages, and who may."""

import re

from contracts.pairing import ProgrammeChanged
from contracts.people import PersonChanged
from pairing.accounts.commands import close

from .conftest import AUTUMN


def told(house, kind):
    return [event for event in house.said() if isinstance(event, kind)]


def form(**changes):
    fields = {"cadence": "weekly", "meeting_minutes": "45", "respond_within_days": "7"}
    weights = {f"weight_{name}": "5" for name in ("interests", "free_time", "language", "place", "model", "wishes")}
    return {**AUTUMN, **fields, **weights, **changes}


def test_a_new_programme_is_told_and_run_by_its_creator(house, marit):
    made = marit.post("/pairing/api/programmes", AUTUMN)
    assert (made.status_code, made.json["weights"]["interests"], made.json["version"]) == (201, 8, 1)
    (event,) = told(house, ProgrammeChanged)
    assert (event.programme_id, event.language, event.cadence) == (made.json["id"], "en", "fortnightly")
    assert told(house, PersonChanged)[-1].programme_ids == (made.json["id"],)
    listed = house.renewed(marit).get("/pairing/api/programmes").json
    assert [each["name"] for each in listed["items"]] == ["Autumn 2026"]


def test_wrong_set_ups_are_refused_with_the_field(house, marit):
    for wrong, field in (
        ({"name": ""}, "name"),
        ({"name": "a\u202eb"}, "name"),
        ({"ends_on": "2026-12-01"}, "ends_on"),
        ({"ends_on": "2036-12-01"}, "ends_on"),
        ({"languages": []}, "languages"),
        ({"languages": ["tlh"]}, "languages.0"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"threshold": 2}, "threshold"),
        ({"weights": {"interests": 11}}, "weights.interests.value"),
        ({"weights": {"interests": 1}}, "weights"),
        ({"cadence": "hourly"}, "cadence"),
        ({"meeting_minutes": "60"}, "meeting_minutes"),
        ({"state": "closed"}, "state"),
    ):
        answer = marit.post("/pairing/api/programmes", {**AUTUMN, **wrong})
        assert (answer.status_code, list(answer.json["errors"])) == (422, [field]), answer.text
    assert told(house, ProgrammeChanged) == []


def test_a_change_needs_the_present_version(house, autumn):
    id, marit = autumn
    path = f"/pairing/api/programmes/{id}"
    tag = marit.get(path).headers["ETag"]

    def change(body, **headers):
        return marit.client.patch(path, json=body, headers={**marit.bearer, **headers})

    assert change({"name": "X"}).status_code == 428
    assert change({"name": "Winter"}, **{"If-Match": tag}).json["version"] == 2
    assert change({"name": "X"}, **{"If-Match": tag}).status_code == 412
    assert [event.name for event in told(house, ProgrammeChanged)] == ["Autumn 2026", "Winter"]
    same = change({"name": "Winter"}, **{"If-Match": marit.get(path).headers["ETag"]})
    assert (same.json["version"], len(told(house, ProgrammeChanged))) == (2, 2)


def test_the_pages_lead_from_nothing_to_the_import(house, marit):
    assert "/pairing/programmes/new" in marit.page("/pairing/").text
    sent_on = marit.submit("/pairing/programmes", form(name="Ðís & <b>co</b>"), on="/pairing/programmes/new")
    id = re.fullmatch(r"/pairing/people/import\?programme=([\w-]+)", sent_on.location)[1]
    assert marit.page(sent_on.location).status_code == 200, "the token names the new programme at once"
    shown = marit.page(f"/pairing/programmes/{id}").text
    assert "Ðís &amp; &lt;b&gt;co&lt;/b&gt;" in shown and "<b>co" not in shown
    assert "/pairing/people/import?role=mentor" in marit.page("/pairing/").text
    changed = marit.submit(f"/pairing/programmes/{id}", form(name="Spring", version="1"), on=f"/pairing/programmes/{id}")
    assert changed.location.endswith("?done=saved")
    stale = marit.submit(f"/pairing/programmes/{id}", form(name="Summer", version="1"), on=f"/pairing/programmes/{id}")
    assert stale.status_code == 412
    assert "Spring" in marit.page("/pairing/programmes").text


def test_whose_account_was_closed_sets_up_nothing_and_gets_no_new_token_by_it(house):
    ana = house.signed_in(house.staff("coordinator", email="ana@example.org"))
    house.do(close, ana.id)
    answer = ana.submit("/pairing/programmes", form(name="Mine"), on="/pairing/programmes/new")
    assert answer.status_code == 403 and "fabconnect=" not in str(answer.headers.getlist("Set-Cookie"))
    assert house.database["programmes"].count_documents({"name": "Mine"}) == 0


def test_a_wrong_form_comes_back_with_what_was_typed(house, marit):
    answer = marit.submit(
        "/pairing/programmes", form(name="Kept name", ends_on="2026-01-01", respond_within_days="two"), on="/pairing/programmes/new"
    )
    assert answer.status_code == 422
    assert "Kept name" in answer.text
    assert answer.text.count('class="field wrong"') == 1, "what the schema finds comes first"
    answer = marit.submit("/pairing/programmes", form(ends_on="2026-01-01"), on="/pairing/programmes/new")
    assert "Choose a last day after the first" in answer.text
    assert told(house, ProgrammeChanged) == []


def test_others_programmes_stay_closed(house, autumn):
    id, _ = autumn
    for role in ("coordinator", "administrator", "safeguarding_lead", "mentor", "mentee"):
        other = house.signed_in(house.staff(role, email=f"{role}@example.org"))
        assert other.get(f"/pairing/api/programmes/{id}").status_code == 403, role
        assert other.client.patch(f"/pairing/api/programmes/{id}", json={}, headers=other.bearer).status_code == 403, role
        assert other.page(f"/pairing/programmes/{id}").status_code == 403, role
        assert other.get("/pairing/api/programmes").json["items"] == []
        if role != "coordinator":
            assert other.post("/pairing/api/programmes", AUTUMN).status_code == 403, role
    assert house.nobody().get(f"/pairing/api/programmes/{id}").status_code == 401


def test_the_page_of_a_programme_leads_to_its_public_form_and_says_whether_it_is_open(house, autumn):
    id, marit = autumn
    here, form_page = f"/pairing/programmes/{id}", f"/pairing/programmes/{id}/form"

    def told_of_form():
        text = marit.page(here).text
        assert f'href="{form_page}"' in text
        states = {"People can apply by the public form.": "open", "Nobody can apply by the public form before you open it.": "closed"}
        return [state for words, state in states.items() if words in text and f">{state}</span>" in text]

    assert told_of_form() == ["closed"]
    marit.submit(f"{here}/state", {"state": "intake"}, on=here)
    assert told_of_form() == ["closed"], "opening the intake opens no form"
    marit.submit(f"{form_page}/open", {}, on=form_page)
    assert told_of_form() == ["open"]
    marit.submit(f"{form_page}/close", {}, on=form_page)
    assert told_of_form() == ["closed"]
    marit.submit(f"{form_page}/open", {}, on=form_page)
    house.database["programmes"].update_one({"_id": id}, {"$set": {"state": "running"}})
    text = marit.page(here).text
    assert "public form" not in text, "while pairs meet nobody applies"
