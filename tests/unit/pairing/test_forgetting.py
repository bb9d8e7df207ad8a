"""What models let go of when somebody is erased, and what they keep."""

from datetime import UTC, datetime

from chassis.striking import striking
from pairing.agreements.model import Agreement, Signature, Version
from pairing.match_setups.model import Exclusion, Lock, MatchSetup
from pairing.matching.model import Alternative, Idle, Proposal, Reason, Unmatched
from pairing.matching.sheets import Sheet

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
STRIKE = striking("Yara")


def proposal(mentor_id, mentee_id):
    why = (Alternative("m9", 50.0, taken=False),)
    return Proposal(mentor_id, mentee_id, 80.0, parts={"place": 80.0}, reasons=(Reason("in_person", ("Sneek",)),), alternatives=why)


def test_a_sheet_loses_what_it_says_of_her_and_keeps_who_was_proposed_to_whom():
    hers, other = proposal("femke", "yara"), proposal("femke", "noor")
    pairs = Sheet("s", "r", "pairs", 1, pairs=(hers, other))
    assert pairs.forget("yara") == 1
    assert pairs.pairs == (Proposal("femke", "yara", 80.0), other)
    mentees = Sheet("s", "r", "mentees", 1, mentees=(Unmatched("yara", (Reason("blocked", ("place",), 2),)), Unmatched("noor")))
    assert mentees.forget("yara") == 1
    assert mentees.mentees == (Unmatched("yara"), Unmatched("noor"))
    mentors = Sheet("s", "r", "mentors", 1, mentors=(Idle("femke", (Reason("blocked", ("place",), 2),)),))
    assert (mentors.forget("yara"), mentors.forget("femke")) == (0, 1)
    assert mentors.mentors == (Idle("femke"),)


def agreement():
    signed = (Signature("femke", "femke", NOW, "en"),)
    first = Version(1, 1, "yara", NOW, {"place": "my attic", "often": "weekly"}, signed)
    second = Version(2, 1, "noor", NOW, {"place": "my attic", "often": "weekly", "times": "when Yara can"})
    third = Version(3, 1, "yara", NOW, {"place": "my attic", "often": "monthly", "times": "when Yara can"})
    return Agreement("p", "a", (first, second, third))


def test_in_a_group_what_she_wrote_goes_from_all_versions_and_what_others_wrote_stays_without_her_name():
    kept = agreement()
    kept.forget("yara", STRIKE)
    assert [version.answers for version in kept.versions] == [{}, {"times": "when … can"}, {"times": "when … can"}]
    assert kept.versions[0].signatures == agreement().versions[0].signatures


def test_a_setup_drops_what_names_her_and_strikes_her_from_other_reasons():
    locks = (Lock("femke", "yara", "marit", NOW), Lock("femke", "noor", "marit", NOW))
    exclusions = tuple(Exclusion("jildou", mentee, f"{mentee} quarrelled with Yara", "marit", NOW) for mentee in ("yara", "noor"))
    setup = MatchSetup("p", locks, exclusions)
    assert setup.forget("yara", STRIKE) == 2
    assert [lock.mentee_id for lock in setup.locks] == ["noor"]
    assert [each.reason for each in setup.exclusions] == ["noor quarrelled with …"]
