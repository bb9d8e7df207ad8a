"""Documents that earlier versions wrote read as today's after the migrations."""

from datetime import UTC, datetime

from pymongo import MongoClient

from chassis import migrations
from chassis.documents import from_document
from pairing.app import SERVICE, create_app
from pairing.matching.model import MatchRun, Reason
from pairing.matching.sheets import Sheet
from pairing.migrations import explanations_on_sheets, thresholds_told_again, waits_of_the_clock
from pairing.pairings.model import Pairing
from pairing.programmes import commands as programmes
from support.house import House
from support.paired import pair_up
from support.small_cohort import AUTUMN, small_cohort

NOW = datetime(2026, 11, 1, tzinfo=UTC)
BEFORE = {"programme_id": "autumn", "run_id": "r", "model": "structured", "format": "online", "proposed_at": NOW, "respond_by": NOW}
UNANSWERED = {"mentor_accepted_at": None, "mentee_accepted_at": None, "ended_at": None, "declined_by": "", "version": 2}
VALIDATOR = {"$jsonSchema": {"bsonType": "object", "required": ["_id", "mentor_id", "mentee_id", "model"]}}
ANSWERS = {
    "a": {"state": "active", "mentor_accepted_at": NOW, "mentee_accepted_at": NOW},
    "b": {"state": "proposed", "mentee_accepted_at": NOW},
    "d": {"state": "proposed"},
    "c": {"state": "declined", "declined_by": "mentor", "ended_at": NOW},
}


def test_pairings_of_two_become_pairings_of_several(settings):
    with MongoClient(settings.mongo_url, tz_aware=True) as client:
        database = client[settings.database_name("pairing")]
        pairings = database.create_collection("pairings", validator=VALIDATOR)
        pairings.create_index(
            ["programme_id", "mentee_id"], unique=True, partialFilterExpression={"state": {"$in": ["proposed", "active"]}}
        )
        pairings.insert_many(
            {**BEFORE, **UNANSWERED, "_id": id, "mentor_id": f"m{id}", "mentee_id": f"e{id}", **more} for id, more in ANSWERS.items()
        )
        assert migrations.migrate(SERVICE, database, settings) == len(SERVICE.migrations)
        SERVICE.migrations[0](database)
        read = [from_document(Pairing, document) for document in pairings.find(sort=[("_id", 1)])]
        assert [(each.state, each.mentor_ids, each.mentee_ids, each.models) for each in read] == [
            ("accepted", ("ma",), ("ea",), ("structured",)),
            ("proposed", ("mb",), ("eb",), ("structured",)),
            ("declined", ("mc",), ("ec",), ("structured",)),
            ("proposed", ("md",), ("ed",), ("structured",)),
        ]
        assert [each.accepted for each in read] == [{"ma": NOW, "ea": NOW}, {"eb": NOW}, {}, {}]
        assert [each.declined for each in read] == [{}, {}, {"mc": NOW}, {}]
        assert pairings.count_documents({"mentor_id": {"$exists": True}}) == 0
        assert "programme_id_1_mentee_ids_1" in pairings.index_information()


def test_runs_that_held_their_explanations_lay_them_on_sheets(settings):
    pair = {
        "mentor_id": "m",
        "parts": {"interests": 50.0},
        "reasons": [],
        "alternatives": [{"mentor_id": "o", "score": 1.0, "taken": True}],
    }
    run = {
        "_id": "run", "programme_id": "autumn", "number": 1, "objective": "best_total", "weights": {}, "seed": 1, "made_at": NOW,
        "figures": {"pairs": 101, "mentees": 102, "mean_fit": 50.0, "worst_off": 50.0, "country_gap": 0.0}, "state": "proposed",
        "proposals": [{**pair, "mentee_id": f"e{n:03}", "score": 150.0 - n} for n in range(101)],
        "unmatched": [{"mentee_id": "left", "reasons": [{"code": "blocked", "words": ["vetting"], "count": 2, "windows": []}]}],
        "published_at": None, "version": 1,
    }  # fmt: skip
    with MongoClient(settings.mongo_url, tz_aware=True) as client:
        database = client[settings.database_name("pairing")]
        database["match_runs"].insert_one(run)
        migrations.migrate(SERVICE, database, settings)
        explanations_on_sheets(database)
        read = from_document(MatchRun, database["match_runs"].find_one())
        assert (read.figures.pairs, read.placed) == (101, 101)
        sheets = [from_document(Sheet, document) for document in database["match_sheets"].find(sort=[("kind", 1), ("number", 1)])]
        assert [(sheet.kind, sheet.number, len(sheet.entries)) for sheet in sheets] == [
            ("mentees", 1, 1),
            ("pairs", 1, 100),
            ("pairs", 2, 1),
        ]
        assert sheets[1].pairs[0].mentee_id == "e100", "the weakest fit first"
        assert sheets[0].mentees[0].reasons == (Reason("blocked", ("vetting",), 2),)


def test_the_clock_waits_for_what_runs_already(settings):
    programme = {
        "name": "Autumn", "starts_on": "2026-09-01", "ends_on": "2027-05-31", "languages": ["nl"],
        "time_zone": "Europe/Amsterdam", "version": 1,
    }  # fmt: skip
    answered = {"mentor_accepted_at": NOW, "mentee_accepted_at": NOW, "ended_at": None, "declined_by": "", "version": 2}
    with MongoClient(settings.mongo_url, tz_aware=True) as client:
        database = client[settings.database_name("pairing")]
        database["programmes"].insert_one({"_id": "autumn", **programme})
        database["match_runs"].insert_one({"_id": "run", "programme_id": "autumn", "state": "published", "proposals": [], "unmatched": []})
        database["pairings"].insert_many(
            {**BEFORE, **answered, "_id": state, "mentor_id": "m", "mentee_id": f"e{state}", "state": state}
            for state in ("active", "lapsed")
        )
        database["jobs"].insert_one({"_id": "remind-of-retention:autumn", "job": "remind-of-retention", "due": NOW})
        migrations.migrate(SERVICE, database, settings)
        waits_of_the_clock(database)
        planned = {each["_id"]: each for each in database["jobs"].find()}
        assert planned.keys() == {"watch-pairing:active", "end-programme:autumn", "remind-of-retention:autumn"}
        assert planned["watch-pairing:active"]["payload"] == {"pairing_id": "active"}
        assert planned["end-programme:autumn"]["due"] == datetime(2027, 5, 31, 22, tzinfo=UTC)
        assert planned["remind-of-retention:autumn"]["due"] == NOW, "what is planned already stays"
        assert {each["job"] for each in planned.values()} <= SERVICE.jobs.keys()


def test_a_lapse_before_the_upgrade_pauses_the_pairing_after_it(settings):
    house = House(SERVICE, create_app, settings)
    paired = pair_up(small_cohort(house))
    paired.change(paired.cohort.femke, vetting={"type": "vog", "issued": "2024-01-01", "expires": "2026-01-01"})
    house.database["jobs"].delete_many({})
    waits_of_the_clock(house.database)
    while house.tick():
        pass
    assert (paired.state, paired.document["paused_for"]) == ("paused", ["vetting"])
    house.close()


def test_programmes_that_decided_on_another_threshold_say_so_once_more(settings):
    house = House(SERVICE, create_app, settings)
    usual, stricter = (house.do(programmes.create, **{**AUTUMN, "threshold": number}) for number in (5, 8))
    version = house.database["programmes"].find_one({"_id": stricter.id})["version"]
    house.database["outbox"].delete_many({})
    for _ in range(2):
        thresholds_told_again(house.database)
    while house.clock.step():
        pass
    assert [(event.programme_id, event.threshold) for event in house.said()] == [(stricter.id, 8)]
    assert house.database["outbox"].find_one()["version"] == version + 1, "the copies that others keep are older"
    assert usual.id not in str(house.said())
    house.close()
