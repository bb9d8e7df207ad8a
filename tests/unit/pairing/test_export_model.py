"""An export is ready when every part of every service is here, and incomplete, never stuck, when the deadline comes first."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.errors import Forbidden, Refused
from contracts.topics import SERVICES
from pairing.data_rights.model import ANSWER_WITHIN, KEPT_FOR, Export

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
ALL = [(service, part, parts) for service, parts in zip(SERVICES, (1, 3, 1, 2), strict=True) for part in range(1, parts + 1)]


def export(**fields):
    times = {"asked_at": NOW, "answer_by": NOW + ANSWER_WITHIN, "expires_at": NOW + KEPT_FOR}
    known = {"id": "e", "person_id": "p", "asked_by": "p", "reader_id": "p", "programme_ids": (), "locked_key": "k"}
    return Export(**{**known, **times, **fields})


@given(order=st.permutations(ALL), again=st.lists(st.sampled_from(ALL)))
def test_it_is_ready_with_the_last_part_in_any_order_and_told_once(order, again):
    made = export()
    told = [made.hear(*part) for part in (*order[:-1], *(part for part in again if part != order[-1]))]
    assert not any(told) and made.state == "collecting"
    assert made.hear(*order[-1]) is True and made.state == "ready"
    assert not any(made.hear(*part) for part in (*again, *order))


def test_the_deadline_makes_it_incomplete_once_and_not_before():
    made = export()
    for part in ALL[:-1]:
        made.hear(*part)
    assert made.close(NOW + ANSWER_WITHIN - timedelta(seconds=1)) is False
    assert made.close(NOW + ANSWER_WITHIN) is True
    assert (made.state, made.lacking(), made.progress()["notifications"]) == ("incomplete", ["notifications"], "late")
    assert made.close(NOW + 2 * ANSWER_WITHIN) is False


def test_what_comes_late_makes_it_whole():
    made = export()
    made.close(NOW + ANSWER_WITHIN)
    assert [made.hear(*part) for part in ALL][-1] is True
    assert (made.state, made.close(NOW + 2 * ANSWER_WITHIN)) == ("ready", False)


@pytest.mark.parametrize("part", [(0, 1), (2, 1), (-1, 3)])
def test_a_part_that_cannot_be_is_refused_and_changes_nothing(part):
    made = export()
    with pytest.raises(ValueError, match="part"):
        made.hear("sessions", *part)
    assert made == export()


def test_only_its_reader_can_have_it_only_when_it_is_there_and_only_for_a_week():
    made = export()
    with pytest.raises(Refused, match="still being gathered"):
        made.require_readable("p", NOW)
    for part in ALL:
        made.hear(*part)
    made.require_readable("p", NOW)
    with pytest.raises(Forbidden):
        made.require_readable("somebody else", NOW)
    with pytest.raises(Refused, match="deleted"):
        made.require_readable("p", NOW + KEPT_FOR)


def test_the_words_are_for_the_person_and_not_for_a_guardian():
    assert export().requested("k").with_words is True
    assert export(asked_by="g", reader_id="g").requested("k").with_words is False
    assert export(asked_by="coordinator").requested("k").with_words is True
