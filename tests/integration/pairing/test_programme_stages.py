"""A programme moves through its stages by its coordinator, by matching and publishing, by the clock; what is refused writes nothing."""

from datetime import UTC, date, datetime, timedelta

import pytest

from chassis.errors import Refused
from contracts.pairing import ProgrammeChanged
from pairing.app import SERVICE, create_app
from pairing.matching import commands as matching
from pairing.matching import publishing
from pairing.people.imports import Plan, import_people
from pairing.programmes import commands
from pairing.programmes.repository import PROGRAMMES, find_stages
from support.house import House
from support.small_cohort import small_cohort

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture
def cohort(settings):
    house = House(SERVICE, create_app, settings)
    yield small_cohort(house)
    house.close()


def stage(cohort):
    return cohort.house.database["programmes"].find_one({"_id": cohort.programme_id})["state"]


def force(cohort, state):
    """Puts the programme into a stage, as if its life had led there."""
    cohort.house.database["programmes"].update_one({"_id": cohort.programme_id}, {"$set": {"state": state}})


def advance(cohort, to, now=NOW):
    cohort.house.do(commands.advance, cohort.programme_id, to, now=now)


def refused(cohort, code, action):
    names = [name for name in cohort.house.database.list_collection_names() if name not in ("limits", "heartbeats")]

    def everything():
        return {name: sorted(cohort.house.database[name].find(), key=lambda each: str(each["_id"])) for name in names}

    before = everything()
    with pytest.raises(Refused) as refusal:
        action()
    assert refusal.value.code == code
    assert everything() == before


def programme(cohort):
    return cohort.house.do(lambda uow: uow.get(PROGRAMMES, cohort.programme_id))


def coordinator(cohort):
    return cohort.house.caller("c", "coordinator", programmes=[cohort.programme_id])


def test_matching_and_publishing_move_it_on_and_the_others_hear_of_it(cohort):
    assert stage(cohort) == "planned"
    run = cohort.house.do(matching.compute, cohort.programme_id, now=NOW)
    assert stage(cohort) == "matching"
    cohort.house.do(publishing.publish, run.id, now=NOW)
    assert stage(cohort) == "running"
    told = [event.state for event in cohort.house.said() if isinstance(event, ProgrammeChanged)]
    assert told == ["planned", "matching", "running"]


def test_a_match_of_nobody_moves_nothing(cohort):
    cohort.house.database["people"].update_many({"roles": "mentee"}, {"$set": {"programme_ids": []}})
    refused(cohort, "match-nobody-waits", lambda: cohort.house.do(matching.compute, cohort.programme_id, now=NOW))


@pytest.mark.parametrize(("state", "code"), [("closing", "programme-closing"), ("closed", "programme-closed")])
def test_at_its_end_it_takes_no_match_no_publication_and_no_people(cohort, state, code):
    run = cohort.house.do(matching.compute, cohort.programme_id, now=NOW)
    force(cohort, state)
    plan = Plan(programme(cohort), "mentor", [], [], [], (), "", added=[(2, {"email": "new@example.org"})])
    refused(cohort, code, lambda: cohort.house.do(matching.compute, cohort.programme_id, now=NOW))
    refused(cohort, code, lambda: cohort.house.do(publishing.publish, run.id, now=NOW))
    refused(cohort, code, lambda: cohort.house.do(import_people, plan, now=NOW))


def test_a_closed_one_is_not_changed_and_not_opened_again(cohort):
    force(cohort, "closed")
    refused(cohort, "programme-closed", lambda: cohort.house.do(commands.change, cohort.programme_id, name="Other", now=NOW))
    refused(cohort, "programme-closed", lambda: advance(cohort, "closing"))


def test_no_step_is_skipped_and_none_leads_back_once_proposals_are_out(cohort):
    refused(cohort, "programme-step-skipped", lambda: advance(cohort, "matching"))
    force(cohort, "running")
    refused(cohort, "programme-under-way", lambda: advance(cohort, "matching"))


def test_the_clock_begins_the_closing_after_the_last_day_and_closes_nothing(cohort):
    run = cohort.house.do(matching.compute, cohort.programme_id, now=NOW)
    cohort.house.do(publishing.publish, run.id, now=NOW)
    over = programme(cohort).over_at
    (job,) = cohort.house.database["jobs"].find({"job": commands.END})
    assert job["due"] == over
    assert job["payload"] == {"programme_id": cohort.programme_id}
    cohort.house.do(commands.end, cohort.programme_id, now=over - timedelta(seconds=1))
    assert stage(cohort) == "running"
    cohort.house.do(commands.end, cohort.programme_id, now=over)
    assert stage(cohort) == "closing"
    before = cohort.house.said()
    cohort.house.do(commands.end, cohort.programme_id, now=over + timedelta(days=99))
    assert (stage(cohort), cohort.house.said()) == ("closing", before)


def test_the_clock_itself_moves_a_programme_whose_last_day_is_over(cohort):
    force(cohort, "running")
    cohort.house.do(commands.change, cohort.programme_id, starts_on=date(2024, 9, 1), ends_on=date(2025, 6, 30), now=NOW)
    while cohort.house.tick():
        pass
    assert stage(cohort) == "closing"
    assert cohort.house.database["jobs"].count_documents({"job": commands.END}) == 0
    assert [each.state for each in cohort.house.said() if isinstance(each, ProgrammeChanged)][-1] == "closing"


def test_another_last_day_moves_the_alarm(cohort):
    force(cohort, "running")
    later = programme(cohort).ends_on + timedelta(days=30)
    cohort.house.do(commands.change, cohort.programme_id, ends_on=later, now=NOW)
    (job,) = cohort.house.database["jobs"].find({"job": commands.END})
    assert job["due"] == programme(cohort).over_at


def test_today_says_what_closes_and_where_to_go(cohort):
    force(cohort, "closing")
    text = coordinator(cohort).page("/pairing/").text
    assert "Look back with every pair, then close the programme." in text
    assert f'href="/pairing/programmes/{cohort.programme_id}"' in text
    force(cohort, "closed")
    text = coordinator(cohort).page(f"/pairing/?programme={cohort.programme_id}").text
    assert f"/pairing/programmes/new?like={cohort.programme_id}" in text


OFFERED = {
    "planned": {"intake"}, "intake": {"planned"}, "matching": {"intake"}, "running": {"closing"}, "closing": {"closed"}, "closed": set(),
}  # fmt: skip
"""Stage → the steps that have a button; matching and publishing are steps of their own pages."""


@pytest.mark.parametrize("state", OFFERED)
def test_the_page_shows_the_stage_and_takes_only_steps_that_are_open(cohort, state):
    force(cohort, state)
    marit, path = coordinator(cohort), f"/pairing/programmes/{cohort.programme_id}"
    text = marit.page(path).text
    assert text.count('aria-current="step"') == 1
    assert "What needs you" in text
    offered = {part.partition('"')[0] for part in text.split('name="state" value="')[1:]}
    assert offered == OFFERED[state]
    for to in offered:
        answer = marit.submit(f"{path}/state", {"state": to}, on=path)
        assert (answer.status_code, answer.location) == (303, f"{path}?done=moved")
        assert stage(cohort) == to


def test_a_wrong_step_on_the_page_is_told_and_changes_nothing(cohort):
    marit, path = coordinator(cohort), f"/pairing/programmes/{cohort.programme_id}"
    for to, status in (("closed", 409), ("running", 409), ("", 422), ("paused", 422), ("\x00", 422)):
        answer = marit.submit(f"{path}/state", {"state": to}, on=path)
        assert answer.status_code == status, to
    assert marit.client.post(f"{path}/state", data={"state": "intake"}).status_code == 403, "a forged form"
    assert stage(cohort) == "planned"


def test_the_api_takes_steps_and_refuses_the_others(cohort):
    marit, path = coordinator(cohort), f"/pairing/api/programmes/{cohort.programme_id}/state"
    assert marit.post(path, {"state": "intake"}).json["state"] == "intake"
    assert marit.post(path, {"state": "intake"}).json["state"] == "intake", "asked again: nothing happens"
    skipped = marit.post(path, {"state": "closed"})
    assert (skipped.status_code, skipped.json["code"]) == (409, "programme-step-skipped")
    assert marit.post(path, {"state": "paused"}).status_code == 422
    assert marit.post(path, {}).status_code == 422
    assert stage(cohort) == "intake"


def test_programmes_from_before_the_stages_are_found_running_or_planned(cohort):
    run = cohort.house.do(matching.compute, cohort.programme_id, now=NOW)
    database = cohort.house.database
    for published, expected in ((False, "planned"), (True, "running")):
        database["match_runs"].update_one({"_id": run.id}, {"$set": {"state": "published" if published else "proposed"}})
        database["programmes"].update_one({"_id": cohort.programme_id}, {"$unset": {"state": ""}})
        find_stages(database)
        assert programme(cohort).state == expected
