"""Fixtures of the chassis tests."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from chassis.config import Settings
from support.stage import Stage


@pytest.fixture
def stage(settings: Settings) -> Iterator[Stage]:
    """A speaking and a listening service on a fresh instance."""
    made = Stage(settings)
    yield made
    made.close()


@pytest.fixture
def moment() -> datetime:
    """A fixed moment, for what depends on clocks."""
    return datetime(2026, 11, 21, 12, tzinfo=UTC)
