"""The first page of a guardian and of staff says what is so: who has said yes, what is lacking, what waits."""

from datetime import UTC, datetime

import pytest

from pairing.app import SERVICE, create_app
from pairing.people.commands import add_person
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
