"""The pages of a session: one next step for each side, plain forms, times in the reader's zone."""

import uuid
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest

from sessions.checklists.model import CURRENT
from sessions.meetings.model import meeting_id

from .conftest import FEMKE, PROGRAMME, YARA, accepted, person, programme

ID = meeting_id(accepted().pairing_id, 1)
PAGE = f"/sessions/meetings/{ID}"
AMSTERDAM, DUBLIN = "Europe/Amsterdam", "Europe/Dublin"


@pytest.fixture
def house(informed):
    informed.hear(accepted())
    return informed


@pytest.fixture
def femke(house):
    return house.caller(FEMKE, "mentor", programmes=[PROGRAMME], time_zone=AMSTERDAM)


@pytest.fixture
def yara(house):
    return house.caller(YARA, "mentee", programmes=[PROGRAMME], time_zone=DUBLIN)


def on_her_clock(zone, **ago):
    return (datetime.now(ZoneInfo(zone)) - timedelta(**ago)).strftime("%Y-%m-%dT%H:%M")


def test_the_whole_way_with_forms_alone(house, femke, yara):
    assert "Go through the checklist" in femke.page("/sessions/").text
    moved = yara.submit(f"{PAGE}/move", {"starts_at": on_her_clock(DUBLIN, hours=2), "minutes": "45"}, on=PAGE)
    assert (moved.status_code, moved.location) == (303, PAGE)
    assert "confirms a checklist first" in yara.page(PAGE).text
    confirmed = femke.submit(f"{PAGE}/checklist", {"version": "1", **{item.key: "yes" for item in CURRENT.items}}, on=PAGE)
    assert confirmed.status_code == 303
    assert "It took place" in femke.page(PAGE).text
    assert femke.submit(f"{PAGE}/held", {}, on=PAGE).status_code == 303
    assert femke.submit(f"{PAGE}/debrief", {"important": "Patience <b>", "challenge": "", "tackled": ""}, on=PAGE).status_code == 303
    assert "Patience &lt;b&gt;" in yara.page(PAGE).text
    meeting = house.database["meetings"].find_one({"_id": ID})
    assert (meeting["state"], meeting["ends_at"] - meeting["starts_at"]) == ("held", timedelta(minutes=45))
    assert [type(said).__name__ for said in house.said()][1:] == ["MeetingMoved", "ChecklistConfirmed", "MeetingHeld", "DebriefWritten"]


def test_what_was_missed_gets_a_new_time(femke, yara):
    femke.submit(f"{PAGE}/move", {"starts_at": on_her_clock(AMSTERDAM, hours=2), "minutes": "60"}, on=PAGE)
    yara.submit(f"{PAGE}/missed", {}, on=PAGE)
    assert "a new time is all it needs" in yara.page(PAGE).text


def test_a_form_with_faults_comes_back_with_what_was_typed(house, femke):
    answer = femke.submit(f"{PAGE}/move", {"starts_at": "2026-11-31T10:00", "minutes": "5"}, on=PAGE)
    assert answer.status_code == 422
    assert "Give a day and a time that exist there" in answer.text
    assert 'value="5"' in answer.text
    short = femke.submit(f"{PAGE}/move", {"starts_at": on_her_clock(AMSTERDAM, hours=1), "minutes": "5"}, on=PAGE)
    assert (short.status_code, "between 15 minutes and 8 hours" in short.text) == (422, True)
    missing = femke.submit(f"{PAGE}/checklist", {"version": "1", "consent": "yes"}, on=PAGE)
    assert (missing.status_code, missing.text.count("talk to your coordinator before you meet")) == (422, 12)
    too_long = femke.submit(f"{PAGE}/debrief", {"important": "x" * 2001}, on=PAGE)
    assert too_long.status_code == 422
    assert len(house.said()) == 1


def test_each_reader_sees_the_time_on_her_own_clock(house, femke, yara):
    starts_at = house.database["meetings"].find_one({"_id": ID})["starts_at"]
    for caller, zone, city in ((femke, AMSTERDAM, "Amsterdam"), (yara, DUBLIN, "Dublin")):
        text = caller.page(PAGE).text
        assert f"{starts_at.astimezone(ZoneInfo(zone)):%H:%M}" in text
        assert city in text


def test_the_calendar_file_has_the_uid_of_the_invitation(house, yara):
    answer = yara.page(f"{PAGE}.ics")
    (event,) = icalendar.Calendar.from_ical(answer.data).walk("VEVENT")
    meeting = house.database["meetings"].find_one({"_id": ID})
    assert (answer.mimetype, event["UID"], event["SEQUENCE"]) == ("text/calendar", f"{ID}@{house.settings.instance}", 0)
    assert (event.start, event.end) == (meeting["starts_at"], meeting["ends_at"])
    assert str(event["SUMMARY"]) == "Session with Femke de Vries"


def test_without_common_hours_both_are_asked_to_choose(settings, house):
    house.hear(person(YARA, "Yara", DUBLIN), version=9)
    house.hear(accepted(7))
    here = f"/sessions/meetings/{meeting_id(accepted(7).pairing_id, 1)}"
    for person_id, role in ((FEMKE, "mentor"), (YARA, "mentee")):
        caller = house.caller(person_id, role, programmes=[PROGRAMME])
        assert "no hours in which you are both free" in caller.page(here).text
        assert caller.page(f"{here}.ics").status_code == 303


def test_the_coordinator_sees_numbers_weeks_and_who_needs_her(house, femke):
    marit = house.caller(str(uuid.uuid4()), "coordinator", programmes=[PROGRAMME])
    assert marit.page("/sessions/").location == "/sessions/programmes"
    assert marit.page("/sessions/programmes").location == f"/sessions/programmes/{PROGRAMME}"
    assert "Nothing here needs you today" in marit.page(f"/sessions/programmes/{PROGRAMME}").text
    femke.submit(f"{PAGE}/move", {"starts_at": on_her_clock(AMSTERDAM, hours=2), "minutes": "60"}, on=PAGE)
    text = marit.page(f"/sessions/programmes/{PROGRAMME}").text
    assert "nobody has said whether it took place" in text
    assert "Femke de Vries and Yara de Vries" in text
    week = datetime.now(ZoneInfo(AMSTERDAM)) - timedelta(hours=2)
    assert f"w{week.isocalendar().week}" in text


def test_empty_pages_say_what_will_come(settings, house):
    new = house.caller(str(uuid.uuid4()), "mentee", programmes=[PROGRAMME])
    assert "No sessions yet" in new.page("/sessions/").text
    elsewhere = str(uuid.uuid4())
    house.hear(programme(programme_id=elsewhere, name="Spring"))
    marit = house.caller(str(uuid.uuid4()), "coordinator", programmes=[PROGRAMME, elsewhere])
    assert "Spring" in marit.page("/sessions/programmes").text
    assert "No session has a time yet" in marit.page(f"/sessions/programmes/{elsewhere}").text


@pytest.mark.parametrize("language", ["nl", "es", "pt", "is"])
def test_pages_speak_five_languages(house, language):
    caller = house.caller(FEMKE, "mentor", programmes=[PROGRAMME], language=language)
    assert "Go through it before every session" not in caller.page(PAGE).text
    assert "Your sessions" not in caller.page("/sessions/").text


def test_nobody_signed_in_is_shown_the_way_in(house):
    assert house.app.test_client().get(PAGE).location.startswith("/pairing/sign-in?next=")
