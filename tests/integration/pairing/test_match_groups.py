"""Groups for collaborative mentoring: formed, shown, published to all their people, and what is refused."""

from datetime import UTC, date, datetime

import pytest

from chassis.errors import Refused
from contracts.pairing import GroupProposed, MatchPublished
from pairing.app import SERVICE, create_app
from pairing.matching import grouping, publishing
from pairing.matching.grouping import GroupsWanted
from pairing.pairings.commands import Fit
from pairing.pairings.proposing import propose_group
from pairing.people.commands import change_people
from pairing.people.repository import PEOPLE
from pairing.programmes.repository import PROGRAMMES
from support.house import House
from support.small_cohort import small_cohort

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
EVERYBODY = GroupsWanted(smallest=2, largest=4, everybody=True)


@pytest.fixture
def cohort(settings):
    house = House(SERVICE, create_app, settings)
    yield small_cohort(house)
    house.close()


def do(cohort, command, *arguments):
    return cohort.house.do(command, *arguments, now=NOW)


def change(cohort, person, **fields):
    do(cohort, lambda uow: change_people(uow, [(uow.get(PEOPLE, person.id), fields)]))


def form(cohort, wanted=EVERYBODY):
    return do(cohort, grouping.compute_groups, cohort.programme_id, wanted)


def refused(cohort, code, command, *arguments):
    before = {name: list(cohort.house.database[name].find()) for name in ("match_runs", "pairings", "outbox", "jobs")}
    with pytest.raises(Refused) as refusal:
        do(cohort, command, *arguments)
    assert refusal.value.code == code
    assert {name: list(cohort.house.database[name].find()) for name in ("match_runs", "pairings", "outbox", "jobs")} == before


def test_everybody_is_in_one_group_with_as_many_adults_as_the_country_asks_for(cohort):
    run = form(cohort)
    (group,) = run.groups
    assert set(group.mentee_ids) == {cohort.yara.id, cohort.lotte.id, cohort.noor.id}
    assert set(group.mentor_ids) == {cohort.femke.id, cohort.jildou.id}
    assert ("nl" in group.languages, group.fields, run.figures.pairs, run.figures.mentees) == (True, {"robotics": 3}, 1, 3)


def test_publishing_proposes_the_group_to_all_of_it(cohort):
    run = form(cohort)
    do(cohort, publishing.publish, run.id)
    document = cohort.house.database["pairings"].find_one()
    assert (document["is_group"], document["state"], document["models"]) == (True, "proposed", ["collaborative"])
    assert document["least_mentors"] == 2
    heard = [event for event in cohort.house.said() if isinstance(event, GroupProposed | MatchPublished)]
    assert {type(event) for event in heard} == {GroupProposed, MatchPublished}
    assert next(event for event in heard if isinstance(event, MatchPublished)).unmatched == 0
    assert cohort.house.database["jobs"].count_documents({"job": "lapse-proposal"}) == 1


def test_only_those_who_wish_for_a_group_unless_everybody_is_asked_for(cohort):
    refused(cohort, "group-too-few", grouping.compute_groups, cohort.programme_id, GroupsWanted(smallest=2, largest=4))
    for person in (cohort.yara, cohort.noor):
        change(cohort, person, needs=("group",))
    (group,) = form(cohort, GroupsWanted(smallest=2, largest=4)).groups
    assert set(group.mentee_ids) == {cohort.yara.id, cohort.noor.id}


def test_a_mentor_without_vetting_is_in_no_group_with_a_minor(cohort):
    change(cohort, cohort.femke, vetting=None)
    assert form(cohort).groups == ()
    run = form(cohort)
    refused(cohort, "match-run-empty", publishing.publish, run.id)


def test_a_group_whose_mentor_lost_the_vetting_meanwhile_is_refused_whole(cohort):
    run = form(cohort)
    change(cohort, cohort.femke, vetting=None)
    refused(cohort, "safeguarding-vetting", publishing.publish, run.id)


def test_a_group_with_minors_and_too_few_adults_is_refused(cohort):
    def propose(uow):
        mentors, mentees = [uow.get(PEOPLE, cohort.femke.id)], [uow.get(PEOPLE, person.id) for person in (cohort.yara, cohort.noor)]
        propose_group(uow, uow.get(PROGRAMMES, cohort.programme_id), mentors, mentees, Fit(run_id="by hand", score=1))

    refused(cohort, "group-needs-adults", propose)
    for person in (cohort.yara, cohort.noor):
        change(cohort, person, birth_date=date(2000, 1, 1))
    do(cohort, propose)
    assert cohort.house.database["pairings"].count_documents({"is_group": True}) == 1


def test_pages_and_api_form_groups(cohort):
    marit = cohort.coordinator()
    sent = {"programme_id": cohort.programme_id, "smallest": "4", "largest": "2", "who": "everybody"}
    for wrong in ({"smallest": "1"}, {"largest": "13"}, {"largest": "many"}):
        refusal = marit.submit("/pairing/matching/groups", sent | wrong, on="/pairing/matching")
        assert (refusal.status_code, "whole number from 2 to 12" in refusal.text) == (422, True)
    made = marit.submit("/pairing/matching/groups", sent, on="/pairing/matching")
    assert made.status_code == 303, made.text
    shown = marit.page(made.location).text
    for text in ("Proposal 1: groups", "3 of 3 mentees are in a group.", "Publish to 1 group", "What they share", "robotics 3"):
        assert text in shown
    body = {"programme_id": cohort.programme_id, "groups": {"smallest": 2, "largest": 3, "everybody": True}}
    api = marit.post("/pairing/api/match-runs", body)
    assert (api.status_code, len(api.json["groups"])) == (201, 1), api.text
    assert marit.post("/pairing/api/match-runs", {**body, "groups": {"smallest": 5, "largest": 3}}).status_code == 422


def test_groups_that_cannot_be_formed_are_told_as_groups_with_what_to_try(cohort):
    for person in (cohort.yara, cohort.lotte, cohort.noor):
        change(cohort, person, availability=())
    run = do(cohort, grouping.compute_groups, cohort.programme_id, GroupsWanted(2, 3, everybody=True))
    assert (run.placed, run.of_groups) == (0, True)
    page = cohort.coordinator().page(f"/pairing/matching/{run.id}").text
    assert "groups" in page.split("<h1>")[1].split("</h1>")[0]
    assert "No group of these sizes keeps every rule." in page
    assert "There is nothing to publish." in page
    assert "No pair is allowed" not in page
