"""Documents that earlier versions wrote read as today's after the migrations."""

from datetime import UTC, datetime

from pymongo import MongoClient

from chassis import migrations
from chassis.documents import from_document
from pairing.app import SERVICE
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
