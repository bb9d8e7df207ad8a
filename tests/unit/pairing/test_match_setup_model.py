"""Locks and exclusions of one programme: one lock for a mentee, no end of exclusions, and nothing left of who is forgotten."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from chassis.errors import NotFound, Refused
from pairing.match_setups.model import MOST_EXCLUSIONS, Exclusion, Lock, MatchSetup

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def lock(mentor="femke", mentee="yara"):
    return Lock(mentor, mentee, by="marit", at=NOW)


def exclusion(mentor="femke", mentee="yara", reason="They are neighbours."):
    return Exclusion(mentor, mentee, reason, by="marit", at=NOW)


def test_a_mentee_has_one_lock_and_the_newest_counts():
    setup = MatchSetup(id="autumn")
    setup.lock(lock())
    setup.lock(lock(mentor="jildou"))
    assert setup.locks == (lock(mentor="jildou"),)
    setup.unlock("yara")
    assert setup.locks == ()
    with pytest.raises(NotFound):
        setup.unlock("yara")


def test_the_same_lock_again_changes_nothing():
    setup = MatchSetup(id="autumn", locks=(lock(),))
    setup.lock(Lock("femke", "yara", by="somebody else", at=NOW, by_hand=True))
    assert setup.locks == (lock(),)


def test_an_exclusion_has_one_reason_the_newest():
    setup = MatchSetup(id="autumn")
    setup.exclude(exclusion())
    setup.exclude(exclusion(reason="They know each other."))
    assert [each.reason for each in setup.exclusions] == ["They know each other."]
    setup.allow("femke", "yara")
    with pytest.raises(NotFound):
        setup.allow("femke", "yara")


def test_exclusions_have_an_end():
    setup = MatchSetup(id="autumn", exclusions=tuple(exclusion(mentee=f"e{number}") for number in range(MOST_EXCLUSIONS)))
    before = setup.exclusions
    with pytest.raises(Refused) as refusal:
        setup.exclude(exclusion(mentee="one more"))
    assert refusal.value.code == "match-too-many-exclusions"
    assert setup.exclusions == before
    setup.exclude(exclusion(mentee="e0", reason="again"))
    assert len(setup.exclusions) == MOST_EXCLUSIONS


@pytest.mark.parametrize("who", ["femke", "yara"])
def test_nothing_is_left_of_somebody_who_is_forgotten(who):
    others = lock("jildou", "lotte"), exclusion("jildou", "noor", reason="Femke said so")
    setup = MatchSetup(id="autumn", locks=(lock(), others[0]), exclusions=(exclusion("femke", "yara"), others[1]))
    assert setup.forget(who, lambda reason: reason.replace("Femke", "…")) == 2
    assert (setup.locks, setup.exclusions) == ((others[0],), (replace(others[1], reason="… said so"),))
