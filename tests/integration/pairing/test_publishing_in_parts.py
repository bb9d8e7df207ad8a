"""A run of very many pairs is published a sheet at a time: all that can be proposed is, once, and what cannot is named with its rule."""

from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from chassis.clock import Clock
from chassis.errors import Refused
from chassis.service import Service
from contracts.pairing import MatchPublished, PairingProposed
from pairing.app import SERVICE, create_app
from pairing.match_setups import commands as setups
from pairing.matching import commands, grouping, publishing
from pairing.matching.computing import Wanted
from pairing.matching.repository import RUNS
from pairing.matching.sheets import PER_SHEET
from pairing.pairings.rematching import MATCH_AGAIN, match_again
from pairing.people.commands import add_person, change_people
from pairing.people.repository import PEOPLE
from pairing.programmes import commands as programmes
from pairing.programmes.repository import PROGRAMMES
from support.house import House
from support.small_cohort import COMMON, MENTEE, MENTOR, NOW, small_cohort

MANY = PER_SHEET + 30
MARIT = "00000000-0000-4000-8000-00000000000c"


@pytest.fixture
def cohort(settings, monkeypatch):
    monkeypatch.setattr(publishing, "AT_ONCE", 100)
    house = House(SERVICE, create_app, settings)
    cohort = small_cohort(house)
    house.do(add_many, cohort.programme_id, now=NOW)
    yield cohort
    house.close()


def add_many(uow, programme_id):
    """So many mentees, and mentors with ten places each."""
    for number in range(MANY):
        add_person(uow, **who(programme_id, number), **MENTEE, birth_date=date(2011, 1, 1))
    for number in range(MANY, MANY + MANY // 10):
        add_person(uow, **who(programme_id, number), **MENTOR, birth_date=date(1990, 1, 1), capacity=10)


def who(programme_id, number):
    name = {"given_name": f"Nr {number}", "family_name": "Veld", "email": f"nr{number}@example.org"}
    return {**COMMON, **name, "programme_ids": (programme_id,)}


def do(cohort, command, *arguments, **more):
    return cohort.house.do(command, *arguments, now=NOW, **more)


def begun(cohort):
    """A computed run whose publication has begun."""
    run = do(cohort, commands.compute, cohort.programme_id)
    return do(cohort, publishing.publish, run.id)


def run_of(cohort, run):
    return do(cohort, lambda uow: replace(uow.get(RUNS, run.id)))


def proposed(cohort):
    return {document["mentee_ids"][0]: document["mentor_ids"][0] for document in cohort.house.database["pairings"].find()}


def go_on(cohort, most=1000):
    """Lets the clock publish up to so many sheets."""
    jobs = cohort.house.database["jobs"]
    for _ in range(most):
        due = jobs.update_many({"job": publishing.PUBLISH}, {"$set": {"due": datetime(2020, 1, 1, tzinfo=UTC)}}).matched_count
        if not due:
            return
        cohort.house.clock.step()


def test_the_clock_proposes_every_pair_once_and_tells_when_all_are_out(cohort):
    run = begun(cohort)
    planned = {pair.mentee_id: pair.mentor_id for pair in cohort.proposed(run)}
    assert (run.state, run.sent, proposed(cohort)) == ("publishing", 0, {})
    go_on(cohort, most=1)
    assert (run_of(cohort, run).state, run_of(cohort, run).sent, len(proposed(cohort))) == ("publishing", PER_SHEET, PER_SHEET)
    page = cohort.coordinator().page(f"/pairing/matching/{run.id}").text
    assert f"{PER_SHEET} of {len(planned)} pairs have gone out" in page
    go_on(cohort)
    assert (run_of(cohort, run).state, run_of(cohort, run).sent, run_of(cohort, run).not_sent) == ("published", len(planned), ())
    assert proposed(cohort) == planned
    heard = Counter(type(event) for event in cohort.house.said() if isinstance(event, (MatchPublished, PairingProposed)))
    assert heard == {MatchPublished: 1, PairingProposed: len(planned)}
    assert MatchPublished(run_id=run.id, programme_id=cohort.programme_id, pairs=len(planned), unmatched=0) in cohort.house.said()
    assert cohort.house.database["jobs"].count_documents({"job": publishing.PUBLISH}) == 0


def test_while_it_goes_out_nothing_is_computed_and_it_is_not_published_again(cohort):
    run = begun(cohort)
    go_on(cohort, most=1)
    with pytest.raises(Refused) as computing:
        do(cohort, commands.compute, cohort.programme_id)
    with pytest.raises(Refused) as grouping_them:
        do(cohort, grouping.compute_groups, cohort.programme_id, grouping.GroupsWanted(everybody=True))
    with pytest.raises(Refused) as again:
        do(cohort, publishing.publish, run.id)
    codes = [each.value.code for each in (computing, grouping_them, again)]
    assert codes == ["match-publishing", "match-publishing", "match-run-published"]
    assert len(proposed(cohort)) == PER_SHEET


@pytest.mark.parametrize("job", [commands.COMPUTE, MATCH_AGAIN])
def test_what_the_clock_computed_before_is_not_kept_while_it_goes_out_but_computed_anew_for_those_who_are_left(cohort, monkeypatch, job):
    run = do(cohort, commands.compute, cohort.programme_id)
    do(cohort, lambda uow: uow.get(PROGRAMMES, cohort.programme_id).begin_running())
    monkeypatch.setattr(commands, "MOST_AT_ONCE", 5)
    ask = {commands.COMPUTE: lambda uow, id: commands.ask(uow, id, Wanted()), MATCH_AGAIN: match_again}[job]
    do(cohort, ask, cohort.programme_id)
    jobs = cohort.house.service.jobs

    def effect(reader, **payload):
        outcome = jobs[job].effect(reader, **payload)
        do(cohort, publishing.publish, run.id)
        return outcome

    slow = Clock(
        Service(name="pairing", jobs={job: replace(jobs[job], effect=effect)}), cohort.house.database, cohort.house.settings, slow=True
    )
    assert slow.step()
    assert [(each["_id"], each["state"]) for each in cohort.house.database["match_runs"].find()] == [(run.id, "publishing")]
    assert cohort.house.database["match_sheets"].distinct("run_id") == [run.id]
    assert cohort.house.database["jobs"].count_documents({"job": job}) == 1


def test_what_a_rule_forbids_meanwhile_is_left_out_and_named(cohort):
    run = begun(cohort)
    go_on(cohort, most=1)
    waiting = [pair for pair in cohort.proposed(run) if pair.mentee_id not in proposed(cohort)]
    unpermitted, gone, apart, placed, *others = waiting
    change(cohort, unpermitted.mentee_id, guardian=None)
    change(cohort, gone.mentee_id, programme_ids=())
    do(cohort, setups.exclude, run.id, apart.mentor_id, apart.mentee_id, "They asked for it.", MARIT)
    cohort.house.database["pairings"].update_one({}, {"$set": {"mentee_ids": [placed.mentee_id]}})
    full = next(pair.mentor_id for pair in others if pair.mentor_id not in {each.mentor_id for each in waiting[:4]})
    change(cohort, full, capacity=1)
    go_on(cohort)
    expected = {
        unpermitted.mentee_id: "guardian_permission", gone.mentee_id: "left", apart.mentee_id: "excluded", placed.mentee_id: "placed"
    } | {pair.mentee_id: "capacity" for pair in others if pair.mentor_id == full}  # fmt: skip
    published = run_of(cohort, run)
    not_sent = {each.mentee_id: each.rule for each in published.not_sent}
    assert {id: rule for id, rule in not_sent.items() if rule != "capacity"} == {
        id: rule for id, rule in expected.items() if rule != "capacity"
    }
    assert not_sent.keys() <= expected.keys()
    assert "capacity" in not_sent.values()
    assert published.sent == run.figures.pairs - len(not_sent)
    assert not_sent.keys() - {placed.mentee_id} - proposed(cohort).keys() == not_sent.keys() - {placed.mentee_id}
    assert cohort.house.database["jobs"].count_documents({"job": "match-again"}) == 1, "who waits again is matched again"
    page = cohort.coordinator().page(f"/pairing/matching/{run.id}").text
    assert f"{len(not_sent)} pairs were not proposed" in page
    assert "no permission of a guardian" in page


def test_when_the_programme_ends_meanwhile_nothing_more_goes_out(cohort):
    run = begun(cohort)
    go_on(cohort, most=1)
    cohort.house.database["programmes"].update_one({"_id": cohort.programme_id}, {"$set": {"state": "closing"}})
    go_on(cohort)
    published = run_of(cohort, run)
    assert (published.state, published.sent, {each.rule for each in published.not_sent}) == ("published", PER_SHEET, {"ending"})


@pytest.mark.parametrize("at_once", [1, 1_000])
def test_nothing_goes_out_at_the_moment_at_which_the_programme_comes_to_its_end(cohort, monkeypatch, at_once):
    monkeypatch.setattr(publishing, "AT_ONCE", at_once)
    run, once = do(cohort, commands.compute, cohort.programme_id), []
    do(cohort, programmes.advance, cohort.programme_id, "running")
    command, *more = (publishing.publish,)
    if at_once == 1:
        do(cohort, publishing.publish, run.id)
        command, *more = publishing.publish_sheet, 1

    def publish(uow):
        command(uow, run.id, *more)
        if not once:
            once.append(do(cohort, programmes.advance, cohort.programme_id, "closing"))

    with suppress(Refused):
        do(cohort, publish)
    assert proposed(cohort) == {}


def change(cohort, person_id, **fields):
    do(cohort, lambda uow: change_people(uow, [(uow.get(PEOPLE, person_id), fields)]))
