"""What a row of a file may change of somebody who is known, and what it may not take away."""

from datetime import date

import pytest

from pairing.people.merging import is_elsewhere, settled
from pairing.people.model import Guardian, Person, Vetting

DAY = date(2026, 3, 1)
LATER, EARLIER = date(2026, 9, 1), date(2025, 9, 1)


def person(**fields):
    given = {"id": "p", "email": "a@example.org", "given_name": "A", "family_name": "B", "roles": ("mentor",), "language": "en"}
    return Person(**{**given, "time_zone": "UTC", **fields})


def check(issued=DAY, **fields):
    return Vetting("vog", issued, issued.replace(year=issued.year + 3), **fields)


def test_an_empty_day_takes_nothing_away():
    known = person(joined_on=DAY, data_protection_training=DAY)
    assert known.differs(**settled(known, {"joined_on": None, "data_protection_training": None})) == {}
    assert settled(known, {"joined_on": EARLIER, "data_protection_training": LATER}) == {
        "joined_on": EARLIER, "data_protection_training": LATER,
    }  # fmt: skip


def test_the_same_guardian_keeps_her_permission_and_another_does_not():
    known = person(guardian=Guardian("Eva", "eva@example.org", DAY))
    assert settled(known, {"guardian": Guardian("Eva L.", "eva@example.org")})["guardian"] == Guardian("Eva L.", "eva@example.org", DAY)
    assert settled(known, {"guardian": Guardian("Bo", "bo@example.org")})["guardian"].permission is None
    assert settled(known, {"guardian": None})["guardian"] is None


@pytest.mark.parametrize("brought", [None, check(EARLIER), check(DAY), check(EARLIER, result="not_passed")])
def test_what_staff_recorded_stays_unless_the_file_has_a_later_check(brought):
    known = person(vetting=check(checked_by="marit"))
    assert known.differs(**settled(known, {"vetting": brought})) == {}


def test_a_later_check_counts_and_the_one_before_is_kept():
    known = person(vetting=check(checked_by="marit"), vetting_history=(check(EARLIER),))
    assert settled(known, {"vetting": check(LATER)}) == {"vetting": check(LATER), "vetting_history": (known.vetting, check(EARLIER))}


def test_what_came_from_a_file_gives_way_to_the_file():
    known = person(vetting=check())
    assert settled(known, {"vetting": check(EARLIER)}) == {"vetting": check(EARLIER), "vetting_history": (check(),)}
    assert settled(known, {"vetting": None}) == {"vetting": None}
    assert known.differs(**settled(known, {"vetting": check()})) == {}


@pytest.mark.parametrize(
    ("fields", "runs", "elsewhere"),
    [
        ({"programme_ids": ("a",)}, {"a"}, False),
        ({"programme_ids": ("a", "b")}, {"a"}, True),
        ({"programme_ids": ("a", "b")}, {"a", "b"}, False),
        ({"programme_ids": ()}, {"a"}, False),
        ({"programme_ids": (), "roles": ("administrator",)}, {"a"}, True),
        ({"programme_ids": ("a",), "roles": ("coordinator", "mentor")}, {"a"}, False),
        ({"programme_ids": ("b",), "id": "me"}, {"a"}, False),
    ],
)
def test_whose_record_it_is(fields, runs, elsewhere):
    assert is_elsewhere(person(**fields), frozenset(runs), "me") is elsewhere
