"""Matching keeps its bounds: `pytest tests/benchmarks -m bench`, some minutes; `make bench` measures the same and keeps the figures."""

import pytest

from benchmarks import matching
from pairing.matching.model import OBJECTIVES
from support.many_people import many_people

pytestmark = [pytest.mark.bench, pytest.mark.timeout(900)]


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_scoring_and_solving_take_a_small_multiple_of_the_bare_assignment(objective):
    ratio, ours, bare = matching.dense_ratio(many_people(*matching.NATIONAL, seed=2), objective)
    print(f"\n{objective}: {ratio:.2f} × ({ours} s, bare {bare} s)")
    assert ratio <= matching.BOUNDS[objective]


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_a_national_programme_fits_into_little_memory(objective):
    found = matching.alone(objective, *matching.NATIONAL)
    print(f"\n{objective}: {found}")
    assert found["gigabytes"] < 1.2


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_a_european_programme_is_matched_within_minutes(objective):
    found = matching.alone(objective, *matching.EUROPEAN)
    print(f"\n{objective}: {found}")
    assert found["seconds"] < 600
    assert found["gigabytes"] < 6
