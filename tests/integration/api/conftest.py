"""One world for all tests of this folder; what they do to it is rehearsed or adds to it, and never changes what is there."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from backends.backend import Backend
from chassis.config import Settings
from support.recorded import recorded
from support.world import World
from support.world_story import Story, tell


@pytest.fixture(scope="session")
def world_settings(backend: Backend, keys_directory: Path, secret_file: Path) -> Settings:
    """Settings of the world's own instance."""
    where = {"mongo_url": backend.mongo_url, "kafka_bootstrap": backend.bootstrap}
    return Settings(instance=f"t{uuid.uuid4().hex[:8]}", keys_dir=keys_directory, secret_file=secret_file, rate_limits=False, **where)


@pytest.fixture(scope="session")
def world(world_settings: Settings) -> Iterator[World]:
    """The four services of that instance."""
    made = World(world_settings)
    yield made
    made.close()


@pytest.fixture(scope="session")
def telling(world: World) -> tuple[Story, str]:
    """What happened in it, and everything that was logged meanwhile."""
    with recorded() as lines:
        told = tell(world)
    return told, lines.getvalue()


@pytest.fixture(scope="session")
def story(telling: tuple[Story, str]) -> Story:
    """What happened in it."""
    return telling[0]
