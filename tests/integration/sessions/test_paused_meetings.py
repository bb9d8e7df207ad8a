"""A pairing pauses, goes on or ends: its sessions cannot be held or moved meanwhile, and are off when it is over."""

from datetime import UTC, datetime, timedelta

import pytest

from contracts.pairing import PairingClosed, PairingPaused, PairingResumed
from sessions.checklists.model import CURRENT
from sessions.meetings.model import meeting_id

from .conftest import FEMKE, PROGRAMME, YARA, accepted

PAIR = accepted().pairing_id
ID = meeting_id(PAIR, 1)
HERE = f"/sessions/api/meetings/{ID}"
WHO = {"pairing_id": PAIR, "programme_id": PROGRAMME, "mentor_ids": (FEMKE,), "mentee_ids": (YARA,)}
PAUSED, RESUMED = PairingPaused(reason="vetting", reasons=("vetting",), **WHO), PairingResumed(**WHO)
CLOSED = PairingClosed(ending="early", **WHO)
IN_A_WEEK = datetime.now(UTC).replace(microsecond=0) + timedelta(days=7)
DEEDS = {
    "move": {"starts_at": IN_A_WEEK.isoformat(), "ends_at": (IN_A_WEEK + timedelta(hours=1)).isoformat()},
    "checklist": {"version": CURRENT.version, "items": [item.key for item in CURRENT.items]},
    "held": {},
    "missed": None,
}


@pytest.fixture
def house(informed):
    informed.hear(accepted())
    return informed


@pytest.fixture
def femke(house):
    return house.caller(FEMKE, "mentor", programmes=[PROGRAMME])


def stored(house):
    return house.database["meetings"].find_one({"_id": ID})


def begin(house):
    """Its time came two hours ago, and the checklist is confirmed."""
    now = datetime.now(UTC)
    when = {"starts_at": now - timedelta(hours=2), "ends_at": now - timedelta(hours=1)}
    house.database["meetings"].update_one({"_id": ID}, {"$set": {**when, "checklist": {"checklist_version": 1, "confirmed_at": now}}})


@pytest.mark.parametrize("deed", DEEDS)
def test_nothing_can_be_done_with_a_session_while_its_pairing_is_paused(house, femke, deed):
    begin(house)
    house.hear(PAUSED)
    before, said = stored(house), len(house.said())
    answer = femke.post(f"{HERE}/{deed}", DEEDS[deed])
    assert (answer.status_code, answer.json["code"]) == (409, "pairing-paused")
    assert "Your coordinator knows" in answer.json["detail"]
    assert (stored(house), len(house.said())) == (before, said)


def test_after_the_pause_it_can_be_held(house, femke):
    begin(house)
    house.hear(PAUSED, PAUSED)
    house.hear(RESUMED)
    assert femke.post(f"{HERE}/held", {}).json["state"] == "held"


@pytest.mark.parametrize("deed", DEEDS)
def test_with_the_end_a_session_to_come_is_off_and_its_time_is_free_again(house, femke, deed):
    assert house.database["diaries"].find_one({"_id": FEMKE})["taken"]
    house.hear(PAUSED, CLOSED)
    house.hear(RESUMED)
    assert stored(house)["state"] == "cancelled"
    assert [house.database["diaries"].find_one({"_id": id})["taken"] for id in (FEMKE, YARA)] == [[], []]
    assert femke.post(f"{HERE}/{deed}", DEEDS[deed]).json["code"] == "cancelled"


def test_a_missed_session_of_an_ended_pairing_gets_no_new_time(house, femke):
    house.database["meetings"].update_one({"_id": ID}, {"$set": {"state": "missed"}})
    house.hear(CLOSED)
    assert femke.post(f"{HERE}/move", DEEDS["move"]).json["code"] == "pairing-ended"
    assert stored(house)["state"] == "missed"


def test_what_took_place_can_still_be_looked_back_on_after_the_end(house, femke):
    begin(house)
    femke.post(f"{HERE}/held", {})
    house.hear(CLOSED)
    assert femke.post(f"{HERE}/debrief", {"important": "The motor ran."}).json["state"] == "held"


def test_the_page_says_that_it_is_paused_and_asks_nothing(house, femke):
    house.hear(PAUSED)
    page = femke.page(f"/sessions/meetings/{ID}").text
    assert "Your sessions are paused" in page and "Move it" not in page and "<textarea" not in page
    assert "paused" in femke.page("/sessions/").text


def test_a_group_has_no_sessions_here_and_its_events_do_no_harm(house):
    group = {**WHO, "pairing_id": "00000000-0000-4000-9000-0000000000ff"}
    house.hear(PairingPaused(reason="illness", **group), PairingResumed(**group), PairingClosed(ending="planned", **group))
    assert stored(house)["state"] == "planned" and not stored(house)["stopped"]
