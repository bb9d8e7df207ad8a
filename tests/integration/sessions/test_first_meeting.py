"""Both said yes: the first session gets its time once, whatever the order and however often events come."""

from datetime import UTC, datetime, timedelta

import pytest

from contracts.people import PersonErased
from contracts.sessions import MeetingPlanned
from sessions.meetings.model import meeting_id

from .conftest import FEMKE, FEMKE_IS, NOOR, NOW, PROGRAMME, YARA, YARA_IS, accepted, person, programme

WEDNESDAY = datetime(2026, 11, 11, 19, tzinfo=UTC)
HOUR = timedelta(hours=1)
FIRST = meeting_id(accepted().pairing_id, 1)


def planned(starts_at=WEDNESDAY, ends_at=WEDNESDAY + HOUR):
    return MeetingPlanned(
        meeting_id=FIRST,
        pairing_id=accepted().pairing_id,
        programme_id=PROGRAMME,
        mentor_id=FEMKE,
        mentee_id=YARA,
        starts_at=starts_at,
        ends_at=ends_at,
        format="online",
        sequence=0,
    )


def meetings(house):
    return list(house.database["meetings"].find(sort=[("_id", 1)]))


def test_an_accepted_pairing_meets_in_the_first_hour_both_are_free(informed):
    informed.hear(accepted(), now=NOW)
    assert informed.said() == [planned()]
    (meeting,) = meetings(informed)
    assert (meeting["_id"], meeting["state"], meeting["starts_at"]) == (FIRST, "planned", WEDNESDAY)


def test_two_days_of_notice_are_given(informed):
    informed.hear(accepted(), now=WEDNESDAY - timedelta(hours=46))
    assert informed.said() == [planned(WEDNESDAY + timedelta(days=7), WEDNESDAY + timedelta(days=7) + HOUR)]


def test_a_session_begins_at_a_quarter_of_an_hour(informed):
    informed.hear(accepted(), now=WEDNESDAY - timedelta(hours=47, minutes=42, seconds=3))
    assert informed.said() == [planned(WEDNESDAY + timedelta(minutes=30), WEDNESDAY + timedelta(minutes=90))]


def test_a_pairing_heard_of_again_has_one_session(informed):
    ids = informed.hear(accepted(), now=NOW)
    informed.hear(accepted(), now=NOW, ids=ids)
    informed.hear(accepted(), accepted(), now=NOW)
    assert len(meetings(informed)) == len(informed.said()) == 1


def test_a_mentor_with_two_mentees_is_not_planned_twice_at_once(informed):
    informed.hear(accepted(1, YARA), accepted(2, NOOR), now=NOW)
    first, second = sorted(informed.said(), key=lambda said: said.starts_at)
    assert first.ends_at <= second.starts_at
    assert {first.mentee_id, second.mentee_id} == {YARA, NOOR}


@pytest.mark.parametrize("together", [True, False])
def test_people_and_programme_may_come_after_the_pairing(house, together):
    house.hear(accepted(), now=NOW)
    assert (house.said(), meetings(house)[0]["state"]) == ([], "to_plan")
    for batch in [(programme(), FEMKE_IS, YARA_IS)] if together else [(YARA_IS,), (programme(),), (FEMKE_IS,)]:
        house.hear(*batch, now=NOW)
    assert house.work_off("find-time") == 1
    (said,) = house.said()
    assert (said.meeting_id, said.starts_at.hour, said.starts_at.weekday()) == (FIRST, 19, 2)
    assert house.work_off("find-time") == 0


def test_it_keeps_trying_while_somebody_is_unknown(house):
    house.hear(programme(), FEMKE_IS, accepted(), now=NOW)
    for attempt in (2, 3, 4):
        (job,) = house.database["jobs"].find({"job": "find-time"})
        assert job["payload"] == {"meeting_id": FIRST, "attempt": attempt}
        house.database["jobs"].update_many({"job": "find-time"}, {"$set": {"due": NOW}})
        house.tick()
    assert house.said() == []


def test_people_who_are_never_free_together_are_left_to_choose(house):
    house.hear(programme(), FEMKE_IS, person(YARA, "Yara", "Europe/Dublin", "Mon 09:00-10:00"), now=NOW)
    house.hear(accepted(), now=NOW)
    assert (house.said(), meetings(house)[0]["state"], meetings(house)[0]["starts_at"]) == ([], "to_plan", None)
    assert house.work_off("find-time") == 0


def test_nothing_is_planned_after_the_programme(house):
    house.hear(programme(ends_on=NOW.date() + timedelta(days=1)), FEMKE_IS, YARA_IS, now=NOW)
    house.hear(accepted(), now=NOW)
    assert house.said() == []


def test_an_older_state_of_a_person_that_comes_late_changes_nothing(house):
    house.hear(programme(), YARA_IS, now=NOW)
    house.hear(FEMKE_IS, now=NOW, version=2)
    house.hear(person(FEMKE, "Femke", "Europe/Amsterdam"), now=NOW, version=1)
    house.hear(accepted(), now=NOW)
    assert house.said() == [planned()]


def test_an_erased_person_is_gone_and_her_session_is_off(informed):
    informed.hear(accepted(), now=NOW)
    informed.hear(PersonErased(person_id=YARA), now=NOW)
    assert [found["_id"] for found in informed.database["people"].find(sort=[("_id", 1)])] == [FEMKE, NOOR]
    assert meetings(informed)[0]["state"] == "cancelled"
    assert list(informed.database["diaries"].find()) == [{**informed.database["diaries"].find_one({"_id": FEMKE}), "taken": []}]
