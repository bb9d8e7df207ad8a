"""An agreement: every change is a new version without signatures; the latest is signed by everybody, once, and told when all have."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from chassis.errors import DomainError, Forbidden, Refused
from contracts.pairing import AgreementOffered, AgreementSigned
from pairing.agreements.model import Agreement, Signature

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
PLACES = {"femke": "femke", "yara": "yara", "guardian:yara": "sanne"}
IDS = {"pairing_id": "p", "programme_id": "autumn"}


def written(answers=("weekly",)) -> Agreement:
    agreement = Agreement(id="p", programme_id="autumn")
    for answer in answers:
        agreement.write({"often": answer}, 1, "femke", NOW)
    return agreement


def test_what_is_written_is_a_version_that_nobody_signed():
    agreement = written()
    assert (agreement.number, agreement.latest.number, agreement.latest.signatures) == (1, 1, ())


def test_the_same_answers_again_change_nothing_not_even_signatures():
    agreement = written()
    agreement.sign(1, "femke", "nl", PLACES, NOW)
    agreement.write({"often": "weekly"}, 1, "yara", LATER)
    assert agreement.number == 1 and agreement.latest.signed_in("femke")


def test_a_change_is_a_new_version_and_signatures_stay_with_the_old_one():
    agreement = written()
    agreement.sign(1, "femke", "nl", PLACES, NOW)
    agreement.write({"often": "monthly"}, 1, "yara", LATER)
    assert (agreement.number, agreement.latest.written_by, agreement.latest.signatures) == (2, "yara", ())
    assert agreement.versions[0].signatures == (Signature("femke", "femke", NOW, "nl"),)


def test_other_words_of_the_template_are_a_new_version_too():
    agreement = written()
    agreement.write({"often": "weekly"}, 2, "femke", LATER)
    assert [version.template for version in agreement.versions] == [1, 2]


def test_the_first_signature_asks_the_others_and_the_last_tells_everybody():
    agreement = written()
    assert agreement.sign(1, "yara", "nl", PLACES, NOW) == AgreementOffered(**IDS, number=1, signed_by="yara", asked=("femke", "sanne"))
    assert agreement.sign(1, "sanne", "nl", PLACES, NOW) is None
    assert agreement.sign(1, "femke", "en", PLACES, LATER) == AgreementSigned(**IDS, number=1, signed_by=("yara", "sanne", "femke"))


def test_signing_again_changes_nothing_and_tells_nothing():
    agreement = written()
    agreement.sign(1, "yara", "nl", PLACES, NOW)
    before = agreement.versions
    assert agreement.sign(1, "yara", "en", PLACES, LATER) is None
    assert agreement.versions == before


def test_a_guardian_of_two_signs_for_both_at_once():
    agreement, places = written(), {"femke": "femke", "guardian:yara": "sanne", "guardian:lotte": "sanne"}
    agreement.sign(1, "sanne", "nl", places, NOW)
    assert agreement.latest.lacks(places) == ["femke"]


def test_a_guardian_without_an_account_is_not_asked_and_still_lacks():
    agreement, places = written(), {"femke": "femke", "yara": "yara", "guardian:yara": ""}
    assert agreement.sign(1, "femke", "nl", places, NOW).asked == ("yara",)
    assert agreement.sign(1, "yara", "nl", places, NOW) is None
    assert agreement.latest.lacks(places) == ["guardian:yara"]


@pytest.mark.parametrize("by", ["jildou", ""])
def test_nobody_else_signs_and_nothing_changes(by):
    agreement = written()
    before = agreement.versions
    with pytest.raises(Forbidden) as refused:
        agreement.sign(1, by, "nl", {**PLACES} if by else {"femke": "femke"}, NOW)
    assert (refused.value.code, agreement.versions) == ("not-your-agreement", before)


@pytest.mark.parametrize("number", [0, 1, 3])
def test_only_the_latest_version_is_signed(number):
    agreement = written(("weekly", "monthly"))
    before = agreement.versions
    with pytest.raises(Refused) as refused:
        agreement.sign(number, "femke", "nl", PLACES, NOW)
    assert (refused.value.code, agreement.versions) == ("agreement-changed", before)


def test_where_nothing_is_written_nothing_is_signed():
    with pytest.raises(Refused):
        Agreement(id="p", programme_id="autumn").sign(1, "femke", "nl", PLACES, NOW)


class AnyOrder(RuleBasedStateMachine):
    """Whatever is written and signed in any order: old versions never change, and all signatures are under the version that was read."""

    def __init__(self) -> None:
        super().__init__()
        self.agreement, self.earlier, self.told = Agreement(id="p", programme_id="autumn"), (), []

    @rule(answer=st.sampled_from(["weekly", "monthly"]), by=st.sampled_from(["femke", "yara"]))
    def write(self, answer, by):
        self.earlier = self.agreement.versions
        self.agreement.write({"often": answer}, 1, by, NOW)
        assert self.agreement.versions[: len(self.earlier)] == self.earlier

    @rule(number=st.integers(0, 4), by=st.sampled_from(["femke", "yara", "sanne", "jildou"]))
    def sign(self, number, by):
        before = self.agreement.versions
        try:
            said = self.agreement.sign(number, by, "nl", PLACES, NOW)
            self.told += [said] if isinstance(said, AgreementSigned) else []
        except DomainError:
            assert self.agreement.versions == before
        assert self.agreement.versions[:-1] == before[:-1]

    @invariant()
    def a_version_is_told_as_signed_once_and_only_when_it_is(self):
        complete = [version.number for version in self.agreement.versions if not version.lacks(PLACES)]
        assert [event.number for event in self.told] == complete


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(max_examples=60, stateful_step_count=15, deadline=None)
