"""Tests of pairing share one instance, emptied after each."""

import pytest


@pytest.fixture
def instance(emptied_instance: str) -> str:
    """The shared instance."""
    return emptied_instance
