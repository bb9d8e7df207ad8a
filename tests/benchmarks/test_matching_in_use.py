"""Matching of very many people in the application keeps its bounds; `make bench` measures the same and keeps the figures."""

import math

import pytest

from benchmarks import in_use
from benchmarks.matching import EUROPEAN, NATIONAL
from pairing.matching.trying import MOST_TO_TRY

pytestmark = [pytest.mark.bench, pytest.mark.timeout(3_000)]


def test_a_cohort_is_matched_within_the_request(settings):
    figure = in_use.request(settings)
    assert figure.kept, figure


def test_other_weights_are_tried_while_a_page_waits(settings):
    assert math.prod(in_use.LARGEST_TRIED) == MOST_TO_TRY
    figure = in_use.trial(settings)
    assert figure.kept, figure


@pytest.mark.parametrize("size", [NATIONAL, EUROPEAN])
def test_very_many_people_are_matched_and_told_in_the_application(settings, size):
    for figure in in_use.steps(settings, *size):
        print(f"\n{figure.row()}")
        assert figure.kept
