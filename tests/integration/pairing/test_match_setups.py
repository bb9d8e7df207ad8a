"""Locks, exclusions, a pair made by hand and other weights: what they do to the next proposal, and what is refused and writes nothing."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from chassis.clock import ATTEMPTS
from chassis.errors import NotFound, Refused
from pairing.app import SERVICE, create_app
from pairing.match_setups import commands as setups
from pairing.matching import commands, gathering, publishing, repository, sparse, trying
from pairing.matching.computing import Wanted, in_parts
from pairing.matching.repository import sheet
from pairing.matching.sheets import MENTEES, MENTORS, PAIRS
from pairing.matching.trying import cost_of_pair, what_if
from pairing.pairings import commands as pairings
from pairing.pairings.rematching import MATCH_AGAIN, match_again
from pairing.people.commands import change_people
from pairing.people.repository import PEOPLE
from pairing.programmes.commands import change as change_programme
from pairing.programmes.repository import PROGRAMMES
from support.house import House
from support.small_cohort import small_cohort

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
MARIT = "00000000-0000-4000-8000-00000000000c"
STRANGER = "00000000-0000-4000-8000-0000000000ff"


@pytest.fixture
def cohort(settings):
    house = House(SERVICE, create_app, settings)
    yield small_cohort(house)
    house.close()


def do(cohort, command, *arguments, **more):
    return cohort.house.do(command, *arguments, now=NOW, **more)


def compute(cohort, **more):
    return do(cohort, commands.compute, cohort.programme_id, **more)


def change(cohort, person, **fields):
    do(cohort, lambda uow: change_people(uow, [(uow.get(PEOPLE, person.id), fields)]))


def couples(cohort, run):
    return {(pair.mentee_id, pair.mentor_id) for pair in cohort.proposed(run)}


def stored(cohort):
    database = cohort.house.database
    names = ("match_runs", "match_sheets", "match_setups", "programmes", "pairings", "jobs", "outbox")
    return {name: sorted(database[name].find(), key=lambda document: str(document["_id"])) for name in names}


def refused(cohort, code, command, *arguments):
    before = stored(cohort)
    with pytest.raises(Refused) as refusal:
        do(cohort, command, *arguments)
    assert refusal.value.code == code
    assert refusal.value.message.count(".") >= 2, "it says what happened and what to do next"
    assert stored(cohort) == before


def test_a_locked_pair_is_kept_by_every_later_proposal_until_it_is_unlocked(cohort):
    run = compute(cohort)
    assert (cohort.lotte.id, cohort.jildou.id) in couples(cohort, run)
    do(cohort, setups.lock, run.id, cohort.femke.id, cohort.lotte.id, MARIT)
    for objective in ("nobody_left_out", "best_total"):
        locked = compute(cohort, objective=objective)
        assert (cohort.lotte.id, cohort.femke.id) in couples(cohort, locked)
        assert [pair.mentee_id for pair in cohort.proposed(locked) if pair.locked] == [cohort.lotte.id]
    do(cohort, setups.unlock, run.id, cohort.lotte.id)
    assert couples(cohort, compute(cohort)) == couples(cohort, run)


def test_an_excluded_pair_is_made_by_no_later_proposal_until_it_is_allowed_again(cohort):
    run = compute(cohort)
    do(cohort, setups.exclude, run.id, cohort.jildou.id, cohort.lotte.id, "They are neighbours.", MARIT)
    later = compute(cohort)
    assert (cohort.lotte.id, cohort.jildou.id) not in couples(cohort, later)
    assert len(cohort.proposed(later)) == 3
    stored_setup = cohort.house.database["match_setups"].find_one({"_id": cohort.programme_id})
    (kept,) = stored_setup["exclusions"]
    assert (kept["reason"], kept["by"], kept["at"]) == ("They are neighbours.", MARIT, NOW)
    do(cohort, setups.allow, run.id, cohort.jildou.id, cohort.lotte.id)
    assert couples(cohort, compute(cohort)) == couples(cohort, run)


@pytest.mark.parametrize(
    ("who", "fields", "code"),
    [
        ("femke", {"vetting": None}, "vetting"),
        ("femke", {"data_protection_training": None}, "training"),
        ("femke", {"languages": ("is",)}, "shared-language"),
        ("femke", {"format": "in_person", "city": "Porto"}, "format-and-place"),
        ("femke", {"not_with": ("lotte@example.org",)}, "conflict-of-interest"),
        ("femke", {"pupils": ("lotte@example.org",)}, "conflict-of-interest"),
        ("lotte", {"not_with": ("femke@example.org",)}, "conflict-of-interest"),
        ("lotte", {"guardian": None}, "guardian-permission"),
        ("lotte", {"birth_date": date(1980, 1, 1)}, "age"),
        ("femke", {"birth_date": date(2020, 1, 1)}, "age"),
        ("femke", {"consent_withdrawn": date(2026, 11, 20)}, "consent"),
        ("lotte", {"consent_withdrawn": date(2026, 11, 20)}, "consent"),
    ],
)
def test_a_lock_and_a_pair_by_hand_that_a_rule_forbids_are_refused_with_the_rule(cohort, who, fields, code):
    run = compute(cohort)
    change(cohort, getattr(cohort, who), **fields)
    pair = (cohort.femke.id, cohort.lotte.id)
    refused(cohort, f"match-rule-{code}", setups.lock, run.id, *pair, MARIT)
    refused(cohort, f"match-rule-{code}", setups.pair_by_hand, run.id, *pair, MARIT)
    with pytest.raises(Refused):
        do(cohort, lambda uow: cost_of_pair(uow, run, *pair))


def test_one_family_cannot_be_paired(cohort):
    run = compute(cohort)
    change(cohort, cohort.femke, family="Visser ")
    change(cohort, cohort.lotte, family="visser")
    refused(cohort, "match-rule-conflict-of-interest", setups.lock, run.id, cohort.femke.id, cohort.lotte.id, MARIT)


def test_a_lock_beyond_the_places_of_a_mentor_is_refused(cohort):
    run = compute(cohort)
    do(cohort, setups.lock, run.id, cohort.jildou.id, cohort.lotte.id, MARIT)
    refused(cohort, "match-rule-capacity", setups.lock, run.id, cohort.jildou.id, cohort.yara.id, MARIT)


def test_a_pair_below_the_minimum_of_the_run_cannot_be_locked(cohort):
    run = compute(cohort, minimum=100)
    refused(cohort, "match-rule-quality", setups.lock, run.id, cohort.femke.id, cohort.lotte.id, MARIT)


def test_a_lock_and_an_exclusion_of_the_same_pair_refuse_each_other(cohort):
    run, pair = compute(cohort), (cohort.jildou.id, cohort.lotte.id)
    do(cohort, setups.lock, run.id, *pair, MARIT)
    refused(cohort, "match-pair-locked", setups.exclude, run.id, *pair, "why", MARIT)
    do(cohort, setups.unlock, run.id, cohort.lotte.id)
    do(cohort, setups.exclude, run.id, *pair, "why", MARIT)
    refused(cohort, "match-rule-excluded", setups.lock, run.id, *pair, MARIT)


def test_who_has_a_proposal_already_cannot_be_locked(cohort):
    run = compute(cohort)
    do(cohort, publishing.publish, run.id)
    refused(cohort, "match-mentee-not-waiting", setups.lock, run.id, cohort.femke.id, cohort.lotte.id, MARIT)


def test_strangers_and_absent_locks_are_not_found_and_nothing_is_written(cohort):
    run = compute(cohort)
    before = stored(cohort)
    for command, arguments in (
        (setups.lock, (STRANGER, cohort.lotte.id, MARIT)),
        (setups.lock, (cohort.femke.id, STRANGER, MARIT)),
        (setups.exclude, (cohort.lotte.id, cohort.femke.id, "sides changed", MARIT)),
        (setups.unlock, (cohort.lotte.id,)),
        (setups.allow, (cohort.femke.id, cohort.lotte.id)),
    ):
        with pytest.raises(NotFound):
            do(cohort, command, run.id, *arguments)
    assert stored(cohort) == before


def test_a_lock_that_a_rule_forbids_meanwhile_is_lost_and_told(cohort):
    run = compute(cohort)
    do(cohort, setups.lock, run.id, cohort.jildou.id, cohort.lotte.id, MARIT)
    change(cohort, cohort.jildou, data_protection_training=None)
    later = compute(cohort)
    ((lost),) = later.lost_locks
    assert (lost.mentee_id, lost.mentor_id, lost.rule) == (cohort.lotte.id, cohort.jildou.id, "training")
    assert (
        "Lotte Bakker and Jildou Postma are locked, but cannot be kept" in cohort.coordinator().page(f"/pairing/matching/{later.id}").text
    )


def test_a_pair_by_hand_costs_what_was_said(cohort):
    run = compute(cohort)
    cost = do(cohort, lambda uow: cost_of_pair(uow, run, cohort.jildou.id, cohort.yara.id))
    made = do(cohort, setups.pair_by_hand, run.id, cohort.jildou.id, cohort.yara.id, MARIT)
    assert (made.origin, made.seed, (cohort.yara.id, cohort.jildou.id) in couples(cohort, made)) == ("by_hand", run.seed, True)
    assert cost.pairs == made.figures.pairs - run.figures.pairs == 0
    change_in_total = sum(pair.score for pair in cohort.proposed(made)) - sum(pair.score for pair in cohort.proposed(run))
    assert cost.total == pytest.approx(change_in_total, abs=0.5)
    assert cost.total < 0
    moved = {(move.mentee_id, move.before, move.after) for move in cost.moves}
    assert moved == {(cohort.yara.id, cohort.femke.id, cohort.jildou.id), (cohort.lotte.id, cohort.jildou.id, cohort.femke.id)}


def test_trying_other_weights_saves_nothing_and_taking_them_computes_with_them(cohort):
    run = compute(cohort)
    weights = {**run.weights, "wishes": 0, "interests": 10}
    before = stored(cohort)
    trial = do(cohort, lambda uow: what_if(uow, run, weights, "best_total", 0))
    assert stored(cohort) == before
    assert (trial.now.pairs, trial.then.pairs) == (3, 3)
    assert trial.now.mean_fit == run.figures.mean_fit
    made = do(cohort, setups.use_weights, run.id, weights, "best_total", 0)
    assert (made.weights, made.objective, made.origin) == (weights, "best_total", "new_weights")
    assert made.figures.mean_fit == pytest.approx(trial.then.mean_fit, abs=0.2)
    assert do(cohort, lambda uow: uow.get(PROGRAMMES, cohort.programme_id).weights) == weights


def test_the_same_people_and_seed_give_the_same_proposal_and_explanations(cohort):
    first, second = compute(cohort, seed=7), compute(cohort, seed=7)
    assert cohort.proposed(first) == cohort.proposed(second)
    for kind in (PAIRS, MENTEES, MENTORS):
        assert do(cohort, sheet, first.id, kind).entries == do(cohort, sheet, second.id, kind).entries


def test_the_clock_proposes_anew_for_those_who_wait_after_a_no_and_moves_nobody_else(cohort):
    do(cohort, publishing.publish, compute(cohort).id)
    change(cohort, cohort.jildou, capacity=2)
    documents = {document["mentee_ids"][0]: document["_id"] for document in cohort.house.database["pairings"].find()}
    for side in (cohort.noor, cohort.femke):
        do(cohort, pairings.accept, documents[cohort.noor.id], side.id)
    do(cohort, pairings.decline, documents[cohort.yara.id], cohort.yara.id)
    jobs = cohort.house.database["jobs"]
    assert jobs.count_documents({"job": "match-again"}) == 1
    before = {document["_id"]: document for document in cohort.house.database["pairings"].find()}
    jobs.update_one({"job": "match-again"}, {"$set": {"due": datetime(2020, 1, 1, tzinfo=UTC)}})
    while cohort.house.tick():
        pass
    assert {document["_id"]: document for document in cohort.house.database["pairings"].find()} == before
    (follow_up,) = cohort.house.database["match_runs"].find({"origin": "follow_up"})
    assert [(pair.mentee_id, pair.mentor_id) for pair in do(cohort, repository.proposed, follow_up["_id"])] == [
        (cohort.yara.id, cohort.jildou.id)
    ]
    assert follow_up["state"] == "proposed", "a coordinator publishes it"
    today = cohort.coordinator().page("/pairing/").text
    assert "A new proposal for 1 mentee is ready." in today
    do(cohort, publishing.publish, follow_up["_id"])
    assert cohort.house.database["pairings"].count_documents({"mentee_ids": cohort.yara.id, "state": "proposed"}) == 1


def test_the_clock_keeps_no_follow_up_where_nobody_can_be_helped(cohort):
    do(cohort, publishing.publish, compute(cohort).id)
    documents = {document["mentee_ids"][0]: document["_id"] for document in cohort.house.database["pairings"].find()}
    do(cohort, pairings.decline, documents[cohort.yara.id], cohort.yara.id)
    cohort.house.database["jobs"].update_one({"job": "match-again"}, {"$set": {"due": datetime(2020, 1, 1, tzinfo=UTC)}})
    while cohort.house.tick():
        pass
    assert cohort.house.database["match_runs"].count_documents({}) == 1
    assert cohort.house.database["jobs"].count_documents({"job": "match-again"}) == 0


def test_a_closing_programme_is_not_matched_nor_steered(cohort):
    run = compute(cohort)
    cohort.house.database["programmes"].update_one({"_id": cohort.programme_id}, {"$set": {"state": "closing"}})
    refused(cohort, "programme-closing", commands.compute, cohort.programme_id)
    refused(cohort, "programme-closing", setups.lock, run.id, cohort.femke.id, cohort.lotte.id, MARIT)
    refused(cohort, "programme-closing", setups.pair_by_hand, run.id, cohort.femke.id, cohort.lotte.id, MARIT)


def test_the_programme_s_own_minimum_holds_where_none_is_given(cohort):
    do(cohort, change_programme, cohort.programme_id, minimum_fit=100)
    assert (compute(cohort).figures.pairs, compute(cohort).minimum) == (0, 100)
    assert compute(cohort, minimum=0).figures.pairs == 3


def test_the_api_steers_and_a_stranger_may_not(cohort):
    marit, run = cohort.coordinator(), compute(cohort)
    here, pair = f"/pairing/api/match-runs/{run.id}", {"mentor_id": cohort.femke.id, "mentee_id": cohort.lotte.id}
    cost = marit.post(f"{here}/cost", pair)
    assert (cost.status_code, cost.json["pairs"]) == (200, 0)
    locked = marit.post(f"{here}/locks", pair)
    assert (locked.status_code, locked.json["locks"][0]["mentee_id"]) == (201, cohort.lotte.id)
    other = {"mentor_id": cohort.femke.id, "mentee_id": cohort.noor.id}
    assert marit.post(f"{here}/exclusions", other).status_code == 422, "a reason is asked for"
    excluded = marit.post(f"{here}/exclusions", {**other, "reason": "Same team at work."})
    assert (excluded.status_code, excluded.json["exclusions"][0]["reason"]) == (201, "Same team at work.")
    tried = marit.post("/pairing/api/match-runs/what-if", {"run_id": run.id, "weights": {"wishes": 10}})
    assert (tried.status_code, tried.json["now"]["pairs"]) == (200, 3)
    assert marit.client.delete(f"{here}/locks/{cohort.lotte.id}", headers=marit.bearer).json["locks"] == []
    by_hand = marit.post(f"{here}/pairs", pair)
    assert (by_hand.status_code, by_hand.json["origin"]) == (201, "by_hand")
    gone = marit.client.delete(f"{here}/exclusions/{cohort.noor.id}/{cohort.femke.id}", headers=marit.bearer)
    assert gone.json["exclusions"] == []
    before = stored(cohort)
    for who in (cohort.signed_in(cohort.femke), cohort.house.caller(STRANGER, "coordinator", programmes=[STRANGER])):
        for path, body in ((f"{here}/locks", pair), (f"{here}/pairs", pair), (f"{here}/exclusions", {**pair, "reason": "x"})):
            assert who.post(path, body).status_code == 403
        assert who.post("/pairing/api/match-runs/what-if", {"run_id": run.id}).status_code == 403
        assert who.get(f"{here}/setup").status_code == 403
    assert stored(cohort) == before


def test_the_listing_of_explained_pairs_goes_page_by_page(cohort):
    marit, run = cohort.coordinator(), compute(cohort)
    first = marit.get(f"/pairing/api/match-runs/{run.id}/pairs?limit=2").json
    rest = marit.get(f"/pairing/api/match-runs/{run.id}/pairs?limit=2&cursor={first['next']}").json
    scores = [item["score"] for item in (*first["items"], *rest["items"])]
    assert (len(scores), scores, rest["next"]) == (3, sorted(scores), None)
    assert all("at" not in item for item in first["items"])


def test_the_pages_lock_exclude_pair_by_hand_and_try_weights(cohort):
    marit, run = cohort.coordinator(), compute(cohort)
    here = f"/pairing/matching/{run.id}"
    locked = marit.submit(f"{here}/lock", {"mentor_id": cohort.femke.id, "mentee_id": cohort.yara.id}, on=here)
    assert locked.status_code == 303, locked.text
    assert "Unlock" in marit.page(here).text
    person = marit.page(f"{here}/people/{cohort.lotte.id}")
    for text in ("Who fits Lotte Bakker?", "Allowed by all rules", "Femke Hoekstra", "What would it cost?", "Never this pair"):
        assert text in person.text
    sent = {"person_id": cohort.lotte.id, "mentee_id": cohort.lotte.id, "mentor_id": cohort.jildou.id, "reason": " "}
    again = marit.submit(f"{here}/exclude", sent, on=here)
    assert (again.status_code, "Write the reason" in again.text) == (422, True)
    assert marit.submit(f"{here}/exclude", {**sent, "reason": "<b>Neighbours</b>"}, on=here).status_code == 303
    shown = marit.page(here).text
    assert "never: &lt;b&gt;Neighbours&lt;/b&gt;" in shown
    forbidden = marit.page(f"{here}/by-hand?mentee={cohort.lotte.id}&mentor={cohort.jildou.id}").text
    assert "These two cannot be paired" in forbidden
    asked = marit.page(f"{here}/by-hand?mentee={cohort.lotte.id}&mentor={cohort.femke.id}").text
    assert "What it would cost" in asked
    made = marit.submit(f"{here}/by-hand", {"mentor_id": cohort.femke.id, "mentee_id": cohort.lotte.id}, on=here)
    assert made.status_code == 303, made.text
    tried = marit.page(f"{here}/what-if?weight_wishes=10&objective=best_total&minimum=")
    assert (tried.status_code, "Side by side" in tried.text) == (200, True)
    used = marit.submit(f"{here}/weights", {"weight_wishes": "10", "objective": "best_total"}, on=here)
    assert used.status_code == 303, used.text
    assert "with other weights" in marit.page(used.location).text


@pytest.mark.parametrize("sent", ["minimum=x", "minimum=500", "minimum=-1", "weight_wishes=11", "weight_place=abc", "weight_goals=-3"])
def test_a_number_that_cannot_be_is_said_and_not_passed_over(cohort, sent):
    run, marit = compute(cohort), cohort.coordinator()
    tried = marit.page(f"/pairing/matching/{run.id}/what-if?{sent}")
    assert (tried.status_code, "whole number from 0 to" in tried.text) == (422, True)
    form = dict([sent.split("=")])
    for path in ("/pairing/matching",) if "minimum" in sent else (f"/pairing/matching/{run.id}/weights",):
        answer = marit.submit(path, {"programme_id": cohort.programme_id, **form}, on="/pairing/matching")
        assert (answer.status_code, "whole number from 0 to" in answer.text) == (422, True)
    assert cohort.house.database["match_runs"].count_documents({}) == 1


def test_a_large_programme_is_computed_by_the_clock_and_a_too_large_one_refused(cohort, monkeypatch):
    monkeypatch.setattr(commands, "MOST_AT_ONCE", 5)
    marit = cohort.coordinator()
    asked = marit.post("/pairing/api/match-runs", {"programme_id": cohort.programme_id, "minimum": 10})
    assert (asked.status_code, asked.json) == (202, {"programme_id": cohort.programme_id})
    assert cohort.house.database["match_runs"].count_documents({}) == 0
    page = marit.submit("/pairing/matching", {"programme_id": cohort.programme_id, "minimum": "20"}, on="/pairing/matching")
    assert "the proposal is computed meanwhile" in marit.page(page.location).text
    while cohort.house.tick():
        pass
    (run,) = cohort.house.database["match_runs"].find()
    assert (run["figures"]["pairs"], run["minimum"], run["origin"]) == (3, 20, "asked"), "the last wish counts"
    monkeypatch.setattr(commands, "MOST", 5)
    refused(cohort, "match-too-large", commands.ask, cohort.programme_id, Wanted())


def test_a_computation_that_never_ended_is_told_and_can_be_asked_for_again(cohort, monkeypatch):
    monkeypatch.setattr(commands, "MOST_AT_ONCE", 5)
    marit, place = cohort.coordinator(), f"/pairing/matching?programme={cohort.programme_id}"
    do(cohort, commands.ask, cohort.programme_id, Wanted())
    assert "is being computed since" in marit.page(place).text
    cohort.house.database["jobs"].update_one({"job": commands.COMPUTE}, {"$set": {"attempts": ATTEMPTS}})
    assert cohort.house.tick()
    told = marit.page(place).text
    assert "could not be computed" in told and "is being computed since" not in told
    marit.submit("/pairing/matching", {"programme_id": cohort.programme_id}, on=place)
    assert "is being computed since" in marit.page(place).text
    cohort.house.work_off(commands.COMPUTE)
    told = marit.page(place).text
    assert "could not be computed" not in told and "is being computed since" not in told


def test_who_is_erased_while_the_clock_computes_is_in_nothing_that_is_kept(cohort, monkeypatch):
    monkeypatch.setattr(commands, "MOST_AT_ONCE", 5)
    assert do(cohort, commands.ask, cohort.programme_id, Wanted()) is None
    (job,) = cohort.house.database["jobs"].find({"job": commands.COMPUTE})
    outcome = do(cohort, commands.computed_later, **job["payload"])
    for part in in_parts(outcome):
        do(cohort, part)
    assert cohort.house.database["match_sheets"].count_documents({}) > 0
    cohort.house.database["people"].delete_one({"_id": cohort.lotte.id})
    do(cohort, commands.keep_later, outcome=outcome, **job["payload"])
    assert cohort.house.database["match_sheets"].count_documents({}) == cohort.house.database["match_runs"].count_documents({}) == 0
    cohort.house.work_off(commands.COMPUTE)
    (run,) = cohort.house.database["match_runs"].find()
    assert (run["figures"]["mentees"], run["figures"]["pairs"]) == (2, 2)
    named = {id for pair in do(cohort, repository.proposed, run["_id"]) for id in (pair.mentee_id, pair.mentor_id)}
    assert cohort.lotte.id not in named


@pytest.mark.parametrize("job", [commands.COMPUTE, MATCH_AGAIN])
def test_nothing_is_left_of_a_computation_that_was_asked_for_anew_in_its_middle(cohort, monkeypatch, job):
    monkeypatch.setattr(commands, "MOST_AT_ONCE", 5)
    do(cohort, lambda uow: uow.get(PROGRAMMES, cohort.programme_id).begin_running())
    jobs, asked = cohort.house.service.jobs, [False]
    ask = {commands.COMPUTE: lambda uow, id: commands.ask(uow, id, Wanted()), MATCH_AGAIN: match_again}[job]

    def parts(outcome):
        yield from in_parts(outcome)
        if len(asked) == 1:
            asked.append(do(cohort, ask, cohort.programme_id))

    monkeypatch.setitem(jobs, job, replace(jobs[job], parts=parts))
    do(cohort, ask, cohort.programme_id)
    cohort.house.work_off(job)
    assert len(asked) == 2
    cohort.house.work_off(job)
    (run,) = cohort.house.database["match_runs"].find()
    assert cohort.house.database["match_sheets"].distinct("run_id") == [run["_id"]]


def test_a_programme_too_large_for_a_page_can_be_locked_and_looked_at_but_not_tried(cohort, monkeypatch):
    run = compute(cohort)
    monkeypatch.setattr(trying, "MOST_TO_TRY", 5)
    refused(cohort, "match-too-many-to-try", what_if, run, {**run.weights, "wishes": 10}, "best_total", 0)
    refused(cohort, "match-too-many-to-try", cost_of_pair, run, cohort.femke.id, cohort.lotte.id)
    marit, here = cohort.coordinator(), f"/pairing/matching/{run.id}"
    tried = marit.page(f"{here}/what-if?weight_wishes=10")
    assert (tried.status_code, "So many people cannot be compared" in tried.text) == (409, True)
    assert "So many people cannot be compared" in marit.page(f"{here}/by-hand?mentee={cohort.lotte.id}&mentor={cohort.femke.id}").text
    assert "Who fits Lotte Bakker?" in marit.page(f"{here}/people/{cohort.lotte.id}").text
    assert do(cohort, setups.lock, run.id, cohort.femke.id, cohort.lotte.id, MARIT).locks


@pytest.mark.parametrize("cells", [sparse.DENSE, 0])
def test_a_proposal_over_the_promising_pairs_alone_is_kept_like_any_other(cohort, monkeypatch, cells):
    monkeypatch.setattr(sparse, "DENSE", cells)
    do(cohort, setups.lock, compute(cohort).id, cohort.femke.id, cohort.lotte.id, MARIT)
    run = compute(cohort)
    assert (run.figures.pairs, len(cohort.left_out(run)), (cohort.lotte.id, cohort.femke.id) in couples(cohort, run)) == (3, 0, True)
    assert [pair.mentee_id for pair in cohort.proposed(run) if pair.locked] == [cohort.lotte.id]
    assert do(cohort, publishing.publish, run.id).state == "published"


def test_more_people_than_a_page_can_list_are_refused_and_a_pair_of_them_is_still_locked(cohort, monkeypatch):
    run = compute(cohort)
    monkeypatch.setattr(gathering, "MOST_BESIDE_A_FEW", 1)
    page = cohort.coordinator().page(f"/pairing/matching/{run.id}/people/{cohort.lotte.id}")
    assert (page.status_code, "So many people cannot be listed" in page.text) == (409, True)
    assert do(cohort, setups.lock, run.id, cohort.femke.id, cohort.lotte.id, MARIT).locks


def test_a_proposal_with_a_pair_that_was_excluded_since_says_so_and_is_not_published(cohort):
    marit, run = cohort.coordinator(), compute(cohort)
    pair, *_ = cohort.proposed(run)
    here = f"/pairing/matching/{run.id}"
    do(cohort, setups.exclude, run.id, pair.mentor_id, pair.mentee_id, "They asked for it.", MARIT)
    shown = marit.page(here).text
    assert "Excluded since" in shown
    assert f"{here}/publish" not in shown
    before = stored(cohort)
    answer = marit.submit(f"{here}/publish", {}, on="/pairing/matching")
    assert (answer.status_code, "was excluded since it was computed" in answer.text, "Compute a proposal" in answer.text) == (
        409,
        True,
        True,
    )
    assert stored(cohort) == before


def test_a_proposal_says_how_many_pairs_have_no_common_time(cohort):
    change(cohort, cohort.lotte, availability=("Mon 09:00-10:00",))
    run = compute(cohort)
    assert run.figures.without_time == 1
    assert "1 pair has no common time for a session" in cohort.coordinator().page(f"/pairing/matching/{run.id}").text
