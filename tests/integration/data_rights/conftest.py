"""Worlds of all four services for tests that change them for good."""

import uuid
from collections.abc import Iterator

import pytest

from chassis.config import Settings
from support.farewell import Farewell, live
from support.whole_life import WholeLife, live_wholly
from support.world import World


@pytest.fixture
def world(backend, keys_directory, secret_file) -> Iterator[World]:
    where = {"mongo_url": backend.mongo_url, "kafka_bootstrap": backend.bootstrap}
    settings = Settings(instance=f"t{uuid.uuid4().hex[:8]}", keys_dir=keys_directory, secret_file=secret_file, rate_limits=False, **where)
    made = World(settings)
    yield made
    made.close()


@pytest.fixture
def farewell(world) -> Farewell:
    return live(world)


@pytest.fixture
def pairing(world):
    return world.houses["pairing"]


@pytest.fixture
def whole_life(world) -> WholeLife:
    return live_wholly(world)
