"""A session through the API: checklist, held, debrief; who may, and exactly what others hear of it."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from contracts.sessions import ChecklistConfirmed, DebriefWritten, MeetingHeld, MeetingMoved
from sessions.checklists.model import CURRENT
from sessions.meetings.model import meeting_id

from .conftest import FEMKE, NOOR, PROGRAMME, YARA, accepted

ID = meeting_id(accepted().pairing_id, 1)
HERE = f"/sessions/api/meetings/{ID}"
ALL = {"version": CURRENT.version, "items": [item.key for item in CURRENT.items]}
MARIT = str(uuid.uuid4())
BODIES = {
    "move": {"starts_at": "2030-01-01T10:00:00Z", "ends_at": "2030-01-01T11:00:00Z"},
    "checklist": ALL,
    "held": {},
    "missed": None,
    "debrief": {"important": "The motor"},
}


@pytest.fixture
def house(informed):
    informed.hear(accepted())
    return informed


@pytest.fixture
def femke(house):
    return house.caller(FEMKE, "mentor", programmes=[PROGRAMME])


@pytest.fixture
def yara(house):
    return house.caller(YARA, "mentee", programmes=[PROGRAMME])


@pytest.fixture
def marit(house):
    return house.caller(MARIT, "coordinator", programmes=[PROGRAMME])


def two_hours_ago():
    now = datetime.now(UTC).replace(microsecond=0)
    return now - timedelta(hours=2), now - timedelta(hours=1)


def move_back(caller):
    starts_at, ends_at = two_hours_ago()
    return caller.post(f"{HERE}/move", {"starts_at": starts_at.isoformat(), "ends_at": ends_at.isoformat()})


def test_from_checklist_to_debrief_others_hear_exactly_this(house, femke, yara):
    moved = move_back(yara)
    assert (moved.status_code, moved.json["state"], moved.json["sequence"], moved.json["version"]) == (200, "planned", 1, 2)
    assert femke.post(f"{HERE}/checklist", ALL).json["checklist"]["checklist_version"] == 1
    assert yara.post(f"{HERE}/held", {}).json["state"] == "held"
    written = yara.post(f"{HERE}/debrief", {"important": " The motor ", "tackled": "Slower"})
    assert written.json["debriefs"] == {"mentee": {"important": "The motor", "challenge": "", "tackled": "Slower"}}
    _, move, confirmed, held, debrief = house.said()
    ids = {"meeting_id": ID, "pairing_id": accepted().pairing_id, "programme_id": PROGRAMME}
    assert isinstance(move, MeetingMoved) and (move.sequence, move.ends_at - move.starts_at) == (1, timedelta(hours=1))
    assert confirmed == ChecklistConfirmed(**ids, checklist_version=1)
    assert held == MeetingHeld(**ids, mentor_id=FEMKE, mentee_id=YARA, held_at=move.starts_at, minutes=60)
    assert debrief == DebriefWritten(**ids, written_by="mentee")


def test_it_is_not_held_without_the_checklist_and_the_answer_says_what_to_do(house, femke, yara):
    move_back(femke)
    answer = yara.post(f"{HERE}/held", {})
    assert (answer.status_code, answer.json["code"]) == (409, "checklist_first")
    assert "confirm the checklist first" in answer.json["detail"]
    assert len(house.said()) == 2


def test_a_half_confirmed_list_names_what_lacks(femke):
    answer = femke.post(f"{HERE}/checklist", {**ALL, "items": ALL["items"][1:]})
    assert (answer.status_code, list(answer.json["errors"])) == (422, [ALL["items"][0]])


def test_a_session_that_took_place_early_is_logged_with_its_time(femke):
    femke.post(f"{HERE}/move", BODIES["move"] | {"starts_at": later(48), "ends_at": later(49)})
    femke.post(f"{HERE}/checklist", ALL)
    assert femke.post(f"{HERE}/held", {}).status_code == 409
    assert femke.post(f"{HERE}/held", {"held_at": later(-1)}).json["state"] == "held"


def later(hours):
    return (datetime.now(UTC) + timedelta(hours=hours)).isoformat()


def test_the_coordinator_learns_that_a_debrief_was_written_but_not_what(femke, yara, marit):
    move_back(femke)
    femke.post(f"{HERE}/checklist", ALL)
    femke.post(f"{HERE}/held")
    yara.post(f"{HERE}/debrief", {"important": "Something private"})
    for answer in (marit.get(HERE), marit.get(f"/sessions/api/meetings?programme_id={PROGRAMME}")):
        assert answer.status_code == 200
        assert "Something private" not in answer.text
        assert '"mentee"' in answer.text
    assert "Something private" in femke.get(HERE).text
    assert "Something private" not in marit.page(f"/sessions/meetings/{ID}").text
    assert "Something private" in femke.page(f"/sessions/meetings/{ID}").text


def test_lists_are_one_s_own(femke, yara, house):
    assert [found["id"] for found in femke.get("/sessions/api/meetings").json["items"]] == [ID]
    assert house.caller(NOOR, "mentee", programmes=[PROGRAMME]).get("/sessions/api/meetings").json == {"items": [], "next": None}
    assert yara.get(f"/sessions/api/meetings?programme_id={PROGRAMME}").status_code == 403


def test_a_read_answers_not_modified_to_its_own_tag(femke):
    tag = femke.get(HERE).headers["ETag"]
    assert femke.client.get(HERE, headers={**femke.bearer, "If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("mentor", {"", "move", "checklist", "held", "missed", "debrief"}),
        ("mentee", {"", "move", "held", "missed", "debrief"}),
        ("coordinator", {"", "move"}),
        ("other_mentee", set()),
        ("other_coordinator", set()),
        ("administrator", set()),
    ],
)
def test_who_may_do_what_and_nothing_is_written_for_the_others(house, who, allowed):
    callers = {
        "mentor": (FEMKE, "mentor", [PROGRAMME]),
        "mentee": (YARA, "mentee", [PROGRAMME]),
        "coordinator": (MARIT, "coordinator", [PROGRAMME]),
        "other_mentee": (NOOR, "mentee", [PROGRAMME]),
        "other_coordinator": (MARIT, "coordinator", [str(uuid.uuid4())]),
        "administrator": (MARIT, "administrator", []),
    }
    person_id, role, programmes = callers[who]
    caller = house.caller(person_id, role, programmes=programmes)
    before, said = house.database["meetings"].find_one({"_id": ID}), len(house.said())
    assert (caller.get(HERE).status_code == 200) == ("" in allowed)
    for deed in BODIES:
        if deed not in allowed:
            assert caller.post(f"{HERE}/{deed}", BODIES[deed]).status_code == 403
    assert (house.database["meetings"].find_one({"_id": ID}), len(house.said())) == (before, said)
    for deed in allowed - {""}:
        assert caller.post(f"{HERE}/{deed}", BODIES[deed]).status_code != 403


def test_a_staff_read_is_noted(house, marit):
    marit.get(HERE)
    marit.page(f"/sessions/programmes/{PROGRAMME}")
    assert sorted(entry["endpoint"] for entry in house.database["audit"].find()) == ["meetings.show", "programmes_pages.show"]


def test_the_checklist_speaks_the_reader_s_language(house):
    english = house.caller(FEMKE, "mentor").get("/sessions/api/checklists/current").json
    dutch = house.caller(FEMKE, "mentor", language="nl").get("/sessions/api/checklists/current").json
    assert [item["key"] for item in english["items"]] == [item["key"] for item in dutch["items"]] == ALL["items"]
    assert all(one["text"] != other["text"] for one, other in zip(english["items"], dutch["items"], strict=True))
