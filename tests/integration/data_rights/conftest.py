"""Worlds of all four services for tests that change them for good."""

from collections.abc import Iterator

import pytest

from support.farewell import Farewell, live
from support.whole_life import WholeLife, live_wholly
from support.world import World


@pytest.fixture
def instance(emptied_instance):
    """One instance for all tests of this folder, emptied after each."""
    return emptied_instance


@pytest.fixture
def world(settings) -> Iterator[World]:
    made = World(settings)
    yield made
    made.database_client.close()


@pytest.fixture
def farewell(world) -> Farewell:
    return live(world)


@pytest.fixture
def pairing(world):
    return world.houses["pairing"]


@pytest.fixture
def whole_life(world) -> WholeLife:
    return live_wholly(world)
