"""A guardian sees when her wards meet, how and with whom; never what they wrote, and nothing of anybody else's."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from contracts.people import PersonChanged
from sessions.meetings.model import meeting_id
from sessions.wards.repository import schedule_of

from .conftest import FEMKE, NOOR, NOW, PROGRAMME, YARA, accepted, person

SANNE, KEES = "00000000-0000-4000-8000-0000000000d1", "00000000-0000-4000-8000-0000000000d2"
OF_YARA, OF_NOOR = meeting_id(accepted().pairing_id, 1), meeting_id(accepted(2).pairing_id, 1)
SECRET = "We talked about home."


def guardian(person_id, *ward_ids):
    return PersonChanged(
        person_id=person_id,
        roles=("guardian",),
        given_name="Sanne",
        family_name="de Wit",
        email=f"{person_id}@example.org",
        language="nl",
        time_zone="Europe/Amsterdam",
        programme_ids=(PROGRAMME,),
        ward_ids=ward_ids,
    )


@pytest.fixture
def house(informed):
    """Yara and Noor each have a session with Femke; Yara's was held and looked back on. Sanne answers for Yara, Kees for Noor."""
    informed.hear(guardian(SANNE, YARA), guardian(KEES, NOOR), now=NOW)
    informed.hear(accepted(1, YARA), accepted(2, NOOR), now=NOW)
    informed.database["meetings"].update_one(
        {"_id": OF_YARA},
        {
            "$set": {
                "debriefs": {"mentor": {"important": SECRET, "challenge": SECRET, "tackled": SECRET, "written_at": NOW}},
                "state": "held",
            }
        },
    )
    return informed


def signed_in(house, person_id):
    return house.caller(person_id, "guardian", programmes=[PROGRAMME], time_zone="Europe/Amsterdam")


def test_a_guardian_sees_the_schedule_of_her_ward_and_never_its_content(house):
    sanne = signed_in(house, SANNE)
    assert sanne.page("/sessions/").location == "/sessions/wards"
    text = sanne.page("/sessions/wards").text
    assert "Yara and Femke de Vries" in text and "took place" in text and "online" in text
    assert SECRET not in text and "checklist" not in text
    [item] = sanne.get("/sessions/api/wards").json["items"]
    assert set(item) == {"ward_id", "ward", "mentor", "format", "state", "starts_at", "ends_at"}
    assert (item["ward_id"], item["ward"], item["mentor"], item["state"]) == (YARA, "Yara", "Femke de Vries", "held")


def test_a_guardian_of_one_sees_nothing_of_another(house):
    for who, other in ((SANNE, "Noor"), (KEES, "Yara")):
        caller = signed_in(house, who)
        assert other not in caller.page("/sessions/wards").text
        assert other not in caller.get("/sessions/api/wards").text


def test_a_guardian_opens_and_changes_no_session(house):
    sanne = signed_in(house, SANNE)
    before = list(house.database["meetings"].find())
    for meeting in (OF_YARA, OF_NOOR):
        assert sanne.page(f"/sessions/meetings/{meeting}").status_code == 403
        assert sanne.page(f"/sessions/meetings/{meeting}.ics").status_code == 403
        assert sanne.get(f"/sessions/api/meetings/{meeting}").status_code == 403
        for deed in ("move", "checklist", "held", "missed", "debrief"):
            assert sanne.post(f"/sessions/api/meetings/{meeting}/{deed}", {}).status_code == 403, deed
            assert sanne.submit(f"/sessions/meetings/{meeting}/{deed}", {}, on="/sessions/wards").status_code == 403, deed
    assert sanne.get("/sessions/api/meetings").json["items"] == []
    assert list(house.database["meetings"].find()) == before


def test_who_is_no_longer_a_guardian_sees_no_more(house):
    house.hear(guardian(SANNE), now=NOW, version=2)
    assert "No sessions yet" in signed_in(house, SANNE).page("/sessions/wards").text


@pytest.mark.parametrize(
    ("zone", "last"),
    [
        ("Europe/Amsterdam", datetime(2026, 11, 20, 22, 59, tzinfo=UTC)),
        ("Atlantic/Reykjavik", datetime(2026, 11, 20, 23, 59, tzinfo=UTC)),
        ("Europe/Dublin", datetime(2026, 11, 20, 23, 59, tzinfo=UTC)),
    ],
)
def test_from_her_eighteenth_birthday_where_she_is_nobody_sees_her_schedule(house, zone, last):
    house.hear(replace(person(YARA, "Yara", zone), of_age_on=date(2026, 11, 21)), now=NOW, version=2)
    house.hear(guardian(SANNE, YARA, NOOR), now=NOW, version=2)

    def seen(now):
        return {each.ward_id for each in house.do(schedule_of, SANNE, "", now=now)}

    assert seen(last - timedelta(days=1)) == seen(last) == {YARA, NOOR}
    assert seen(last + timedelta(minutes=1)) == seen(last + timedelta(days=1)) == {NOOR}


def test_the_page_and_the_api_show_no_session_of_a_ward_of_age(house):
    house.hear(replace(person(YARA, "Yara", "Europe/Dublin"), of_age_on=date(2026, 1, 1)), now=NOW, version=2)
    sanne = signed_in(house, SANNE)
    assert "No sessions yet" in sanne.page("/sessions/wards").text
    assert sanne.get("/sessions/api/wards").json["items"] == []
    assert house.caller(YARA, "mentee", programmes=[PROGRAMME]).get("/sessions/api/meetings").json["items"] != []


def test_naming_wards_makes_nobody_a_guardian(house):
    house.hear(guardian(FEMKE, NOOR), now=NOW, version=2)
    caller = house.caller(FEMKE, "mentor", programmes=[PROGRAMME])
    assert (caller.page("/sessions/wards").status_code, caller.get("/sessions/api/wards").status_code) == (403, 403)
    assert house.app.test_client().get("/sessions/api/wards").status_code == 401
