"""The first page of a guardian and of staff says what is so: who has said yes, what is lacking, what waits."""

from datetime import UTC, datetime

import pytest

from pairing.app import SERVICE, create_app
from pairing.matching import commands as matching
from pairing.matching import publishing
from pairing.people.commands import add_person, add_staff
from support.house import House
from support.paired import pair_up
from support.small_cohort import small_cohort

NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def cohort(settings):
    house = House(SERVICE, create_app, settings)
    yield small_cohort(house)
    house.close()


def guardian_of(cohort, ward):
    """Sanne, who answers for this mentee, signed in."""
    who = {"given_name": "Sanne", "family_name": "Visser", "email": "sanne@example.org", "language": "nl"}
    place = {"time_zone": "Europe/Amsterdam", "programme_ids": (cohort.programme_id,), "ward_ids": (ward.id,)}
    sanne = cohort.house.do(add_person, roles=("guardian",), **who, **place, now=NOW)
    return cohort.house.caller(sanne.id, "guardian", programmes=[cohort.programme_id])


# A guardian


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("proposed", "could become the mentor; both still say yes or no"),
        ("accepted", "Mentor: all have said yes"),
        ("active", "Mentor: all have said yes"),
        ("paused", "<small>Mentor</small>"),
    ],
)
def test_a_guardian_reads_whether_all_have_said_yes(cohort, state, said):
    paired = pair_up(cohort)
    assert paired.state == "accepted"
    cohort.house.database["pairings"].update_one({"_id": paired.id}, {"$set": {"state": state}})
    text = guardian_of(cohort, cohort.yara).page("/pairing/").text
    assert said in text
    assert ("still say yes or no" in text) is (state == "proposed")


# Whom to ask


def coordinated(cohort, *names):
    """Adds coordinators with these names to the cohort's programme, and one to another programme."""
    for name, programme in (*((name, cohort.programme_id) for name in names), ("Stranger", "another")):
        place = {"language": "en", "time_zone": "Europe/Amsterdam", "programme_ids": (programme,), "roles": ("coordinator",)}
        cohort.house.do(add_staff, email=f"{name.lower()}@example.org", given_name=name, family_name="<Smit>", **place)


def test_everybody_who_takes_part_sees_whom_to_ask(cohort):
    coordinated(cohort, "Wieke", "Joana")
    readers = (cohort.signed_in(cohort.femke), cohort.signed_in(cohort.yara), guardian_of(cohort, cohort.yara))
    for reader in readers:
        text = reader.page("/pairing/").text
        for name in ("Wieke", "Joana"):
            assert f"{name} &lt;Smit&gt; · {name.lower()}@example.org" in text
        assert "stranger@example.org" not in text and "&amp;lt;" not in text


# A coordinator


NO_MENTOR = "3 mentees have no mentor yet."


def today(cohort):
    return cohort.coordinator().page("/pairing/").text


def hinder(cohort):
    """Nobody can be matched: no mentor has a training, no mentee a permission."""
    people = cohort.house.database["people"]
    people.update_many({"roles": "mentor"}, {"$set": {"data_protection_training": None}})
    people.update_many({"roles": "mentee"}, {"$set": {"guardian.permission": None}})


def test_mentees_without_a_mentor_are_counted_also_when_a_proposal_is_ready(cohort):
    assert NO_MENTOR in today(cohort)
    run = cohort.house.do(matching.compute, cohort.programme_id, now=NOW)
    text = today(cohort)
    assert "A match proposal waits for you." in text and NO_MENTOR in text
    cohort.house.do(publishing.publish, run.id, now=NOW)
    assert "no mentor yet" not in today(cohort)


def test_a_group_counts_with_all_its_mentees(cohort):
    paired = pair_up(cohort)
    pairings, everybody = cohort.house.database["pairings"], [cohort.yara.id, cohort.lotte.id, cohort.noor.id]
    pairings.delete_many({"_id": {"$ne": paired.id}})
    pairings.update_one({"_id": paired.id}, {"$set": {"mentee_ids": everybody}})
    assert "no mentor yet" not in today(cohort)


def test_a_run_without_a_pair_is_no_proposal_that_waits(cohort):
    hinder(cohort)
    run = cohort.house.do(matching.compute, cohort.programme_id, now=NOW)
    assert run.placed == 0
    text = today(cohort)
    assert "proposal is ready" not in text and "proposal waits" not in text
    assert NO_MENTOR in text


def test_what_keeps_people_from_a_match_is_named_above_matching(cohort):
    assert "before matching" not in today(cohort)
    hinder(cohort)
    text = today(cohort)
    places = [text.index(each) for each in ("2 guardians were not asked yet.", "2 mentors lack training or a background check.", NO_MENTOR)]
    assert places == sorted(places)
    assert text.count(f'href="/pairing/waiting?programme={cohort.programme_id}">Who is ready?') == 2
    cohort.house.database["people"].update_one({"_id": cohort.femke.id}, {"$set": {"data_protection_training": "2026-09-01"}})
    assert "1 mentor lacks training or a background check." in today(cohort)
