"""A substitute for a mentor who is away: free mentors by fit, a proposal while the old pairing stands still, and what is refused."""

from datetime import UTC, date, datetime

import pytest

from chassis.errors import NotFound, Refused
from pairing.app import SERVICE, create_app
from pairing.matching import commands, publishing
from pairing.matching.substitutes import substitute, substitutes
from pairing.pairings import commands as pairings
from pairing.pairings import life
from pairing.pairings.repository import PAIRINGS
from pairing.people.commands import add_person, change_people
from pairing.people.repository import PEOPLE
from support.house import House
from support.small_cohort import COMMON, MENTEE, small_cohort

MARIT = "00000000-0000-4000-8000-00000000000c"
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture
def cohort(settings):
    house = House(SERVICE, create_app, settings)
    yield small_cohort(house)
    house.close()


@pytest.fixture
def yaras(cohort):
    """The id of the pairing of Yara and Femke, to which both said yes."""
    run = do(cohort, commands.compute, cohort.programme_id)
    do(cohort, publishing.publish, run.id)
    id = cohort.house.database["pairings"].find_one({"mentee_ids": cohort.yara.id})["_id"]
    for person in (cohort.yara, cohort.femke):
        do(cohort, pairings.accept, id, person.id)
    return id


def do(cohort, command, *arguments):
    return cohort.house.do(command, *arguments, now=NOW)


def change(cohort, person, **fields):
    do(cohort, lambda uow: change_people(uow, [(uow.get(PEOPLE, person.id), fields)]))


def pairing(cohort, id):
    return do(cohort, lambda uow: uow.get(PAIRINGS, id))


def refused(cohort, code, id, mentor):
    before = {name: list(cohort.house.database[name].find()) for name in ("pairings", "outbox", "jobs")}
    with pytest.raises(Refused) as refusal:
        do(cohort, substitute, id, mentor.id, MARIT)
    assert refusal.value.code == code
    assert {name: list(cohort.house.database[name].find()) for name in ("pairings", "outbox", "jobs")} == before


def test_nobody_stands_in_while_all_mentors_are_full(cohort, yaras):
    assert do(cohort, substitutes, yaras) == []
    refused(cohort, "match-rule-capacity", yaras, cohort.jildou)


def test_a_mentor_gets_no_more_mentees_than_she_has_places_when_two_propose_her_at_the_same_moment(cohort, yaras):
    change(cohort, cohort.jildou, capacity=2)
    who = {"given_name": "Mila", "family_name": "Smit", "email": "mila@example.org", "programme_ids": (cohort.programme_id,)}
    do(cohort, lambda uow: add_person(uow, **COMMON, **MENTEE, **who, birth_date=date(2011, 5, 1)))
    run, once = do(cohort, commands.compute, cohort.programme_id), []

    def publish(uow):
        publishing.publish(uow, run.id)
        if not once:
            once.append(do(cohort, substitute, yaras, cohort.jildou.id, MARIT))

    with pytest.raises(Refused) as refusal:
        do(cohort, publish)
    assert refusal.value.code == publishing.OUT_OF_DATE
    assert cohort.house.database["pairings"].count_documents({"mentor_ids": cohort.jildou.id}) == 2


def test_a_substitute_is_proposed_and_the_pairing_stands_still(cohort, yaras):
    change(cohort, cohort.jildou, capacity=2)
    (found,) = do(cohort, substitutes, yaras)
    assert found.mentor.id == cohort.jildou.id
    made = do(cohort, substitute, yaras, cohort.jildou.id, MARIT)
    assert (made.state, made.mentor_ids, made.mentee_ids, made.fit) == ("proposed", (cohort.jildou.id,), (cohort.yara.id,), found.points)
    old = pairing(cohort, yaras)
    assert (old.state, old.paused_for) == ("paused", ("away",))
    do(cohort, pairings.accept, made.id, cohort.yara.id)
    do(cohort, pairings.accept, made.id, cohort.jildou.id)
    assert pairing(cohort, made.id).state == "accepted"
    refused(cohort, "substitute-there", yaras, cohort.femke)


def test_a_pairing_whose_mentor_has_a_substitute_goes_on_only_after_that_ended(cohort, yaras):
    change(cohort, cohort.jildou, capacity=2)
    made = do(cohort, substitute, yaras, cohort.jildou.id, MARIT)
    before = list(cohort.house.database["pairings"].find())
    with pytest.raises(Refused) as refusal:
        do(cohort, life.resume, yaras, MARIT)
    assert refusal.value.code == "pairing-has-substitute"
    assert list(cohort.house.database["pairings"].find()) == before
    do(cohort, pairings.decline, made.id, cohort.yara.id)
    assert do(cohort, life.resume, yaras, MARIT).state == "accepted"


def test_after_an_early_end_the_mentee_waits_and_is_not_given_the_same_mentor(cohort, yaras):
    do(cohort, life.end, yaras, "no_fault", MARIT)
    assert cohort.house.database["jobs"].count_documents({"job": "match-again"}) == 1
    run = do(cohort, commands.compute, cohort.programme_id)
    assert (cohort.proposed(run), cohort.left_out(run)) == ([], [cohort.yara.id])
    change(cohort, cohort.jildou, capacity=2)
    run = do(cohort, commands.compute, cohort.programme_id)
    assert [(pair.mentee_id, pair.mentor_id) for pair in cohort.proposed(run)] == [(cohort.yara.id, cohort.jildou.id)]


def test_a_rule_forbids_a_substitute_as_it_forbids_any_pair(cohort, yaras):
    change(cohort, cohort.jildou, capacity=2, vetting=None)
    refused(cohort, "match-rule-vetting", yaras, cohort.jildou)
    refused(cohort, "match-rule-met-before", yaras, cohort.femke)


def test_only_for_a_pairing_that_runs_or_is_paused(cohort, yaras):
    proposed = cohort.house.database["pairings"].find_one({"mentee_ids": cohort.noor.id})["_id"]
    refused(cohort, "substitute-not-running", proposed, cohort.jildou)
    with pytest.raises(NotFound):
        do(cohort, substitute, yaras, cohort.lotte.id, MARIT)


def test_pages_and_api_are_the_coordinator_s(cohort, yaras):
    change(cohort, cohort.jildou, capacity=2)
    marit, path = cohort.coordinator(), f"/pairing/pairings/{yaras}/substitute"
    shown = marit.page(path)
    assert (shown.status_code, "Propose Jildou Postma" in shown.text) == (200, True)
    assert marit.get(f"/pairing/api/pairings/{yaras}/substitutes").json[0]["mentor_id"] == cohort.jildou.id
    for who in (cohort.signed_in(cohort.femke), cohort.signed_in(cohort.yara)):
        assert who.page(path).status_code == 403
        assert who.post(f"/pairing/api/pairings/{yaras}/substitutes", {"mentor_id": cohort.jildou.id}).status_code == 403
    sent = marit.submit(path, {"mentor_id": cohort.jildou.id}, on=path)
    assert sent.status_code == 303, sent.text
    assert "Jildou Postma and Yara Visser" in marit.page(sent.location).text
