"""Who sees which people, how they are found, and what a participant's first page says."""

import io
from pathlib import Path

import pytest

SAMPLE = Path(__file__).parents[4] / "deploy/sample/autumn-2026"


@pytest.fixture
def filled(house, autumn):
    """The programme with the sample's people: (its id, Marit)."""
    id, marit = autumn
    for role in ("mentor", "mentee"):
        answer = marit.client.post(
            f"/pairing/api/imports?programme_id={id}&role={role}&confirm=true",
            data={"file": (io.BytesIO((SAMPLE / f"{role}s.csv").read_bytes()), "people.csv")},
            headers=marit.bearer,
        )
        assert answer.status_code == 200
    return id, marit


def person(house, email):
    return house.database["people"].find_one({"email": email})


def test_the_list_is_paged_filtered_and_audited(house, filled):
    id, marit = filled
    seen, cursor = [], ""
    while cursor is not None:
        answer = marit.get(
            f"/pairing/api/programmes/{id}/people?role=mentee&limit=25&cursor={cursor}"
            if cursor
            else f"/pairing/api/programmes/{id}/people?role=mentee&limit=25"
        ).json
        seen += [each["email"] for each in answer["items"]]
        cursor = answer["next"]
    assert len(seen) == len(set(seen)) == 60
    assert house.database["audit"].count_documents({"who": marit.id, "endpoint": "people.index"}) == 3
    assert marit.get(f"/pairing/api/programmes/{id}/people?role=guardian").status_code == 422


def test_people_are_found_by_parts_of_their_names_without_accents(house, filled):
    id, marit = filled
    for text, found in (
        ("lopez", "López"),
        ("INES conceicao", "Conceição"),
        ("van der meer yara", "Yara van der Meer"),
        ("niamh.mccarthy0@", "McCarthy"),
    ):
        assert found in marit.page(f"/pairing/people?programme={id}&q={text}").text, text
    for text in (".*", "(((", "[a-", "$where", "\\", "%00", "a" * 500):
        answer = marit.page(f"/pairing/people?programme={id}&q={text}&role=mentor&page=9999999")
        assert answer.status_code == 200
    assert "Nobody found" in marit.page(f"/pairing/people?programme={id}&q=.*").text
    assert "No programme" not in marit.page("/pairing/people?page=2").text
    assert marit.page("/pairing/people?programme=other").status_code == 404


def test_a_person_is_seen_by_herself_and_her_coordinators_only(house, filled):
    id, marit = filled
    noor = person(house, "noor.postma1@mentees.example.org")
    femke = person(house, "niamh.mccarthy0@mentors.example.org")
    api, page = f"/pairing/api/people/{noor['_id']}", f"/pairing/people/{noor['_id']}"
    own = house.signed_in(noor["_id"])
    assert own.get(api).json["guardian"]["email"] == "guardian.1@families.example.org"
    assert "Sanne Postma" in own.page(page).text
    assert "Sanne Postma" in marit.page(page).text
    assert marit.get(api).json["birth_date"] == "2011-08-13"
    strangers = [house.signed_in(femke["_id"])]
    strangers += [
        house.signed_in(house.staff(role, email=f"{role}@example.org")) for role in ("coordinator", "administrator", "safeguarding_lead")
    ]
    for stranger in strangers:
        assert stranger.get(api).status_code == 403
        assert stranger.page(page).status_code == 403
        assert stranger.get(f"/pairing/api/programmes/{id}/people").status_code == 403
    assert house.nobody().get(api).status_code == 401
    assert house.nobody().page(page).status_code == 303
    assert marit.get("/pairing/api/people/00000000-0000-4000-8000-000000000001").status_code == 404
    noted = {(entry["who"], entry["endpoint"]) for entry in house.database["audit"].find()}
    assert (marit.id, "people.show") in noted and (marit.id, "people_pages.show") in noted
    assert not [who for who, _ in noted if who == noor["_id"]], "reading one's own is nobody's business"


def test_every_first_page_says_what_to_do(house, filled):
    id, marit = filled
    assert f"/pairing/matching?programme={id}" in marit.page("/pairing/").text
    assert marit.page(f"/pairing/?programme={id}").status_code == 200
    assert marit.page("/pairing/?programme=other").status_code == 404
    noor = house.signed_in(person(house, "noor.postma1@mentees.example.org")["_id"])
    assert "Your parent or guardian has to say yes." in noor.page("/pairing/?lang=en").text
    yara = house.signed_in(person(house, "yara.vandermeer0@mentees.example.org")["_id"])
    assert "We are looking for a mentor" in yara.page("/pairing/?lang=en").text
    for role, words in (("administrator", "/pairing/staff"), ("safeguarding_lead", "Nothing needs you")):
        assert words in house.signed_in(house.staff(role, email=f"{role}@example.org")).page("/pairing/").text
    for language in ("en", "nl", "es", "pt", "is"):
        assert house.nobody().page(f"/pairing/privacy?lang={language}").status_code == 200
    assert "not anonymous yet" in house.nobody().page("/pairing/privacy?lang=en").text
    assert house.nobody().page("/pairing/").location.startswith("/pairing/sign-in")


def test_the_coordinator_reads_which_ways_of_mentoring_suit_a_mentee_and_why(house, filled):
    id, marit = filled
    yara = person(house, "yara.vandermeer0@mentees.example.org")
    house.database["people"].update_one(
        {"_id": yara["_id"]}, {"$set": {"needs": ["hands_on", "flexible"], "experience_level": "developing", "learning_style": ""}}
    )
    page = f"/pairing/people/{yara['_id']}"
    text = marit.page(page).text
    assert "Suggested ways of mentoring" in text
    assert "with feedback at once. She knows the basics and grows by using them." in text
    assert text.index("learning on the job") < text.index("contact when needed")
    house.database["programmes"].update_one({"_id": id}, {"$set": {"models": ["ad_hoc"]}})
    assert "learning on the job" not in marit.page(page).text
    assert "Suggested ways" not in house.signed_in(yara["_id"]).page(page).text, "the coordinator decides"
    mentor = person(house, "niamh.mccarthy0@mentors.example.org")
    assert "Suggested ways" not in marit.page(f"/pairing/people/{mentor['_id']}").text
