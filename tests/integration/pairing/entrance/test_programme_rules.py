"""The rules of a programme: country, models, thresholds; setting one up like another; and what the form says about each."""

import pytest

from contracts.pairing import ProgrammeChanged

from .conftest import AUTUMN
from .test_programmes import form, told

RULES = {
    "country_pack": "IE",
    "models": ["structured", "ad_hoc"],
    "minimum_fit": 35,
    "threshold": 3,
    "threshold_reason": "Decided by the board on 1 October: a cohort of eight.",
    "keep_months": 24,
}


def test_the_rules_are_kept_shown_and_told(house, marit):
    made = marit.post("/pairing/api/programmes", {**AUTUMN, **RULES})
    assert made.status_code == 201, made.text
    assert {name: made.json[name] for name in RULES} == RULES
    (event,) = told(house, ProgrammeChanged)
    assert (event.country_pack, event.models, event.threshold, event.keep_months) == ("IE", ("structured", "ad_hoc"), 3, 24)
    assert "board" not in str(vars(event)), "free text stays here"


@pytest.mark.parametrize(("zone", "country"), [("Europe/Amsterdam", "NL"), ("Atlantic/Canary", "ES"), ("Europe/Berlin", ""), ("UTC", "")])
def test_without_a_country_it_is_that_of_the_time_zone(marit, zone, country):
    made = marit.post("/pairing/api/programmes", {**AUTUMN, "time_zone": zone})
    assert (made.status_code, made.json["country_pack"]) == (201, country)


def test_wrong_rules_are_refused_with_the_field_and_nothing_is_written(house, marit):
    for wrong, field in (
        ({"country_pack": "DE"}, "country_pack"),
        ({"country_pack": "../nl"}, "country_pack"),
        ({"country_pack": ""}, "country_pack"),
        ({"models": ["osmosis"]}, "models.0"),
        ({"minimum_fit": 101}, "minimum_fit"),
        ({"keep_months": 0}, "keep_months"),
        ({"threshold": 4}, "threshold_reason"),
        ({"threshold": 4, "threshold_reason": "  "}, "threshold_reason"),
        ({"threshold_reason": "x" * 501}, "threshold_reason"),
    ):
        answer = marit.post("/pairing/api/programmes", {**AUTUMN, **wrong})
        assert (answer.status_code, list(answer.json["errors"])) == (422, [field]), answer.text
    assert told(house, ProgrammeChanged) == []
    assert house.database["programmes"].count_documents({}) == 0


def test_a_clone_has_the_set_up_and_neither_people_nor_stage(house, marit):
    earlier = marit.post("/pairing/api/programmes", {**AUTUMN, **RULES, "meeting_minutes": 45}).json
    marit = house.renewed(marit)
    marit.post(f"/pairing/api/programmes/{earlier['id']}/state", {"state": "intake"})
    own = {"name": "Spring 2027", "starts_on": "2027-06-01", "ends_on": "2027-12-01"}
    made = marit.post(f"/pairing/api/programmes/{earlier['id']}/clone", own)
    assert made.status_code == 201, made.text
    assert made.json == earlier | own | {"id": made.json["id"], "state": "planned", "version": 1}
    assert house.renewed(marit).get(f"/pairing/api/programmes/{made.json['id']}").status_code == 200, "whoever makes it runs it"
    assert house.database["people"].count_documents({"programme_ids": made.json["id"], "roles": {"$in": ["mentor", "mentee"]}}) == 0


def test_a_clone_with_wrong_dates_or_of_another_s_programme_is_refused_and_nothing_is_written(house, autumn):
    id, marit = autumn
    own = {"name": "Spring", "starts_on": "2027-06-01", "ends_on": "2027-05-01"}
    wrong = marit.post(f"/pairing/api/programmes/{id}/clone", own)
    assert (wrong.status_code, list(wrong.json["errors"])) == (422, ["ends_on"])
    assert marit.post(f"/pairing/api/programmes/{id}/clone", own | {"state": "running"}).status_code == 422
    other = house.signed_in(house.staff("coordinator", email="other@example.org"))
    assert other.post(f"/pairing/api/programmes/{id}/clone", own | {"ends_on": "2027-12-01"}).status_code == 403
    assert other.page(f"/pairing/programmes/new?like={id}").status_code == 403
    assert other.page("/pairing/programmes/new?like=%00").status_code == 403
    assert house.database["programmes"].count_documents({}) == 1


def test_the_form_like_an_earlier_one_is_filled_and_its_dates_are_moved(house, marit):
    earlier = marit.post("/pairing/api/programmes", {**AUTUMN, **RULES}).json
    marit = house.renewed(marit)
    assert f"/pairing/programmes/new?like={earlier['id']}" in marit.page("/pairing/programmes/new").text
    text = marit.page(f"/pairing/programmes/new?like={earlier['id']}").text
    assert 'name="name" type="text" value=""' in text
    assert "Decided by the board" in text
    assert '<option value="IE" selected>' in text
    assert 'value="2026-12-01"' not in text


def test_the_form_asks_for_a_country_and_a_reason_and_keeps_what_was_typed(house, marit):
    page = marit.page("/pairing/programmes/new").text
    assert '<option value="NL" selected>' in page, "the country of the coordinator's zone"
    answer = marit.submit("/pairing/programmes", form(country_pack="", name="Kept"), on="/pairing/programmes/new")
    assert answer.status_code == 422
    assert "Choose the country whose rules hold." in answer.text
    assert 'value="Kept"' in answer.text
    answer = marit.submit(
        "/pairing/programmes", form(threshold="4", threshold_reason="", minimum_fit="37", models=["ad_hoc"]), on="/pairing/programmes/new"
    )
    assert answer.status_code == 422
    assert 'href="#threshold_reason"' in answer.text
    assert 'value="37"' in answer.text
    assert 'name="models" value="ad_hoc" checked' in answer.text
    assert told(house, ProgrammeChanged) == []


def test_the_page_shows_the_country_s_rules_and_marks_what_nobody_confirmed(house, marit):
    for country, marked in (("NL", 4), ("PT", 5), ("IS", 6)):
        made = marit.post("/pairing/api/programmes", {**AUTUMN, "country_pack": country}).json
        marit = house.renewed(marit)
        text = marit.page(f"/pairing/programmes/{made['id']}").text
        assert text.count('<span class="tag warn">not confirmed</span>') == marked, country
        assert "before you rely on them" in text


def test_a_programme_from_before_there_were_rules_works_and_says_what_lacks(house, autumn):
    id, marit = autumn
    later = ("country_pack", "models", "minimum_fit", "keep_months", "threshold_reason", "state", "weights.goals", "weights.waiting")
    house.database["programmes"].update_one({"_id": id}, {"$unset": dict.fromkeys(later, "")})
    shown = marit.get(f"/pairing/api/programmes/{id}")
    assert (shown.status_code, shown.json["state"], shown.json["country_pack"]) == (200, "planned", "")
    assert "No country is chosen" in marit.page(f"/pairing/programmes/{id}").text
    assert marit.page(f"/pairing/programmes/{id}/change").status_code == 200
    assert marit.page(f"/pairing/matching?programme={id}").status_code == 200
    changed = marit.client.patch(
        f"/pairing/api/programmes/{id}", json={"name": "X"}, headers={**marit.bearer, "If-Match": shown.headers["ETag"]}
    )
    assert changed.status_code == 200, changed.text
