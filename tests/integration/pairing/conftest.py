"""Tests of pairing share one instance, emptied after each: making its many collections and indexes anew takes a second every time."""

import uuid
from collections.abc import Iterator

import pytest
from pymongo import MongoClient

from backends.backend import Backend
from chassis.migrations import STATE


@pytest.fixture(scope="session")
def shared_instance(backend: Backend) -> Iterator[str]:
    """The name of an instance for all tests of this folder; its databases go at the end."""
    name = f"p{uuid.uuid4().hex[:8]}"
    yield name
    with MongoClient(backend.mongo_url) as client:
        for database in client.list_database_names():
            if database.startswith(f"{name}_"):
                client.drop_database(database)


@pytest.fixture
def instance(backend: Backend, shared_instance: str) -> Iterator[str]:
    """The shared instance; afterwards every collection of it is empty again but for the number of its last migration."""
    yield shared_instance
    backend.mend()
    with MongoClient(backend.mongo_url) as client:
        for name in client.list_database_names():
            if name.startswith(f"{shared_instance}_"):
                for collection in client[name].list_collection_names(filter={"type": "collection"}):
                    if collection != STATE:
                        client[name][collection].delete_many({})
