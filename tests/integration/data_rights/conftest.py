"""A world of all four services with one story in it, made anew for every file: these tests change it for good."""

import uuid

import pytest

from chassis.config import Settings
from support.recorded import recorded
from support.world import World
from support.world_story import tell


@pytest.fixture(scope="module")
def world(backend, keys_directory, secret_file):
    where = {"mongo_url": backend.mongo_url, "kafka_bootstrap": backend.bootstrap}
    settings = Settings(instance=f"t{uuid.uuid4().hex[:8]}", keys_dir=keys_directory, secret_file=secret_file, rate_limits=False, **where)
    made = World(settings)
    yield made
    made.close()


@pytest.fixture(scope="module")
def lines(world):
    """Everything that is logged from the beginning."""
    with recorded() as text:
        yield text


@pytest.fixture(scope="module")
def story(world, lines):
    return tell(world)
