"""A person's age, vetting and permission, and when a change is one."""

from datetime import date

import pytest

from chassis.documents import from_document
from pairing.people.commands import usual_end
from pairing.people.model import Guardian, Person, Vetting, age


def person(**fields):
    given = {"id": "p", "email": "a@example.org", "given_name": "A", "family_name": "B", "roles": ("mentee",), "language": "en"}
    return Person(**{**given, "time_zone": "UTC", **fields})


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 11, 21), date(2026, 11, 21), 18),
        (date(2008, 11, 22), date(2026, 11, 21), 17),
    ],
)
def test_age_in_completed_years(born, on, years):
    assert age(born, on) == years
    assert person(birth_date=born).is_minor(on) is (years < 18)


def test_a_mentee_of_unknown_age_counts_as_a_minor():
    assert person().is_minor(date(2026, 1, 1))
    assert not person(roles=("mentor",)).is_minor(date(2026, 1, 1))


def test_vetting_is_valid_through_its_last_day():
    vetted = person(vetting=Vetting("vog", date(2024, 1, 1), date(2027, 1, 1)))
    assert vetted.vetting_valid_until(date(2027, 1, 1))
    assert not vetted.vetting_valid_until(date(2027, 1, 2))
    assert not person().vetting_valid_until(date(2020, 1, 1))


def test_a_minor_takes_part_with_permission_only():
    day = date(2026, 1, 1)
    assert not person(birth_date=date(2010, 1, 1), guardian=Guardian("G", "g@example.org")).may_take_part(day)
    assert person(birth_date=date(2010, 1, 1), guardian=Guardian("G", "g@example.org", day)).may_take_part(day)
    assert person(birth_date=date(2000, 1, 1)).may_take_part(day)


def test_a_change_to_the_same_is_none():
    someone = person(city="Sneek")
    assert someone.change(city="Sneek") is None
    event = someone.change(city="Leeuwarden", language="nl")
    assert (someone.city, event.language, event.person_id) == ("Leeuwarden", "nl", "p")


def test_only_a_check_that_was_passed_counts():
    for result in ("not_passed", "pending"):
        assert not person(vetting=Vetting("vog", date(2024, 1, 1), date(2027, 1, 1), result)).vetting_valid_until(date(2024, 1, 1))


def test_a_new_outcome_keeps_those_before_it():
    first, second = (
        Vetting("vog", date(2020, 1, 1), date(2023, 1, 1)),
        Vetting("vog", date(2024, 1, 1), date(2024, 1, 1), "not_passed", "marit"),
    )
    mentor = person(roles=("mentor",), vetting=first)
    assert mentor.record_vetting(first) is None
    assert mentor.record_vetting(second) is not None
    assert (mentor.vetting, mentor.vetting_history) == (second, (first,))
    for day in range(1, 29):
        mentor.record_vetting(Vetting("vog", date(2025, 1, day), date(2028, 1, 1)))
    assert len(mentor.vetting_history) == 20


def test_a_person_stored_before_there_were_these_fields_is_still_read():
    stored = {"_id": "p", **dict.fromkeys(("email", "given_name", "family_name", "language", "time_zone"), "x"), "roles": ["mentor"]}
    old = from_document(Person, {**stored, "vetting": {"type": "vog", "issued": "2024-01-01", "expires": "2027-01-01"}})
    assert old.vetting == Vetting("vog", date(2024, 1, 1), date(2027, 1, 1), "passed", "")
    assert (old.not_with, old.family, old.pupils, old.goals, old.joined_on, old.vetting_history) == ((), "", (), (), None, ())


@pytest.mark.parametrize(
    ("kind", "issued", "ends"),
    [
        ("vog", date(2026, 3, 1), date(2029, 3, 1)),
        ("vog", date(2024, 2, 29), date(2027, 2, 28)),
        ("criminal_record_certificate", date(2026, 3, 1), date(2027, 3, 1)),
        ("garda_vetting", date(2026, 3, 1), None),
    ],
)
def test_a_check_lasts_as_long_as_is_usual_for_it(kind, issued, ends):
    assert usual_end(kind, issued) == ends
