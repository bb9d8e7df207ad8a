"""Groups can meet, talk and be led as the rules ask; nobody who could have a group is left out; levels, fields and languages are spread."""

import itertools
from collections import Counter
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pairing.matching.availability import free_quarters, possible_starts
from pairing.matching.candidates import Cohort, Mentee, Mentor, Terms
from pairing.matching.circle import Everybody
from pairing.matching.groups import form
from pairing.matching.judging import judge
from support.many_people import many_people

TERMS = Terms(starts_on=date(2026, 12, 7), ends_on=date(2027, 6, 30), weights={"interests": 8, "free_time": 6, "language": 5})
SLOTS = ("Mon 16:00-18:00", "Wed 19:00-21:00", "Thu 15:00-17:00", "Sat 10:00-12:00")
LEVELS, FIELDS = ("new", "developing", "experienced"), ("robotics", "space", "wearables")


def mentee(index: int, **fields) -> Mentee:
    usual = {
        "languages": ("nl",),
        "availability": SLOTS[:1],
        "interests": (FIELDS[index % 3],),
        "level": LEVELS[index % 3],
        "permitted": True,
    }
    return Mentee(id=f"e{index:02}", city="Sneek", time_zone="Europe/Amsterdam", **usual | fields)


def mentor(index: int, **fields) -> Mentor:
    usual = {"languages": ("nl",), "availability": SLOTS[:1], "expertise": FIELDS, "vetted": True, "trained": True}
    return Mentor(id=f"m{index:02}", city="Sneek", time_zone="Europe/Amsterdam", **usual | fields)


def cohort(mentors, mentees) -> Cohort:
    return Cohort(mentors=tuple(mentors), mentees=tuple(mentees), terms=TERMS)


def near_each_other(mentors: int, mentees: int, seed: int) -> Cohort:
    """People of one town who differ in free time, language, format, and in what the rules look at."""
    chance, whole = np.random.default_rng(seed), many_people(mentors, mentees, seed)

    def here(person):
        spoken, times = chance.permutation(["nl", "en", "fy"])[: chance.integers(1, 3)], chance.permutation(SLOTS)[: chance.integers(1, 4)]
        shape = {"format": str(chance.choice(["online", "either", "either", "in_person"])), "city": "Sneek", "country": "NL"}
        barred = frozenset({f"e{chance.integers(mentees):05}"}) - {person.id}
        return replace(person, languages=tuple(map(str, spoken)), availability=tuple(map(str, times)), barred=barred, **shape)

    return cohort(map(here, whole.mentors), map(here, whole.mentees))


def can_meet(who: Cohort, people) -> bool:
    """Said once more, in other words than the code's."""
    starts = possible_starts(free_quarters(people, who.terms.reference_week), who.terms.meeting_minutes)
    formats = {person.format for person in people}
    return (
        any(all(column) for column in starts.T)
        and any(all(word in person.languages for person in people) for word in people[0].languages)
        and ("in_person" not in formats or ("online" not in formats and len({person.town for person in people}) == 1))
        and not any(one.id in other.barred for one in people for other in people)
    )


def people_of(who: Cohort, group):
    by_id = {person.id: person for person in (*who.mentees, *who.mentors)}
    return [by_id[id] for id in (*group.mentee_ids, *group.mentor_ids)]


@settings(deadline=None, max_examples=6)
@given(st.integers(0, 10_000), st.integers(1, 2))
def test_every_group_can_meet_and_every_rule_holds_in_it(seed, adults):
    who = near_each_other(6, 12, seed)
    formed = form(who, smallest=2, largest=4, adults=adults, seed=seed)
    _, allowed = judge(who)
    for group in formed.groups:
        assert can_meet(who, people_of(who, group))
        assert (2 <= len(group.mentee_ids) <= 4, len(group.mentor_ids)) == (True, adults)
        assert all(allowed[int(one[1:]), int(other[1:])] for one in group.mentee_ids for other in group.mentor_ids)
    seats = Counter(id for group in formed.groups for id in (*group.mentee_ids, *group.mentor_ids))
    assert set(seats.values()) <= {1}
    assert set(formed.left_out) == {mentee.id for mentee in who.mentees} - set(seats)


def most_in_groups(who: Cohort, smallest: int, largest: int) -> int:
    """How many mentees can have a group with one mentor each, by trying everything."""
    _, allowed = judge(who)
    sets = [
        (set(rows), column)
        for size in range(smallest, largest + 1)
        for rows in itertools.combinations(range(len(who.mentees)), size)
        for column in range(len(who.mentors))
        if allowed[list(rows), column].all() and can_meet(who, [*(who.mentees[row] for row in rows), who.mentors[column]])
    ]

    def most(index, taken, leading):
        if index == len(sets):
            return len(taken)
        rows, column = sets[index]
        without = most(index + 1, taken, leading)
        return without if rows & taken or column in leading else max(without, most(index + 1, taken | rows, leading | {column}))

    return most(0, frozenset(), frozenset())


@pytest.mark.parametrize("seed", range(12))
def test_in_small_cohorts_nobody_is_left_out_who_could_have_a_group(seed):
    who = near_each_other(3, 6, seed)
    assert 6 - len(form(who, smallest=2, largest=3, seed=seed).left_out) == most_in_groups(who, 2, 3)


def test_groups_are_the_same_for_the_same_seed_in_any_order():
    who = near_each_other(8, 16, 5)
    other = Cohort(mentors=who.mentors[::-1], mentees=who.mentees[4:] + who.mentees[:4], terms=who.terms)
    assert form(who, seed=3) == form(other, seed=3)
    assert form(who, seed=3).finished


def test_levels_and_fields_are_spread_over_the_groups():
    formed = form(cohort([mentor(index) for index in range(4)], [mentee(index) for index in range(12)]), largest=3, seed=1)
    assert [group.levels for group in formed.groups] == [dict.fromkeys(sorted(LEVELS), 1)] * 4
    assert [group.fields for group in formed.groups] == [dict.fromkeys(sorted(FIELDS), 1)] * 4
    assert [group.balance for group in formed.groups] == pytest.approx([1] * 4)


def test_a_group_says_why_it_holds():
    mentees = [mentee(index, languages=("nl", "en"), availability=("Mon 16:00-18:00", f"Sat 1{index}:00-14:00")) for index in range(3)]
    leading = mentor(0, languages=("en", "nl"), availability=("Mon 16:30-19:00", "Sat 09:00-12:00"))
    (group,) = form(cohort([leading], mentees), seed=1).groups
    assert (group.mentee_ids, group.mentor_ids, group.town) == (("e00", "e01", "e02"), ("m00",), "")
    assert group.languages == ("nl", "en")
    assert [(window.starts_at.strftime("%a %H:%M"), window.ends_at.strftime("%H:%M")) for window in group.windows] == [
        ("Mon 15:30", "17:00")
    ]
    assert (group.fields, group.levels) == (dict.fromkeys(FIELDS, 1), dict.fromkeys(sorted(LEVELS), 1))
    assert (group.fit, group.balance) == (pytest.approx(judge(cohort([leading], mentees))[0].mean()), 1)


def test_who_meets_only_in_person_makes_it_a_group_in_her_town():
    in_person = [mentee(0, format="in_person"), mentee(1), mentee(2)]
    (group,) = form(cohort([mentor(0)], in_person), seed=1).groups
    assert group.town == "Sneek"


THREE = [mentee(index) for index in range(3)]


@pytest.mark.parametrize(
    "changed",
    [
        {"availability": ("Sat 10:00-12:00",)},
        {"availability": ("Mon 17:30-19:00",)},
        {"languages": ("is",)},
        {"barred": frozenset({"e01"})},
        {"barred": frozenset({"m00"})},
        {"permitted": False},
        {"consented": False},
        {"format": "in_person", "city": "Porto"},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_one_who_cannot_be_with_the_others_is_not_put_among_them(changed):
    fine = cohort([mentor(0)], THREE)
    assert form(fine, seed=1).left_out == ()
    formed = form(cohort([mentor(0)], [replace(THREE[0], **changed), *THREE[1:]]), seed=1)
    assert (formed.groups, len(formed.left_out)) == ((), 3)


@pytest.mark.parametrize("changed", [{"vetted": False}, {"trained": False}, {"places": 0}, {"barred": frozenset({"e02"})}])
def test_a_mentor_whom_a_rule_keeps_from_one_leads_no_group_with_her(changed):
    assert form(cohort([replace(mentor(0), **changed)], THREE), seed=1).groups == ()


def test_where_two_adults_are_asked_for_one_leads_no_group():
    assert form(cohort([mentor(0)], THREE), adults=2, seed=1).groups == ()
    assert form(cohort([mentor(0), mentor(1)], THREE), adults=2, seed=1).groups[0].mentor_ids == ("m00", "m01")
    barred = mentor(1, barred=frozenset({"m00"}))
    assert form(cohort([mentor(0), barred], THREE), adults=2, seed=1).groups == ()


def test_without_time_the_best_arrangement_so_far_is_given_and_said_to_be_unfinished():
    who = near_each_other(12, 40, 1)
    formed = form(who, seed=1, seconds=0.001)
    assert not formed.finished
    assert formed.groups
    assert all(can_meet(who, people_of(who, group)) for group in formed.groups)


def test_no_single_exchange_makes_groups_better():
    who = near_each_other(6, 14, 2)
    formed = form(who, smallest=2, largest=4, seed=2)
    everybody = Everybody.of(who, *judge(who))
    row = {person.id: index for index, person in enumerate((*who.mentees, *who.mentors))}
    groups = [tuple(row[id] for id in (*group.mentee_ids, *group.mentor_ids)) for group in formed.groups]
    assert len(groups) > 1
    for one, other in itertools.combinations(groups, 2):
        before = everybody.worth(one) + everybody.worth(other)
        for here, there in itertools.product(everybody.split(one)[0], everybody.split(other)[0]):
            exchanged = [
                tuple(there if member == here else member for member in one),
                tuple(here if member == there else member for member in other),
            ]
            people = [[(*who.mentees, *who.mentors)[member] for member in group] for group in exchanged]
            if all(can_meet(who, group) and everybody.together[np.ix_(list(m), list(m))].sum() == len(m) * (len(m) - 1)
                   for group, m in zip(people, exchanged, strict=True)):  # fmt: skip
                assert sum(map(everybody.worth, exchanged)) <= before + 1e-6


@pytest.mark.parametrize("sizes", [{"smallest": 0}, {"smallest": 4, "largest": 3}, {"adults": 0}])
def test_sizes_that_make_no_group_are_refused(sizes):
    with pytest.raises(ValueError, match="a group needs"):
        form(cohort([mentor(0)], THREE), seed=1, **sizes)


@pytest.mark.parametrize(("mentors", "mentees"), [(0, 3), (2, 0), (0, 0)])
def test_without_people_on_a_side_there_are_no_groups(mentors, mentees):
    formed = form(cohort([mentor(index) for index in range(mentors)], THREE[:mentees]), seed=1)
    assert (formed.groups, len(formed.left_out), formed.finished) == ((), mentees, True)
