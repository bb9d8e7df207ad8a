"""A pairing that does not meet for ninety days is told to others; held sessions put it off, and an erased side ends the waiting."""

from datetime import timedelta

import pytest

from contracts.people import PersonErased
from contracts.sessions import PairingSilent
from sessions.checklists.model import CURRENT
from sessions.meetings import commands as meetings
from sessions.meetings.model import meeting_id
from sessions.silences import commands
from sessions.silences.model import LONG

from .conftest import FEMKE, NOW, YARA, accepted

FIRST = accepted().pairing_id
MEETING = meeting_id(FIRST, 1)


@pytest.fixture
def paired(informed):
    informed.hear(accepted(), now=NOW)
    return informed


def job(house):
    return house.database["jobs"].find_one({"_id": f"{commands.NOTICE}:{FIRST}"})


def told(house):
    return [each for each in house.said() if isinstance(each, PairingSilent)]


def hold(house, at):
    house.do(meetings.move, MEETING, at, at + timedelta(hours=1), by=FEMKE, now=at)
    house.do(meetings.confirm_checklist, MEETING, CURRENT.version, [item.key for item in CURRENT.items], by=FEMKE, now=at)
    house.do(meetings.hold, MEETING, None, by=YARA, now=at + timedelta(hours=2))


def test_ninety_days_after_the_start_it_is_told_and_once(paired):
    assert job(paired)["due"] == NOW + LONG
    for _ in range(2):
        paired.do(commands.notice, FIRST, now=NOW + LONG)
    assert [(each.pairing_id, each.since) for each in told(paired)] == [(FIRST, NOW)]


def test_the_clock_tells_it(paired):
    paired.database["silences"].update_one({"_id": FIRST}, {"$set": {"since": NOW - 2 * LONG}})
    paired.work_off(commands.NOTICE)
    assert len(told(paired)) == 1 and job(paired) is None


def test_a_held_session_puts_it_off(paired):
    held = NOW + timedelta(days=60)
    hold(paired, held)
    assert job(paired)["due"] == held + LONG
    paired.do(commands.notice, FIRST, now=NOW + LONG)
    assert told(paired) == []
    paired.do(commands.notice, FIRST, now=held + LONG)
    assert [each.since for each in told(paired)] == [held]


def test_the_same_pairing_heard_of_again_changes_nothing(paired):
    before = job(paired)
    paired.hear(accepted(), now=NOW + timedelta(days=5))
    assert job(paired) == before


def test_when_a_side_is_erased_nobody_is_waited_for(paired):
    paired.hear(PersonErased(person_id=YARA))
    assert job(paired) is None and paired.database["silences"].count_documents({}) == 0
    paired.do(commands.notice, FIRST, now=NOW + LONG)
    assert told(paired) == []
