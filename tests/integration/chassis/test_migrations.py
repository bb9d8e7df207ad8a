"""Migrations: safe to repeat, one process at a time, and the database ends as the code declares it."""

import threading
from dataclasses import dataclass

import pytest
from pymongo.errors import WriteError

from chassis import migrations
from chassis.repository import Collection, Index
from chassis.service import Service
from support.stage import Pair


@dataclass
class Strict:
    """An aggregate with a field that it cannot be without."""

    id: str
    name: str
    version: int = 0


def service(*indexes, migrations=()):
    return Service(name="pairing", collections=(Collection("pairs", Pair, indexes),), migrations=migrations)


def indexes(database):
    return set(database["pairs"].index_information())


def test_indexes_follow_what_is_declared(settings, database):
    pairing = database("pairing")
    migrations.migrate(service(Index("state"), Index("version", unique=True)), pairing, settings)
    assert indexes(pairing) == {"_id_", "state_1", "version_1"}
    migrations.migrate(service(Index("state")), pairing, settings)
    assert indexes(pairing) == {"_id_", "state_1"}


def test_each_migration_runs_once_although_many_processes_start(settings, database):
    ran = []
    declared = service(migrations=(lambda _: ran.append("first"), lambda _: ran.append("second")))
    assert not migrations.at_head(declared, database("pairing"))
    starts = [threading.Thread(target=migrations.migrate, args=(declared, database("pairing"), settings)) for _ in range(5)]
    for start in starts:
        start.start()
    for start in starts:
        start.join()
    assert ran == ["first", "second"]
    assert migrations.at_head(declared, database("pairing"))
    later = service(migrations=(*declared.migrations, lambda _: ran.append("third")))
    assert not migrations.at_head(later, database("pairing"))
    assert migrations.migrate(later, database("pairing"), settings) == 1
    assert ran == ["first", "second", "third"]


def test_a_document_that_lacks_a_field_is_refused_by_the_database(settings, database):
    declared = Service(name="pairing", collections=(Collection("strict", Strict),))
    migrations.migrate(declared, database("pairing"), settings)
    with pytest.raises(WriteError, match="validation"):
        database("pairing")["strict"].insert_one({"_id": "a"})
