"""Where somebody is on the way to a match: what is lacking, who has to act, and which steps are done."""

from datetime import UTC, date, datetime, timedelta

import pytest

from pairing.consents.request import GuardianRequest
from pairing.intake.journey import journey_of
from pairing.people.model import Guardian, Person, Vetting

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ENDS = date(2027, 6, 30)
SANNE = Guardian("Sanne", "sanne@example.org")


def mentee(**changed):
    known = {"birth_date": date(2013, 1, 1), "guardian": SANNE, "availability": ("Wed 16:00-18:00",), "joined_on": date(2026, 11, 1)}
    return Person("id", "ines@example.org", "Inês", "Silva", ("mentee",), "pt", "Europe/Lisbon", **{**known, **changed})


def mentor(**changed):
    known = {
        "vetting": Vetting("vog", date(2026, 1, 1), ENDS),
        "data_protection_training": date(2026, 9, 1),
        "availability": ("Wed 16:00-18:00",),
    }
    return Person("id", "femke@example.org", "Femke", "Vos", ("mentor",), "nl", "Europe/Amsterdam", **{**known, **changed})


def asked(**changed):
    known = {"asked_at": NOW, "expires_at": NOW + timedelta(days=14), "email": SANNE.email, "token_hash": "", "asked_by": "id"}
    return GuardianRequest(**{"id": "r", "ward_id": "id", "programme_id": "p", "language": "pt", **known, **changed})


@pytest.mark.parametrize(
    ("request_", "guardian", "lack"),
    [
        (None, None, "guardian_none"),
        (None, SANNE, "guardian_not_asked"),
        (asked(), SANNE, "guardian_waits"),
        (asked(email="other@example.org"), SANNE, "guardian_not_asked"),
        (asked(expires_at=NOW), SANNE, "guardian_too_late"),
        (asked(answer="declined", answered_at=NOW), SANNE, "guardian_declined"),
        (asked(answer="given", answered_at=NOW), SANNE, "guardian_not_asked"),
    ],
)
def test_what_is_lacking_of_a_guardian(request_, guardian, lack):
    journey = journey_of(mentee(guardian=guardian), request_, ENDS, NOW)
    assert (journey.lacks, journey.asks_guardian) == ((lack,), True)
    assert journey.steps == (("form", "done"), ("guardian", "now"), ("match", "later"), ("proposal", "later"))


def test_with_permission_a_match_is_looked_for():
    journey = journey_of(mentee(guardian=Guardian("Sanne", "s@example.org", date(2026, 11, 2))), None, ENDS, NOW)
    assert (journey.lacks, journey.since) == ((), date(2026, 11, 1))
    assert journey.steps == (("form", "done"), ("guardian", "done"), ("match", "now"), ("proposal", "later"))


def test_who_is_of_age_has_no_step_of_a_guardian():
    assert journey_of(mentee(birth_date=date(2000, 1, 1)), None, ENDS, NOW).steps == (
        ("form", "done"),
        ("match", "now"),
        ("proposal", "later"),
    )


@pytest.mark.parametrize(
    ("changed", "lacks", "now"),
    [
        ({}, (), "match"),
        ({"vetting": None}, ("vetting",), "vetting"),
        ({"vetting": Vetting("vog", date(2026, 1, 1), date(2027, 6, 29))}, ("vetting",), "vetting"),
        ({"data_protection_training": None}, ("training",), "training"),
        ({"data_protection_training": date(2026, 11, 23)}, ("training",), "training"),
        ({"vetting": None, "data_protection_training": None}, ("vetting", "training"), "vetting"),
        ({"availability": ()}, ("times",), "match"),
        ({"consent_withdrawn": date(2026, 11, 20)}, ("consent",), "match"),
    ],
)
def test_what_is_lacking_of_a_mentor(changed, lacks, now):
    journey = journey_of(mentor(**changed), None, ENDS, NOW)
    assert journey.lacks == lacks
    assert [code for code, state in journey.steps if state == "now"] == [now]


def test_consent_comes_first_of_what_is_lacking():
    assert journey_of(mentee(consent_withdrawn=date(2026, 11, 20)), None, ENDS, NOW).lacks == ("consent", "guardian_not_asked")
