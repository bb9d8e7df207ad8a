"""Documents that earlier versions wrote read as today's after the migrations."""

from datetime import UTC, datetime

from pymongo import MongoClient

from chassis import migrations
from chassis.documents import from_document
from pairing.app import SERVICE
from pairing.matching.model import MatchRun, Reason
from pairing.matching.sheets import Sheet
from pairing.migrations import explanations_on_sheets
from pairing.pairings.model import Pairing

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
        assert (len(read.proposals), read.proposals[0].mentee_id, read.unmatched) == (101, "e000", ("left",))
        sheets = [from_document(Sheet, document) for document in database["match_sheets"].find(sort=[("kind", 1), ("number", 1)])]
        assert [(sheet.kind, sheet.number, len(sheet.entries)) for sheet in sheets] == [
            ("mentees", 1, 1),
            ("pairs", 1, 100),
            ("pairs", 2, 1),
        ]
        assert sheets[1].pairs[0].mentee_id == "e100", "the weakest fit first"
        assert sheets[0].mentees[0].reasons == (Reason("blocked", ("vetting",), 2),)
