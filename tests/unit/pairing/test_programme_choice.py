"""Which of several programmes a page is about when none was asked for."""

from datetime import date

import pytest

from chassis.errors import NotFound
from pairing.programmes.choice import chosen_programme
from pairing.programmes.model import Programme


def programme(id, state):
    return Programme(id, id, date(2026, 9, 1), date(2027, 2, 1), ("nl",), "Europe/Amsterdam", state=state)


@pytest.mark.parametrize(
    ("states", "chosen"), [([], None), (["running", "closed"], 0), (["closed", "closing", "running"], 1), (["closed", "closed"], 0)]
)
def test_it_is_the_first_that_is_not_closed(states, chosen):
    programmes = [programme(str(number), state) for number, state in enumerate(states)]
    assert chosen_programme(programmes, None) == (None if chosen is None else programmes[chosen])


def test_a_closed_one_is_found_when_it_is_asked_for_and_another_s_is_not():
    programmes = [programme("one", "running"), programme("other", "closed")]
    assert chosen_programme(programmes, "other").id == "other"
    with pytest.raises(NotFound):
        chosen_programme(programmes, "foreign")
