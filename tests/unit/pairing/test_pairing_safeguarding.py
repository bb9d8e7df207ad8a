"""The gate: each rule refuses with its code and remedy; adults need less."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from chassis.errors import Refused
from pairing.matching import rule_words
from pairing.pairings.chooser import choose_format, choose_model
from pairing.pairings.model import Pairing
from pairing.pairings.safeguarding import RULES, Terms, between, breaches, check, lapses_on
from pairing.people.model import Guardian, Person, Vetting

DAY, ENDS_ON = date(2026, 11, 21), date(2027, 6, 30)
TERMS = Terms(DAY, ENDS_ON)
COMMON = {"given_name": "A", "family_name": "B", "language": "nl", "time_zone": "Europe/Amsterdam"}
MENTOR = Person(
    id="femke",
    email="f@example.org",
    roles=("mentor",),
    vetting=Vetting("vog", date(2026, 1, 1), ENDS_ON),
    data_protection_training=DAY,
    **COMMON,
)
MENTEE = Person(
    id="yara", email="y@example.org", roles=("mentee",), birth_date=date(2010, 5, 1),
    guardian=Guardian("G", "g@example.org", date(2026, 11, 1)), **COMMON,
)  # fmt: skip
ADULT = replace(MENTEE, birth_date=date(2008, 11, 21), guardian=None)


def test_with_all_papers_nothing_is_refused():
    check(MENTOR, MENTEE, TERMS)


@pytest.mark.parametrize(
    ("code", "mentor", "mentee"),
    [
        ("safeguarding-vetting", replace(MENTOR, vetting=None), MENTEE),
        ("safeguarding-vetting", replace(MENTOR, vetting=Vetting("vog", date(2024, 1, 1), date(2027, 6, 29))), MENTEE),
        ("safeguarding-training", replace(MENTOR, data_protection_training=None), MENTEE),
        ("safeguarding-training", replace(MENTOR, data_protection_training=date(2026, 11, 22)), MENTEE),
        ("safeguarding-training", replace(MENTOR, data_protection_training=None), ADULT),
        ("safeguarding-consent", replace(MENTOR, consent_withdrawn=DAY), MENTEE),
        ("safeguarding-consent", MENTOR, replace(MENTEE, consent_withdrawn=DAY)),
        ("safeguarding-consent", MENTOR, replace(ADULT, consent_withdrawn=DAY)),
        ("safeguarding-guardian-permission", MENTOR, replace(MENTEE, guardian=None)),
        ("safeguarding-guardian-permission", MENTOR, replace(MENTEE, guardian=Guardian("G", "g@example.org", None))),
        ("safeguarding-guardian-permission", MENTOR, replace(MENTEE, birth_date=None, guardian=None)),
        ("safeguarding-guardian-permission", MENTOR, replace(ADULT, birth_date=date(2008, 11, 22))),
    ],
)
def test_a_missing_paper_refuses_and_says_what_to_do(code, mentor, mentee):
    with pytest.raises(Refused) as refused:
        check(mentor, mentee, TERMS)
    assert refused.value.code == code
    assert "then try again" in str(refused.value)


@pytest.mark.parametrize("vetting", [None, Vetting("vog", date(2024, 1, 1), date(2027, 6, 29))])
def test_one_refusal_is_true_of_no_check_and_of_one_that_ends_too_early(vetting):
    with pytest.raises(Refused) as refused:
        check(replace(MENTOR, vetting=vetting), MENTEE, TERMS)
    assert "no background check of the mentor is on record that lasts" in str(refused.value)
    assert str(rule_words.refusal("vetting")) == str(refused.value)
    assert rule_words.RULES["vetting"].name == "no background check on record until the end of the programme"


def test_an_adult_needs_neither_a_vetted_mentor_nor_a_guardian():
    check(replace(MENTOR, vetting=None), ADULT, TERMS)


@pytest.mark.parametrize(
    ("needs", "offered", "allowed", "model"),
    [
        (("hands_on",), ("structured", "on_the_job"), (), "on_the_job"),
        (("structured",), ("structured", "on_the_job"), (), "structured"),
        (("flexible",), ("ad_hoc",), (), "ad_hoc"),
        (("group", "flexible"), ("ad_hoc", "collaborative"), (), "collaborative"),
        (("group",), ("ad_hoc",), (), "ad_hoc"),
        (("group",), (), (), "collaborative"),
        ((), (), (), "structured"),
        (("hands_on",), ("on_the_job",), ("ad_hoc", "collaborative"), "ad_hoc"),
    ],
)
def test_the_model_follows_the_needs_as_far_as_the_mentor_and_the_programme_go(needs, offered, allowed, model):
    assert choose_model(needs, offered, allowed) == model


@pytest.mark.parametrize(
    ("mentor", "mentee", "same_place", "format"),
    [
        ("online", "online", True, "online"),
        ("either", "online", True, "online"),
        ("either", "either", True, "either"),
        ("either", "either", False, "online"),
        ("in_person", "either", True, "in_person"),
        ("in_person", "either", False, ""),
        ("in_person", "online", True, ""),
    ],
)
def test_the_way_of_meeting_follows_from_both_and_the_place(mentor, mentee, same_place, format):
    assert choose_format(mentor, mentee, same_place=same_place) == format


@pytest.mark.parametrize(
    ("mentor", "mentee"),
    [
        ({"family": "Visser "}, {"family": "visser"}),
        ({"pupils": ("y@example.org",)}, {}),
        ({"not_with": ("y@example.org",)}, {}),
        ({}, {"not_with": ("f@example.org",)}),
    ],
)
def test_who_are_close_are_not_paired(mentor, mentee):
    assert [each.code for each in breaches(replace(MENTOR, **mentor), replace(MENTEE, **mentee), TERMS)] == ["conflict-of-interest"]


def test_another_family_or_none_is_no_conflict():
    for mentor, mentee in (("", ""), ("Visser", ""), ("Visser", "Bakker")):
        assert breaches(replace(MENTOR, family=mentor), replace(MENTEE, family=mentee), TERMS) == ()


def test_consent_withdrawn_by_either_side_stands_against_it():
    for mentor, mentee in ((replace(MENTOR, consent_withdrawn=DAY), MENTEE), (MENTOR, replace(MENTEE, consent_withdrawn=DAY))):
        assert [each.code for each in breaches(mentor, mentee, TERMS)] == ["consent"]


def test_a_check_that_was_not_passed_is_no_vetting():
    failed = replace(MENTOR, vetting=Vetting("vog", date(2026, 1, 1), ENDS_ON, "not_passed"))
    assert [each.code for each in breaches(failed, MENTEE, TERMS)] == ["vetting"]


@pytest.mark.parametrize(
    ("country", "mentor_born", "mentee_born", "found"),
    [
        ("NL", date(2008, 11, 21), date(2014, 11, 21), []),
        ("NL", date(2008, 11, 22), date(2014, 11, 21), ["age"]),
        ("NL", date(2008, 11, 21), date(2014, 11, 22), ["age"]),
        ("NL", None, date(2014, 11, 21), []),
        ("", date(2015, 1, 1), date(2020, 1, 1), []),
    ],
)
def test_ages_are_judged_to_the_day_by_the_country_s_pack_if_there_is_one(country, mentor_born, mentee_born, found):
    mentor, mentee = replace(MENTOR, birth_date=mentor_born), replace(MENTEE, birth_date=mentee_born)
    assert [each.code for each in breaches(mentor, mentee, Terms(DAY, ENDS_ON, country))] == found


def test_a_mentee_without_a_birth_date_is_not_judged_by_age():
    assert breaches(MENTOR, replace(MENTEE, birth_date=None), Terms(DAY, ENDS_ON, "NL")) == ()


def paired(**more):
    moment = datetime(2026, 11, 21, tzinfo=UTC)
    return Pairing(
        id="p", programme_id="autumn", run_id="r", mentor_ids=("femke",), mentee_ids=("yara",), models=("structured",), format="online",
        proposed_at=moment, respond_by=moment, **more,
    )  # fmt: skip


def test_every_breach_is_named_not_only_the_first():
    found = breaches(replace(MENTOR, vetting=None, data_protection_training=None), replace(MENTEE, guardian=None), TERMS)
    assert [breach.code for breach in found] == ["vetting", "training", "guardian-permission"]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_says_what_is_wrong_and_what_to_do(rule):
    assert rule.named
    for sentences in (rule.beforehand, rule.meanwhile):
        happened, *remedy = sentences.removesuffix(".").split(". ")
        assert happened and remedy


def test_what_lapses_first_is_known_and_what_has_lapsed_lapses_no_more():
    people = {"femke": MENTOR, "yara": MENTEE}
    assert lapses_on(paired(), people, DAY) == date(2027, 7, 1)
    assert lapses_on(paired(), people, date(2027, 7, 1)) is None
    assert lapses_on(paired(), {"yara": MENTEE}, DAY) is None


def test_who_left_stands_in_nobodys_way():
    assert between(paired(), {"femke": replace(MENTOR, vetting=None)}, TERMS) == ()
