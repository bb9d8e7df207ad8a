"""The waiting list page by page: fifty of each side, everybody exactly once, counts of the whole, and any address gives a page."""

import re
from datetime import date

import pytest

from pairing.intake.leaves import PER_LEAF
from pairing.people.model import Person
from pairing.people.repository import PEOPLE

MENTEES, MENTORS = 120, 51
WHO = {"family_name": "Silva", "language": "pt", "time_zone": "Europe/Lisbon", "birth_date": date(1990, 1, 1)}
TIMES = ("Wed 19:00-22:00",)


@pytest.fixture
def crowd(house, autumn):
    """A programme in which many wait: every other mentee is ready, and no mentor; gives the coordinator and the programme."""
    programme_id, marit = autumn

    def add(uow):
        for side, many in (("mentee", MENTEES), ("mentor", MENTORS)):
            for number in range(many):
                times = TIMES if number % 2 and side == "mentee" else ()
                known = {**WHO, "given_name": f"{side}{number:03}", "email": f"{side}{number}@example.org", "availability": times}
                uow.add(PEOPLE, Person(id=uow.new_id(), roles=(side,), programme_ids=(programme_id,), **known))

    house.do(add)
    return marit, programme_id


def names(answer, side):
    return re.findall(rf"{side}[0-9]{{3}}", answer.text)


def turned(answer, side):
    """The address behind "Next" or "Back" that turns this side over, by what it says."""
    part = answer.text.split("<h2>")[-2 if side == "mentee" else -1]
    return {rel: path.replace("&amp;", "&") for rel, path in re.findall('rel="(next|prev)" href="([^"]+)"', part)}


def test_everybody_is_on_exactly_one_page_and_what_is_lacking_comes_first(crowd):
    marit, _ = crowd
    seen, path = [], "/pairing/waiting"
    while path and len(seen) < 9:
        answer = marit.page(path)
        seen.append(names(answer, "mentee"))
        path = turned(answer, "mentee").get("next", "")
    assert [len(each) for each in seen] == [PER_LEAF, PER_LEAF, 20]
    everybody = [name for each in seen for name in each]
    assert everybody == [*(f"mentee{n:03}" for n in range(0, MENTEES, 2)), *(f"mentee{n:03}" for n in range(1, MENTEES, 2))]


def test_turning_one_side_over_leaves_the_other_in_its_place_and_there_is_a_way_back(crowd):
    marit, _ = crowd
    first = marit.page("/pairing/waiting")
    assert "prev" not in turned(first, "mentee") and "prev" not in turned(first, "mentor")
    second = marit.page(turned(first, "mentee")["next"])
    both = marit.page(turned(second, "mentor")["next"])
    assert names(both, "mentee") == names(second, "mentee") != names(first, "mentee")
    assert names(both, "mentor") == ["mentor050"] and "next" not in turned(both, "mentor")
    back = marit.page(turned(both, "mentor")["prev"])
    assert (names(back, "mentee"), names(back, "mentor")) == (names(second, "mentee"), names(first, "mentor"))


def test_the_counts_are_those_of_everybody_on_every_page(crowd):
    marit, _ = crowd
    for path in ("/pairing/waiting", "/pairing/waiting?mentees=3&mentors=2"):
        assert re.findall("<dd>([0-9]+)</dd>", marit.page(path).text) == ["120", "60", "51", "0"]


@pytest.mark.parametrize("typed", ["", "0", "-1", "x", "1e9", "²", "٣", "999999", "9" * 400, "2 OR 1=1"])
def test_whatever_the_address_says_there_is_a_page(crowd, typed):
    marit, programme_id = crowd
    answer = marit.client.get("/pairing/waiting", query_string={"programme": programme_id, "mentees": typed, "mentors": typed})
    last = typed == "999999"
    assert (answer.status_code, len(names(answer, "mentee")), len(names(answer, "mentor"))) == (200, 20 if last else 50, 1 if last else 50)


def test_a_short_list_has_nothing_to_turn_over(autumn):
    answer = autumn[1].page("/pairing/waiting")
    assert answer.text.count("Nobody waits.") == 2 and "rel=" not in answer.text.split("<h1>")[1]
