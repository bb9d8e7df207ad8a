"""A feedback service that has heard of a programme and its mentees."""

import uuid

import pytest

from contracts.pairing import ProgrammeChanged
from contracts.people import PersonChanged
from feedback.app import SERVICE, create_app
from support.house import House

PROGRAMME, ELSEWHERE, MARIT, FEMKE = (f"00000000-0000-4000-8000-00000000000{n}" for n in range(1, 5))
MENTEES = [str(uuid.UUID(int=n, version=4)) for n in range(101, 110)]


def person(person_id, role="mentee", programme_id=PROGRAMME):
    return PersonChanged(
        person_id=person_id,
        roles=(role,),
        given_name="Yara",
        family_name="de Vries",
        email="yara@example.org",
        language="nl",
        time_zone="Europe/Amsterdam",
        programme_ids=(programme_id,),
    )


def programme():
    return ProgrammeChanged(
        programme_id=PROGRAMME,
        name="Autumn 2026",
        starts_on="2026-10-01",
        ends_on="2027-01-31",
        language="nl",
        time_zone="Europe/Amsterdam",
        cadence="weekly",
        meeting_minutes=60,
    )


@pytest.fixture
def instance(emptied_instance):
    """One instance for all tests of this folder, emptied after each."""
    return emptied_instance


@pytest.fixture
def house(settings):
    made = House(SERVICE, create_app, settings)
    made.hear(programme(), person(FEMKE, "mentor"), *(person(id) for id in MENTEES))
    yield made
    made.close()


@pytest.fixture
def marit(house):
    return house.caller(MARIT, "coordinator", programmes=[PROGRAMME])


@pytest.fixture
def mentees(house):
    return [house.caller(id, "mentee", programmes=[PROGRAMME]) for id in MENTEES]


@pytest.fixture
def round_id(marit):
    return marit.post("/feedback/api/rounds", {"programme_id": PROGRAMME}).json["id"]
