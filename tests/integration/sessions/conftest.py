"""A sessions service that has heard of a programme, a mentor and her mentees."""

from datetime import UTC, date, datetime

import pytest

from contracts.pairing import PairingAccepted, ProgrammeChanged
from contracts.people import PersonChanged
from sessions.app import SERVICE, create_app
from support.house import House

NOW = datetime(2026, 11, 9, 12, tzinfo=UTC)
PROGRAMME, FEMKE, YARA, NOOR = (f"00000000-0000-4000-8000-00000000000{n}" for n in range(1, 5))


def programme(**changed):
    known = {
        "programme_id": PROGRAMME,
        "name": "Autumn 2026",
        "starts_on": date(2026, 10, 1),
        "ends_on": date(2027, 1, 31),
        "language": "nl",
        "time_zone": "Europe/Amsterdam",
        "cadence": "weekly",
        "meeting_minutes": 60,
    }
    return ProgrammeChanged(**{**known, **changed})


def person(person_id, name, zone, *availability):
    return PersonChanged(
        person_id=person_id,
        roles=("mentor",),
        given_name=name,
        family_name="de Vries",
        email=f"{name.lower()}@example.org",
        language="nl",
        time_zone=zone,
        programme_ids=(PROGRAMME,),
        availability=availability,
    )


def accepted(number=1, mentee=YARA):
    return PairingAccepted(
        pairing_id=f"00000000-0000-4000-9000-00000000000{number}",
        programme_id=PROGRAMME,
        mentor_id=FEMKE,
        mentee_id=mentee,
        model="structured",
        format="online",
    )


FEMKE_IS = person(FEMKE, "Femke", "Europe/Amsterdam", "Wed 19:00-22:30", "Thu 16:00-18:00")
YARA_IS = person(YARA, "Yara", "Europe/Dublin", "Wed 19:00-21:00")
NOOR_IS = person(NOOR, "Noor", "Europe/Amsterdam", "Wed 20:00-22:30")


@pytest.fixture
def instance(emptied_instance):
    """One instance for all tests of this folder, emptied after each."""
    return emptied_instance


@pytest.fixture
def house(settings):
    made = House(SERVICE, create_app, settings)
    yield made
    made.close()


@pytest.fixture
def informed(house):
    house.hear(programme(), FEMKE_IS, YARA_IS, NOOR_IS, now=NOW)
    return house
