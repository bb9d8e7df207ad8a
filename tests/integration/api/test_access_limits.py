"""What those who are let in may see of others, what staff leave behind when they read, and what a refusal tells."""

import json

import pytest

from notifications.messages.model import id_of
from support.seen import text_of
from support.spiked import spiked
from support.world_requests import ABSENT, PLAIN, A, B, ask, endpoints

AUDITED = {
    "pairing/consents.history", "pairing/consents_pages.show", "pairing/entrances_pages.waiting",
    "pairing/imports_pages.errors", "pairing/imports_pages.preview", "pairing/mapping_pages.show", "pairing/match_runs.show",
    "pairing/matching_pages.show", "pairing/match_runs.idle", "pairing/match_runs.pairs", "pairing/match_runs.unmatched",
    "pairing/match_setups.show", "pairing/match_setups_pages.by_hand", "pairing/match_setups_pages.person",
    "pairing/substitutes.possible", "pairing/substitutes_pages.show", "pairing/what_if_pages.show",
    "pairing/data_rights.requests", "pairing/data_rights.show_erasure", "pairing/data_rights.show_export",
    "pairing/data_rights_pages.confirm", "pairing/data_rights_pages.requests", "pairing/data_rights_pages.show",
    "pairing/pairings.show", "pairing/pairings_pages.index", "pairing/pairings_pages.show", "pairing/people.index", "pairing/people.show",
    "pairing/agreements.show", "pairing/agreements_pages.printed", "pairing/agreements_pages.show", "pairing/agreements_pages.version",
    "pairing/people_pages.index", "pairing/people_pages.show", "pairing/records_pages.edit",
    "sessions/meetings.show", "sessions/meetings_pages.show",
    "sessions/programmes_pages.show",
}  # fmt: skip
"""What shows a coordinator who somebody is, or what they do."""

PUBLIC = {"link", "asked", "draft", "token", "certificate"}
"""Parts of addresses that let in whoever has them."""

LISTS = {
    "pairing/pairings.index": "pairings",
    "pairing/programmes.index": "programmes",
    "pairing/match_runs.index": "runs",
    "sessions/meetings.index": "meetings",
    "feedback/rounds.index": "rounds",
    "notifications/reports.index": "programmes",
}


@pytest.fixture(scope="module")
def routes(story):
    return list(endpoints(story))


def audit(story, service):
    return list(story.world.houses[service].database["audit"].find())


def readers(story, routes, name):
    """Routes by which this person, when reading, left an entry in the audit log."""
    noted = set()
    for endpoint in (each for each in routes if each.method == "GET"):
        target = A if endpoint.rule.arguments else PLAIN
        before = len(audit(story, endpoint.service))
        answer = ask(story, endpoint, story.who[name], target)
        entries = audit(story, endpoint.service)[before:]
        if entries:
            assert answer.status_code == 200
            assert [(entry["who"], entry["endpoint"]) for entry in entries] == [(story.who[name].id, endpoint.name)]
            noted.add(endpoint.key)
    return noted


def test_staff_who_read_about_people_leave_an_entry(story, routes):
    assert readers(story, routes, "coordinator_a") == AUDITED


def test_a_safeguarding_lead_who_reads_concerns_or_looks_at_a_pairing_leaves_an_entry(story, routes):
    concerns = {"pairing/cases_pages.index", "pairing/cases_pages.show"}
    assert readers(story, routes, "safeguarding_lead") == {*concerns, "pairing/pairings.show", "pairing/pairings_pages.show"}


@pytest.mark.parametrize("name", ["mentor", "mentee", "guardian", "administrator"])
def test_nobody_else_is_shown_people_by_the_consent_of_staff(story, routes, name):
    assert readers(story, routes, name) == set()


COORDINATORS = {"coordinator_a", "coordinator_b"}
WORDS = {
    spiked("talk"): {"mentor", "mentee"},
    spiked("hard"): {"mentor", "mentee"},
    spiked("more robots"): {"coordinator_a"},
    spiked("agreed"): {"coordinator_a", "mentor", "mentee"},
    spiked("afraid"): {"safeguarding_lead", "mentee"},
    spiked("telephone"): {"safeguarding_lead", "mentee"},
    f"I like\n{spiked('robots')}": {"coordinator_a", "mentee"},
    spiked("Sneek"): {*COORDINATORS, "mentee"},
    f"{spiked('Mentor')} {spiked('Jansen')}": {*COORDINATORS, "safeguarding_lead", "mentor", "mentee", "other_mentee", "guardian"},
    f"{spiked('Mentee')} {spiked('Jansen')}": {*COORDINATORS, "safeguarding_lead", "mentee", "guardian"},
}
"""Words about sessions, in feedback and about oneself, and names: who reads them on lists and where it is about the first pair."""


def test_words_and_whole_names_reach_only_those_they_are_for(story, routes):
    readers_of = {words: set() for words in WORDS}
    for name, who in story.who.items():
        for endpoint in (each for each in routes if each.method == "GET"):
            answer = ask(story, endpoint, who, A if endpoint.rule.arguments else PLAIN)
            text = text_of(answer)
            for words, found in readers_of.items():
                if words in text or json.dumps(words)[1:-1] in text:
                    found.add(name)
    assert readers_of == WORDS


def visible(story, routes, key, name):
    [endpoint] = [each for each in routes if each.key == key]
    return {item["id"] for item in ask(story, endpoint, story.who[name], PLAIN).json["items"]}


def test_a_list_holds_what_is_the_readers_own(story, routes):
    a, b, mine = story.a, story.b, story.a.pairing["mentor_id"]
    own = {pairing["id"] for pairing in a.pairings if pairing["mentor_id"] == mine}
    meetings = story.world.houses["sessions"].database["meetings"]
    of_mentor = {each["_id"] for each in meetings.find({"mentor_id": mine})}
    assert own and of_mentor
    expected = {
        "coordinator_a": ({each["id"] for each in a.pairings}, {a.id}, {a.run_id}, set(), {a.round_id}, {a.id}),
        "coordinator_b": ({each["id"] for each in b.pairings}, {b.id}, {b.run_id}, set(), {b.round_id}, {b.id}),
        "mentor": (own, {a.id}, None, of_mentor, set(), None),
        "mentee": ({a.pairing["id"]}, {a.id}, None, {a.meeting_id}, {a.round_id}, None),
        "guardian": (set(), {a.id}, None, set(), set(), None),
        "safeguarding_lead": (set(), set(), None, set(), set(), None),
        "administrator": (set(), set(), None, set(), set(), {a.id, b.id}),
    }
    for name, lists in expected.items():
        for key, ids in zip(LISTS, lists, strict=True):
            if ids is not None:
                assert visible(story, routes, key, name) == ids, f"{key} as {name} sees it"


def test_another_programme_in_the_query_shows_nothing_of_it(story, routes):
    [endpoint] = [each for each in routes if each.key == "pairing/pairings.index"]
    for name in ("mentor", "mentee", "guardian", "administrator", "safeguarding_lead"):
        assert ask(story, endpoint, story.who[name], B).json["items"] == []


@pytest.mark.parametrize("name", ["mentor", "mentee", "guardian", "coordinator_a"])
def test_a_refusal_tells_at_most_whether_there_is_such_a_thing(story, routes, name):
    """403 for what is another's and 404 for what does not exist: ids are random (RFC 9562, version 4), so nobody can try them."""
    for endpoint in (each for each in routes if each.rule.arguments and PUBLIC.isdisjoint(each.rule.arguments)):
        others, absent = (ask(story, endpoint, story.who[name], target) for target in (B, ABSENT))
        assert others.status_code in (403, 404), endpoint
        assert absent.status_code in (403, 404), endpoint
        if endpoint.api:
            assert others.json["code"] in ("forbidden", "not-found"), endpoint
            assert others.json["detail"] in REFUSALS or others.status_code == 404, endpoint
        for secret in (story.b.id, story.b.pairing["mentor_id"], story.b.pairing["mentee_id"]):
            asked_about = ask_path(others)
            assert secret in asked_about or secret not in others.text, endpoint


def test_nobody_can_find_out_which_messages_another_got(story):
    """The id of a message follows from what it is about and who got it, so a refusal must not differ from an absence."""
    pairing = story.a.pairing
    others = id_of("pairing-proposed", pairing["id"], pairing["mentee_id"])
    assert story.world.houses["notifications"].database["messages"].find_one({"_id": others})
    answers = [
        story.who["mentor"].api("GET", f"/notifications/api/messages/{id}")
        for id in (others, id_of("pairing-proposed", pairing["id"], story.who["guardian"].id))
    ]
    told = [{name: value for name, value in answer.json.items() if name != "correlation_id"} for answer in answers]
    assert told[0] == told[1] and told[0]["status"] == 404


REFUSALS = ("You may not do this. Ask your coordinator if you think you should.",)


def ask_path(answer):
    return answer.request.full_path
