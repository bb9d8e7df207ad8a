"""Computing and publishing a match run: what is stored, what others hear, what is refused and leaves no trace."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest

from chassis.errors import Refused
from contracts.pairing import MatchPublished, PairingProposed, ProgrammeChanged
from pairing.app import SERVICE, create_app
from pairing.matching import commands, publishing
from pairing.matching.repository import sheet
from pairing.matching.sheets import PAIRS
from pairing.pairings import commands as pairings
from pairing.people.commands import change_people
from pairing.people.repository import PEOPLE
from pairing.programmes.repository import PROGRAMMES
from support.house import House
from support.small_cohort import small_cohort

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
WEEK = timedelta(days=7)
NEW = (MatchPublished, PairingProposed)


@pytest.fixture
def cohort(settings):
    house = House(SERVICE, create_app, settings)
    yield small_cohort(house)
    house.close()


def compute(cohort, now=NOW, **more):
    return cohort.house.do(commands.compute, cohort.programme_id, now=now, **more)


def publish(cohort, run, now=NOW):
    return cohort.house.do(publishing.publish, run.id, now=now)


def change(cohort, person, **fields):
    cohort.house.do(lambda uow: change_people(uow, [(uow.get(PEOPLE, person.id), fields)]), now=NOW)


def stored(cohort):
    """Everything that a publication writes."""
    database = cohort.house.database
    names = ("match_runs", "pairings", "jobs", "outbox")
    return {name: sorted(database[name].find(), key=lambda document: str(document["_id"])) for name in names}


def refused(cohort, run, code):
    before = stored(cohort)
    with pytest.raises(Refused) as refusal:
        publish(cohort, run)
    assert refusal.value.code == code
    assert stored(cohort) == before


def test_a_run_proposes_everybody_and_tells_nobody_but_that_the_programme_is_matching(cohort):
    heard_before = cohort.house.said()
    run = compute(cohort)
    assert (run.number, run.seed, run.state, run.figures.pairs, run.figures.mentees) == (1, 1, "proposed", 3, 3)
    assert {(p.mentee_id, p.mentor_id) for p in cohort.proposed(run)} == {
        (cohort.yara.id, cohort.femke.id), (cohort.noor.id, cohort.femke.id), (cohort.lotte.id, cohort.jildou.id),
    }  # fmt: skip
    told = [event for event in cohort.house.said() if event not in heard_before]
    assert [(type(event), event.state) for event in told] == [(ProgrammeChanged, "matching")]
    assert cohort.house.database["pairings"].count_documents({}) == 0
    assert compute(cohort).number == 2


def test_publishing_says_exactly_what_was_proposed(cohort):
    run = compute(cohort)
    assert publish(cohort, run).state == "published"
    documents = {document["mentee_ids"][0]: document for document in cohort.house.database["pairings"].find()}
    heard = [event for event in cohort.house.said() if isinstance(event, NEW)]
    assert Counter(type(event) for event in heard) == {MatchPublished: 1, PairingProposed: 3}
    assert MatchPublished(run_id=run.id, programme_id=cohort.programme_id, pairs=3, unmatched=0) in heard
    for mentee, mentor in ((cohort.yara, cohort.femke), (cohort.noor, cohort.femke), (cohort.lotte, cohort.jildou)):
        document = documents[mentee.id]
        assert (document["mentor_ids"], document["state"], document["models"], document["format"]) == (
            [mentor.id],
            "proposed",
            ["structured"],
            "either",
        )
        assert PairingProposed(
            pairing_id=document["_id"], programme_id=cohort.programme_id, mentor_id=mentor.id, mentee_id=mentee.id, respond_by=NOW + WEEK
        ) in heard  # fmt: skip
    jobs = list(cohort.house.database["jobs"].find({"job": "lapse-proposal"}))
    assert [job["due"] for job in jobs] == [NOW + WEEK] * 3


def test_a_run_is_published_once_and_sets_the_others_aside(cohort):
    first, second = compute(cohort), compute(cohort, objective="best_total")
    publish(cohort, second)
    refused(cohort, second, "match-run-published")
    refused(cohort, first, "match-run-superseded")


def test_of_two_runs_published_at_the_same_moment_one_wins(cohort):
    runs = [compute(cohort), compute(cohort, objective="best_total")]

    def attempt(run):
        try:
            return publish(cohort, run).state
        except Refused as refusal:
            return refusal.code

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(attempt, runs)) == ["match-run-superseded", "published"]
    assert cohort.house.database["pairings"].count_documents({}) == 3
    assert Counter(type(event) for event in cohort.house.said() if isinstance(event, NEW)) == {MatchPublished: 1, PairingProposed: 3}


def test_who_has_a_mentor_or_no_place_is_left_out_of_the_next_run(cohort):
    publish(cohort, compute(cohort))
    with pytest.raises(Refused) as refusal:
        compute(cohort)
    assert refusal.value.code == "match-nobody-waits"
    yaras = cohort.house.database["pairings"].find_one({"mentee_ids": cohort.yara.id})
    cohort.house.do(pairings.decline, yaras["_id"], cohort.yara.id, now=NOW)
    run = compute(cohort)
    assert (cohort.proposed(run), cohort.left_out(run)) == ([], [cohort.yara.id]), "who declined is not proposed to each other again"
    change(cohort, cohort.jildou, capacity=2)
    again = compute(cohort)
    assert [(p.mentee_id, p.mentor_id) for p in cohort.proposed(again)] == [(cohort.yara.id, cohort.jildou.id)]
    assert cohort.house.do(sheet, again.id, PAIRS).pairs[0].alternatives == ()


@pytest.mark.parametrize(
    ("who", "fields", "code"),
    [
        ("femke", {"vetting": None}, "safeguarding-vetting"),
        ("femke", {"data_protection_training": None}, "safeguarding-training"),
        ("yara", {"guardian": None}, "safeguarding-guardian-permission"),
        ("noor", {"consent_withdrawn": date(2026, 11, 20)}, "safeguarding-consent"),
        ("yara", {"programme_ids": ()}, "match-run-out-of-date"),
        ("femke", {"capacity": 1}, "match-run-out-of-date"),
    ],
)
def test_publishing_is_refused_whole_when_a_rule_forbids_a_pair_meanwhile(cohort, who, fields, code):
    run = compute(cohort)
    change(cohort, getattr(cohort, who), **fields)
    refused(cohort, run, code)


def test_a_run_without_pairs_cannot_be_published(cohort):
    for mentor in (cohort.femke, cohort.jildou):
        change(cohort, mentor, languages=("is",))
    run = compute(cohort)
    assert (run.figures.pairs, len(cohort.left_out(run))) == (0, 3)
    refused(cohort, run, "match-run-empty")


def test_a_run_with_people_who_were_paired_meanwhile_is_out_of_date(cohort):
    run = compute(cohort)

    def pair_by_hand(uow):
        programme = uow.get(PROGRAMMES, cohort.programme_id)
        pairings.propose(
            uow, programme, uow.get(PEOPLE, cohort.jildou.id), uow.get(PEOPLE, cohort.yara.id), pairings.Fit(run_id=run.id, score=1)
        )

    cohort.house.do(pair_by_hand, now=NOW)
    refused(cohort, run, "match-run-out-of-date")


def test_the_api_computes_lists_shows_and_publishes(cohort):
    marit = cohort.coordinator()
    made = marit.post("/pairing/api/match-runs", {"programme_id": cohort.programme_id})
    assert made.status_code == 201, made.text
    run = made.json
    assert run["figures"]["pairs"] == 3
    assert run["proposals"][0]["score"] == pytest.approx(sum(run["proposals"][0]["parts"].values()))
    listed = marit.get(f"/pairing/api/match-runs?programme_id={cohort.programme_id}").json["items"]
    assert [item["id"] for item in listed] == [run["id"]]
    assert "proposals" not in listed[0]
    shown = marit.get(f"/pairing/api/match-runs/{run['id']}")
    assert (shown.json, shown.headers["ETag"]) == (run, '"1"')
    published = marit.post(f"/pairing/api/match-runs/{run['id']}/publish")
    assert (published.status_code, published.json["state"], published.json["version"]) == (200, "published", 2)
    again = marit.post(f"/pairing/api/match-runs/{run['id']}/publish")
    assert (again.status_code, again.json["code"]) == (409, "match-run-published")


def test_another_programme_s_coordinator_and_participants_are_kept_out(cohort):
    run = compute(cohort)
    stranger = cohort.house.caller(
        "00000000-0000-4000-8000-00000000000d", "coordinator", programmes=["00000000-0000-4000-8000-00000000000e"]
    )
    for who in (stranger, cohort.signed_in(cohort.femke)):
        before = stored(cohort)
        assert who.post("/pairing/api/match-runs", {"programme_id": cohort.programme_id}).status_code == 403
        assert who.get(f"/pairing/api/match-runs/{run.id}").status_code == 403
        assert who.post(f"/pairing/api/match-runs/{run.id}/publish").status_code == 403
        assert who.page(f"/pairing/matching/{run.id}").status_code == 403
        assert stored(cohort) == before


def test_the_pages_compute_explain_and_publish(cohort):
    change(cohort, cohort.lotte, languages=("is",), birth_date=date(2010, 2, 1))
    marit = cohort.coordinator()
    start = marit.page("/pairing/matching")
    assert "Compute a proposal" in start.text
    answer = marit.submit(
        "/pairing/matching", {"programme_id": cohort.programme_id, "objective": "nobody_left_out"}, on="/pairing/matching"
    )
    assert answer.status_code == 303, answer.text
    proposal = marit.page(answer.location)
    assert proposal.status_code == 200
    for text in (
        "<h1>Proposal 1</h1>",
        "Aim: nobody left out.",
        "2 of 3 mentees have a mentor.",
        "Publish to 2 pairs",
        "Yara Visser",
        "Both are at home in robotics.",
        "Free together on Wednesday 18:00–21:00 UTC time.",
        "Lotte Bakker",
        "With a common language",
    ):
        assert text in proposal.text
    published = marit.submit(f"{answer.location}/publish", {}, on=answer.location)
    assert published.status_code == 303, published.text
    listed = marit.page(published.location)
    assert "Published. Both sides" in listed.text
    assert "Femke Hoekstra and Yara Visser" in listed.text
    assert "published" in marit.page("/pairing/matching").text
