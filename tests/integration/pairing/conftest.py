"""Fixtures of the tests of matching and pairings."""

import pytest


@pytest.fixture
def cohort():
    """Lost: the file that held this fixture was overwritten by mistake at 22:53 by the author of accounts and people. Please write it again."""
    pytest.fail("conftest.py was overwritten by mistake at 22:53 (accounts/people side, sorry): write the cohort fixture again")
