"""A quiet request for somebody else: its coordinators are told that there is one, and who asked that it was answered."""

from dataclasses import asdict

import pytest

from chassis.errors import Forbidden, Refused
from contracts.pairing import ChangeRequested, ChangeSettled
from pairing.app import SERVICE, create_app
from pairing.change_requests import commands as change_requests
from pairing.data_rights import forgetting
from pairing.pairings import life
from pairing.people.repository import PEOPLE
from support.house import House
from support.paired import pair_up
from support.small_cohort import small_cohort

WORDS = "He never answers me."


@pytest.fixture
def paired(settings):
    house = House(SERVICE, create_app, settings)
    yield pair_up(small_cohort(house))
    house.close()


def ask(paired, person, words=WORDS):
    return paired.cohort.signed_in(person).post(f"/pairing/api/pairings/{paired.id}/ask-for-change", {"words": words})


def go_on(paired):
    return paired.cohort.coordinator().post(f"/pairing/api/pairings/{paired.id}/go-on")


def test_a_request_is_told_once_while_it_is_open_without_a_word_of_it(paired):
    version = paired.document["version"]
    ask(paired, paired.cohort.yara)
    ask(paired, paired.cohort.yara, "One thing more.")
    (told,) = paired.said(ChangeRequested)
    assert (told.pairing_id, told.programme_id) == (paired.id, paired.cohort.programme_id)
    assert set(told.members) == {paired.cohort.femke.id, paired.cohort.yara.id}
    assert set(asdict(told)) == {"request_id", "pairing_id", "programme_id", "members"}
    assert paired.house.database["change_requests"].find_one()["words"] == "One thing more."
    assert paired.document["version"] == version, "the other side sees nothing of it"


def test_both_sides_requests_are_two(paired):
    for person in (paired.cohort.femke, paired.cohort.yara):
        ask(paired, person)
    assert len({told.request_id for told in paired.said(ChangeRequested)}) == 2


def test_who_asked_is_told_when_the_coordinator_has_talked_and_may_ask_again(paired):
    ask(paired, paired.cohort.yara)
    assert go_on(paired).status_code == 200
    go_on(paired)
    (told,) = paired.said(ChangeSettled)
    (asked,) = paired.said(ChangeRequested)
    assert (told.person_id, told.request_id) == (paired.cohort.yara.id, asked.request_id)
    ask(paired, paired.cohort.yara)
    assert len(paired.said(ChangeRequested)) == 2


def test_while_it_is_paused_nobody_notes_that_they_go_on_before_it_does(paired):
    here, marit = f"/pairing/pairings/{paired.id}", paired.cohort.coordinator()
    ask(paired, paired.cohort.yara)
    assert "We talked: they go on" in marit.page(here).text
    marit.post(f"/pairing/api/pairings/{paired.id}/pause", {"reason": "illness"})
    text = marit.page(here).text
    assert "We talked: they go on" not in text and "let it go on first, or end it" in text and "somebody is ill" in text
    assert "No rule of safeguarding stands against it" not in text, "a person paused it"
    before = paired.document
    answer = go_on(paired)
    assert (answer.status_code, answer.json["code"]) == (409, "pairing-paused")
    assert (paired.document, paired.said(ChangeSettled)) == (before, [])
    marit.post(f"/pairing/api/pairings/{paired.id}/resume")
    assert go_on(paired).status_code == 200 and len(paired.said(ChangeSettled)) == 1


def test_when_the_pairing_ends_the_request_is_settled_and_the_end_is_all_that_is_told(paired):
    ask(paired, paired.cohort.yara)
    assert paired.cohort.coordinator().post(f"/pairing/api/pairings/{paired.id}/end", {"ending": "no_fault"}).status_code == 200
    assert paired.house.database["change_requests"].find_one()["settled_at"] is not None
    assert paired.said(ChangeSettled) == []


def test_a_request_that_is_refused_is_neither_kept_nor_told(paired):
    assert ask(paired, paired.cohort.lotte).status_code == 403
    paired.lead().post(f"/pairing/api/pairings/{paired.id}/stop")
    assert ask(paired, paired.cohort.yara).status_code == 409
    assert paired.said(ChangeRequested, ChangeSettled) == []
    assert paired.house.database["change_requests"].count_documents({}) == 0


def forget(uow, person_id):
    forgetting.forget(uow, uow.get(PEOPLE, person_id))


@pytest.mark.parametrize("other", ["end", "erase"])
def test_a_request_at_the_moment_at_which_the_pairing_ends_or_she_is_erased_is_not_left_over(paired, other):
    once, yara = [], paired.cohort.yara.id
    meanwhile = {"end": (life.end, paired.id, "no_fault"), "erase": (forget, yara)}[other]

    def work(uow):
        change_requests.ask(uow, paired.id, yara, WORDS)
        if not once:
            once.append(paired.house.do(*meanwhile))

    with pytest.raises((Refused, Forbidden)):
        paired.house.do(work)
    assert list(paired.house.database["change_requests"].find()) == paired.said(ChangeRequested) == []
