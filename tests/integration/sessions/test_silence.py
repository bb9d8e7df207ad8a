"""A pairing that does not meet for ninety days is told to others; held sessions put it off, an erased side ends it, one of a group not."""

from datetime import timedelta

import pytest

from contracts.people import PersonErased
from contracts.sessions import PairingSilent
from sessions.checklists.model import CURRENT
from sessions.meetings import commands as meetings
from sessions.meetings.model import meeting_id
from sessions.silences import commands
from sessions.silences.model import LONG

from .conftest import FEMKE, NOW, PROGRAMME, YARA, accepted

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


def test_a_silence_of_an_earlier_version_that_names_nobody_ends_as_well(paired):
    paired.database["silences"].update_one({"_id": FIRST}, {"$unset": {"mentor_ids": "", "mentee_ids": ""}})
    paired.hear(PersonErased(person_id=FEMKE))
    assert job(paired) is None and paired.database["silences"].count_documents({}) == 0


LOTTE, NOOR, JILDOU = (f"00000000-0000-4000-8000-0000000000{number}" for number in (91, 92, 93))
GROUP = "00000000-0000-4000-8000-0000000000aa"


@pytest.fixture
def group(paired):
    """The same with a group beside it that is waited for: two mentors and three mentees, Yara and Femke among them."""
    paired.do(commands.begin, GROUP, PROGRAMME, (FEMKE, JILDOU), (YARA, LOTTE, NOOR), now=NOW)
    return paired


def waited_for(house):
    silence = house.database["silences"].find_one({"_id": GROUP})
    return (silence["mentor_ids"], silence["mentee_ids"]) if silence else None


def test_when_one_of_a_group_is_erased_the_others_are_waited_for_and_told_of(group):
    for gone in (YARA, FEMKE):
        group.hear(PersonErased(person_id=gone))
    assert waited_for(group) == ([JILDOU], [LOTTE, NOOR])
    assert YARA not in str(group.database["silences"].find_one()) and job(group) is None, "that of the two is over"
    assert group.database["jobs"].find_one({"_id": f"{commands.NOTICE}:{GROUP}"})["due"] == NOW + LONG
    group.do(commands.notice, GROUP, now=NOW + LONG)
    assert [(each.pairing_id, each.since) for each in told(group)] == [(GROUP, NOW)]


@pytest.mark.parametrize("side", [(FEMKE, JILDOU), (YARA, LOTTE, NOOR)])
def test_when_a_whole_side_of_a_group_is_erased_nobody_is_waited_for(group, side):
    for gone in side[:-1]:
        group.hear(PersonErased(person_id=gone))
    assert waited_for(group) is not None
    group.hear(PersonErased(person_id=side[-1]))
    assert waited_for(group) is None
    assert group.database["jobs"].find_one({"_id": f"{commands.NOTICE}:{GROUP}"}) is None


def test_an_erased_persons_groups_are_left_alone_where_she_is_in_none(group):
    before = waited_for(group)
    group.hear(PersonErased(person_id=PROGRAMME))
    assert waited_for(group) == before
