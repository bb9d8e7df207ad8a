"""The bare limit of a command: a Flask view with one MongoDB transaction that reads a document, replaces it and inserts an event."""

import json
import os
import uuid
from datetime import UTC, datetime
from typing import Any

from bson.binary import Binary
from flask import Flask, jsonify, request
from pymongo import MongoClient
from pymongo.read_concern import ReadConcern
from pymongo.write_concern import WriteConcern


def create_app() -> Flask:
    """The bare application, on a database of its own with the same indexes on its outbox."""
    app = Flask("bare")
    client: MongoClient[dict[str, Any]] = MongoClient(os.environ["MONGO_URL"], w="majority")
    database = client[os.environ["BARE_DATABASE"]]
    waiting = {"published_at": None}
    database["outbox"].create_index([("at", 1), ("version", 1), ("seq", 1)], partialFilterExpression=waiting)
    database["outbox"].create_index("expires_from")
    database["programmes"].create_index("name")

    @app.patch("/<programme_id>")
    def change(programme_id: str) -> Any:
        name = request.get_json()["name"]
        if database["programmes"].find_one({"_id": programme_id}) is None:
            database["programmes"].insert_one({"_id": programme_id, "version": 1, "languages": ["en"], "weights": {}, "changed": None})

        def work(session: Any) -> dict[str, Any]:
            found = database["programmes"].find_one({"_id": programme_id}, session=session)
            assert found is not None
            found |= {"name": name, "version": found["version"] + 1, "changed": datetime.now(UTC)}
            database["programmes"].replace_one({"_id": programme_id}, found, session=session)
            value = Binary(json.dumps({"id": programme_id, "name": name, "padding": "x" * 500}).encode())
            entry = {
                "_id": str(uuid.uuid4()),
                "topic": "bare",
                "key": programme_id,
                "value": value,
                "at": datetime.now(UTC),
                "published_at": None,
            }
            database["outbox"].insert_one(
                entry | {"version": found["version"], "seq": 0, "expires_from": datetime.now(UTC)}, session=session
            )
            return found

        with client.start_session() as session:
            found = session.with_transaction(work, read_concern=ReadConcern("snapshot"), write_concern=WriteConcern("majority"))
        return jsonify(id=found["_id"], name=found["name"], version=found["version"])

    return app
