"""A pairing: both say yes in time, or it ends; nothing else can happen, and nothing happens twice."""

from datetime import UTC, datetime, timedelta

import pytest

from chassis.errors import Forbidden, Refused
from contracts.pairing import PairingAccepted, PairingDeclined, PairingLapsed, PairingProposed
from pairing.pairings.model import ACCEPTED, DECLINED, LAPSED, PROPOSED, Pairing

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
WEEK = timedelta(days=7)
LATE = NOW + WEEK
IDS = {"pairing_id": "p", "programme_id": "autumn", "mentor_id": "femke", "mentee_id": "yara"}


def proposed() -> Pairing:
    return Pairing(
        id="p", programme_id="autumn", run_id="r", mentor_ids=("femke",), mentee_ids=("yara",), models=("structured",), format="online",
        proposed_at=NOW, respond_by=LATE,
    )  # fmt: skip


def test_a_proposal_tells_until_when_it_can_be_answered():
    assert proposed().proposed() == PairingProposed(respond_by=LATE, **IDS)


@pytest.mark.parametrize("order", [("femke", "yara"), ("yara", "femke")])
def test_it_is_accepted_when_both_said_yes(order):
    pairing = proposed()
    assert pairing.accept(order[0], NOW) is None
    assert pairing.state == PROPOSED
    assert pairing.accept(order[1], NOW) == PairingAccepted(model="structured", models=("structured",), format="online", **IDS)
    assert pairing.state == ACCEPTED


def test_saying_yes_again_changes_nothing_not_even_afterwards():
    pairing = proposed()
    pairing.accept("femke", NOW)
    assert pairing.accept("femke", NOW + timedelta(days=1)) is None
    assert pairing.accepted == {"femke": NOW}
    pairing.accept("yara", NOW)
    assert pairing.accept("yara", LATE + WEEK) is None
    assert pairing.accept("femke", LATE + WEEK) is None


def test_one_no_ends_it_also_after_an_own_yes():
    pairing = proposed()
    pairing.accept("yara", NOW)
    assert pairing.decline("yara", NOW) == PairingDeclined(declined_by="mentee", **IDS)
    assert (pairing.state, pairing.ended_at) == (DECLINED, NOW)
    assert pairing.decline("yara", NOW) is None
    with pytest.raises(Refused) as refused:
        pairing.accept("femke", NOW)
    assert refused.value.code == "pairing-not-open"


@pytest.mark.parametrize("answer", [Pairing.accept, Pairing.decline])
def test_nobody_else_can_answer(answer):
    pairing = proposed()
    with pytest.raises(Forbidden) as refused:
        answer(pairing, "somebody", NOW)
    assert refused.value.code == "not-your-pairing"
    assert pairing == proposed()


@pytest.mark.parametrize("answer", [Pairing.accept, Pairing.decline])
def test_the_last_moment_to_answer_is_before_the_deadline(answer):
    pairing = proposed()
    with pytest.raises(Refused) as refused:
        answer(pairing, "yara", LATE)
    assert refused.value.code == "pairing-too-late"
    assert pairing == proposed()
    answer(pairing, "yara", LATE - timedelta(milliseconds=1))
    assert pairing != proposed()


def test_it_lapses_when_the_time_is_over_and_not_before():
    pairing = proposed()
    pairing.accept("yara", NOW)
    assert pairing.lapse(LATE - timedelta(seconds=1)) is None
    assert pairing.lapse(LATE) == PairingLapsed(**IDS)
    assert (pairing.state, pairing.ended_at) == (LAPSED, LATE)
    assert pairing.lapse(LATE) is None


def test_an_accepted_pairing_does_not_lapse_and_cannot_be_declined():
    pairing = proposed()
    pairing.accept("yara", NOW)
    pairing.accept("femke", NOW)
    assert pairing.lapse(LATE) is None
    with pytest.raises(Refused):
        pairing.decline("yara", NOW)
    assert pairing.state == ACCEPTED
