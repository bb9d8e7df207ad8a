"""Consents are given to a text, withdrawn once, and by who is old enough; a guardian's link is answered once and in time."""

from datetime import UTC, date, datetime, timedelta

import pytest

from chassis.errors import Forbidden
from pairing.accounts.model import hashed
from pairing.consents.model import KINDS, SELF_CONSENT_AGE, Consent, old_enough
from pairing.consents.request import LASTS, GuardianRequest
from pairing.consents.texts import TEXTS, current, current_version
from pairing.people.model import Guardian, Person

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = NOW.date()


def consent():
    known = {"given_role": "person", "given_by": "id", "given_on": TODAY, "way": "form", "recorded_at": NOW}
    return Consent(id="c", person_id="id", kind="consent", text_version=1, language="nl", **known)


def request():
    known = {"asked_by": "id", "asked_at": NOW, "expires_at": NOW + LASTS, "token_hash": hashed("good")}
    return GuardianRequest(id="r", ward_id="id", programme_id="p", email="sanne@example.org", language="nl", **known)


def person(born, role="mentee"):
    return Person("id", "a@example.org", "A", "B", (role,), "nl", "UTC", birth_date=born, guardian=Guardian("S", "s@example.org"))


def test_what_is_withdrawn_says_so_once():
    given = consent()
    said = given.withdraw("guardian", "other", ("p",), NOW)
    assert (said.consent_id, said.person_id, said.kind, said.programme_ids) == ("c", "id", "consent", ("p",))
    assert (given.in_force, given.withdrawn_role, given.withdrawn_by) == (False, "guardian", "other")
    assert given.withdraw("staff", "third", ("p",), NOW + timedelta(days=1)) is None
    assert (given.withdrawn_role, given.withdrawn_at) == ("guardian", NOW)


@pytest.mark.parametrize(
    ("born", "role", "alone"),
    [
        (date(2010, 11, 22), "mentee", True),
        (date(2010, 11, 23), "mentee", False),
        (None, "mentee", False),
        (None, "mentor", True),
        (date(1990, 1, 1), "mentor", True),
    ],
)
def test_from_sixteen_on_a_person_consents_herself(born, role, alone):
    assert old_enough(person(born, role), TODAY, SELF_CONSENT_AGE) is alone


def test_every_kind_has_a_text_and_the_newest_counts():
    for kind in KINDS:
        assert current(kind) is TEXTS[kind, current_version(kind)]
        assert all([current(kind).title, current(kind).question, *current(kind).points])


def test_a_link_is_answered_once():
    asked = request()
    asked.answer_with("declined", "good", NOW)
    assert (asked.answer, asked.answered_at, asked.is_open(NOW)) == ("declined", NOW, False)
    with pytest.raises(Forbidden) as refused:
        asked.answer_with("given", "good", NOW)
    assert (refused.value.code, asked.answer) == ("guardian-link-used", "declined")


@pytest.mark.parametrize(
    ("token", "late", "code"),
    [("bad", timedelta(), "guardian-link-unknown"), ("", timedelta(), "guardian-link-unknown"), ("good", LASTS, "guardian-link-expired")],
)
def test_a_link_that_is_not_good_or_too_old_is_not_answered(token, late, code):
    asked = request()
    with pytest.raises(Forbidden) as refused:
        asked.answer_with("given", token, NOW + late)
    assert (refused.value.code, asked.answered_at) == (code, None)


def test_a_replaced_link_is_over_and_an_answered_one_stays_as_it_was():
    asked, answered = request(), request()
    answered.answer_with("given", "good", NOW)
    for each in (asked, answered):
        each.replace(NOW)
    assert not asked.is_open(NOW)
    assert answered.expires_at == NOW + LASTS


def test_who_withdrew_consent_may_not_take_part_even_with_permission():
    allowed = person(date(2012, 1, 1))
    allowed.guardian = Guardian("S", "s@example.org", date(2026, 1, 1))
    assert allowed.may_take_part(TODAY)
    allowed.consent_withdrawn = TODAY
    assert (allowed.may_take_part(TODAY), allowed.has_permission(TODAY)) == (False, True)
