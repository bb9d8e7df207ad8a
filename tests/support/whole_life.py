"""A mentee who goes through all there is, from the public form to a group, and whose names and words lie everywhere; with her guardian."""

import io
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from pairing.accounts.repository import of_address
from pairing.agreements.template import questions_of
from pairing.pairings.commands import Fit
from pairing.pairings.proposing import propose_group
from pairing.people.commands import add_staff
from pairing.people.repository import PEOPLE
from pairing.programmes.repository import PROGRAMMES
from support.cohort import MENTEE, MENTOR
from support.farewell import EMAIL, FAMILY, GIVEN, MENTOR_WORDS, WORDS, letters_to, ok, table
from support.pairs import of_two
from support.world import Visitor, World
from support.world_story import CHECKED

GUARDIAN_GIVEN, GUARDIAN_EMAIL, TOWN = "Wilhelmijntje", "wilhelmijntje@families.example.org", "Zwartewaterlinde"
GUARDIAN_NEEDLES = (GUARDIAN_GIVEN, GUARDIAN_EMAIL)
MENTOR_GIVEN, MENTOR_FAMILY, MENTOR_EMAIL = "Ildegonda", "Brouwershavenaar", "ildegonda@mentors.example.org"
MENTOR_NEEDLES = (MENTOR_GIVEN, MENTOR_FAMILY, MENTOR_EMAIL, MENTOR_WORDS)
STAFF_WORDS, FRIEND_WORDS = "pelican timetable", "lighthouse pancakes"
ABOUT_HER = f"{GIVEN} told me of {MENTOR_WORDS}; {GIVEN} {FAMILY}, {EMAIL}"
"""What others write about her: their words stay, her names do not."""
SLOTS = ["Wed 15:00-17:00", "Wed 17:00-19:00", "Thu 15:00-17:00"]


@dataclass
class WholeLife:
    """Who takes part, and what was made."""

    world: World
    coordinator: Visitor
    lead: Visitor
    programme_id: str
    mentee: Visitor
    mentor: Visitor
    guardian: Visitor
    pairing_id: str
    group_id: str
    others: tuple[str, ...]


def live_wholly(world: World) -> WholeLife:
    """Form and guardian, import, exclusion, match, agreement, session, change, concern, looking back, and a group that runs."""
    coordinator, lead = (_staff(world, role) for role in ("coordinator", "safeguarding_lead"))
    programme_id = _programme(coordinator)
    coordinator = world.sign_in(coordinator.id)
    form = _open_form(coordinator, programme_id)
    her_id = _come_in(world, form)
    _begin_again(world, form)
    guardian = _guardian_agrees(world)
    others = _import(world, coordinator, programme_id)
    pairing = _match(world, coordinator, programme_id, her_id, others)
    mentee, mentor = world.sign_in(her_id), world.sign_in(pairing["mentor_id"])
    _agree(mentee, mentor, pairing)
    _meet(world, mentee, mentor)
    _want_change(mentee, mentor, pairing["id"])
    _worry(mentee, mentor)
    _end(world, coordinator, mentee, mentor, pairing["id"])
    group_id = _group(world, programme_id, her_id, others)
    _agree_in_group(world, mentee, others, group_id)
    return WholeLife(world, coordinator, lead, programme_id, mentee, mentor, guardian, pairing["id"], group_id, others)


def _staff(world: World, role: str) -> Visitor:
    fields = {"email": f"{role}@example.org", "given_name": "Marit", "family_name": "de Boer", "language": "en", "time_zone": "UTC"}
    return world.sign_in(world.houses["pairing"].do(lambda uow: add_staff(uow, roles=(role,), **fields).id))


def _programme(coordinator: Visitor) -> str:
    today = datetime.now(UTC).date()
    days = {"starts_on": (today - timedelta(days=20)).isoformat(), "ends_on": (today + timedelta(days=120)).isoformat()}
    body = {"name": "Autumn", "languages": ["en", "nl"], "time_zone": "Europe/Amsterdam", "country_pack": "NL", **days}
    return str(ok(coordinator.api("POST", "/pairing/api/programmes", json=body), 201)["id"])


def _open_form(coordinator: Visitor, programme_id: str) -> str:
    assert coordinator.submit(f"/pairing/programmes/{programme_id}/form/open").status_code == 303
    entrance = coordinator.world.houses["pairing"].database["entrances"].find_one({"_id": programme_id})
    return f"/pairing/join/{entrance['token']}"


def _answers() -> dict[str, dict[str, Any]]:
    born = (datetime.now(UTC).date() - timedelta(days=15 * 365 + 100)).isoformat()
    return {
        "about": {"given_name": GIVEN, "family_name": FAMILY, "birth_date": born, "email": EMAIL},
        "place": {"country": "NL", "city": TOWN, "languages": ["nl", "en"], "format": "online"},
        "likes": {"interests": ["robotics"], "career_goal": "confidence", "experience_level": "new"},
        "ways": {"needs": ["structured"], "learning_style": "doing", "motivation": f"I like {WORDS}"},
        "free": {"time_zone": "Europe/Amsterdam", "availability": SLOTS},
        "guardian": {"guardian_name": f"{GUARDIAN_GIVEN} {FAMILY}", "guardian_email": GUARDIAN_EMAIL},
        "agree": {"remark": f"Please think of my {WORDS}.", "consent": "yes"},
    }


def _come_in(world: World, form: str) -> str:
    """She fills in the public form, step by step."""
    browser = world.nobody()
    assert browser.submit(form, {"role": "mentee"}).location == f"{form}/about"
    for step, answers in _answers().items():
        answer = browser.submit(f"{form}/{step}", {**answers, "go": "next"})
        assert answer.status_code == 303, f"{step}: {answer.text}"
    world.settle()
    found: str = world.houses["pairing"].database["people"].find_one({"email": EMAIL})["_id"]
    return found


def _begin_again(world: World, form: str) -> None:
    """She begins a second form and has the link mailed; a friend begins one with her as a guardian, and sends nothing either."""
    about = _answers()["about"]
    browser, friend = world.nobody(), world.nobody()
    for each, typed in ((browser, about), (friend, {**about, "given_name": "Fenna", "family_name": "Bos", "email": "fenna@example.org"})):
        each.submit(form, {"role": "mentee"})
        each.submit(f"{form}/about", {**typed, "go": "next"})
    browser.submit(f"{form}/later", {"email": EMAIL})
    friend.submit(f"{form}/ways", {"needs": ["structured"], "motivation": f"With {GIVEN} {FAMILY}!", "go": "next"})
    friend.submit(f"{form}/agree", {"remark": f"My friend is {EMAIL}", "go": "later"})
    world.settle()


def _guardian_agrees(world: World) -> Visitor:
    [path] = re.findall(r"(/pairing/guardian/[\w.-]+)", letters_to(world, GUARDIAN_EMAIL)[0])
    agreed = world.nobody().submit(path, {"guardian_permission": "yes", "consent": "yes"})
    assert agreed.status_code == 303, agreed.text
    world.settle()
    return world.sign_in(world.houses["pairing"].do(lambda uow: of_address(uow, GUARDIAN_EMAIL).id))


def _import(world: World, coordinator: Visitor, programme_id: str) -> tuple[str, ...]:
    """Mentors and other mentees, who name her as wished for, pupil, not to be paired with, and in words; gives the ids of two and two."""
    mentors = [
        {**MENTOR, "email": MENTOR_EMAIL, "given_name": MENTOR_GIVEN, "family_name": MENTOR_FAMILY, "wishes": EMAIL, "pupils": ""},
        {**MENTOR, "email": "jildou@example.org", "wishes": EMAIL, "pupils": ""},
        {**MENTOR, "email": "wytske@example.org", "wishes": "", "pupils": EMAIL},
    ]
    mentees = [
        {
            **MENTEE,
            "email": f"{name}@example.org",
            "given_name": name,
            "not_with": EMAIL,
            "motivation": f"As {GIVEN} {FAMILY} and {MENTOR_GIVEN} {MENTOR_FAMILY} do",
        }
        for name in ("lotte", "noor")
    ]
    for role, people in (("mentor", mentors), ("mentee", mentees)):
        query = {"programme_id": programme_id, "role": role, "confirm": "true"}
        file = {"file": (io.BytesIO(table(*people)), "people.csv")}
        done = ok(coordinator.api("POST", "/pairing/api/imports", query_string=query, data=file, headers={"Idempotency-Key": role}))
        assert (done["created"], done["errors"]) == (len(people), [])
    her = {**MENTEE, "email": EMAIL, "given_name": GIVEN, "family_name": FAMILY, "motivation": WORDS}
    upload = {"programme": programme_id, "role": "mentee", "file": (io.BytesIO(table(her)), "people.csv")}
    assert coordinator.submit("/pairing/people/import", upload).status_code == 303
    world.settle()
    found = {each["email"]: each["_id"] for each in world.houses["pairing"].database["people"].find()}
    return tuple(found[email] for email in (MENTOR_EMAIL, "jildou@example.org", "lotte@example.org", "noor@example.org"))


def _match(world: World, coordinator: Visitor, programme_id: str, her_id: str, others: tuple[str, ...]) -> dict[str, Any]:
    """She is kept apart from one mentor, for a reason; the run with the other one is published, and both say yes."""
    tried = ok(coordinator.api("POST", "/pairing/api/match-runs", json={"programme_id": programme_id}), 201)
    for mentee_id, mentor_id in ((her_id, others[1]), (others[2], others[0])):
        body = {"mentor_id": mentor_id, "mentee_id": mentee_id, "reason": f"{STAFF_WORDS} of {GIVEN} {FAMILY}"}
        ok(coordinator.api("POST", f"/pairing/api/match-runs/{tried['id']}/exclusions", json=body), 201)
    made = ok(
        coordinator.api("POST", f"/pairing/api/match-runs/{tried['id']}/pairs", json={"mentor_id": others[0], "mentee_id": her_id}), 201
    )
    ok(coordinator.api("POST", f"/pairing/api/match-runs/{made['id']}/publish"))
    found = ok(coordinator.api("GET", "/pairing/api/pairings", query_string={"programme_id": programme_id}))["items"]
    [pairing] = [each for each in map(of_two, found) if each["mentee_id"] == her_id]
    assert pairing["mentor_id"] == others[0]
    for side in ("mentor_id", "mentee_id"):
        ok(world.sign_in(pairing[side]).api("POST", f"/pairing/api/pairings/{pairing['id']}/accept"))
    world.settle()
    return pairing


def _agree(mentee: Visitor, mentor: Visitor, pairing: dict[str, Any]) -> None:
    """She writes and signs the agreement; the mentor writes a second version that names her."""
    path = f"/pairing/api/pairings/{pairing['id']}/agreement"
    questions = questions_of(pairing["models"])
    for number, (who, words) in enumerate(((mentee, WORDS), (mentor, ABOUT_HER))):
        answers = {key: next(iter(question.choices), f"{words} {key}") for key, question in questions.items()}
        keyed = {"Idempotency-Key": "agreement"}
        ok(who.api("POST", path, json={"based_on": number, "answers": answers}, headers=keyed))
        ok(who.api("POST", f"{path}/signatures", json={"number": number + 1}))


def _meet(world: World, mentee: Visitor, mentor: Visitor) -> None:
    [meeting] = ok(mentee.api("GET", "/sessions/api/meetings"))["items"]
    path, begin = f"/sessions/api/meetings/{meeting['id']}", datetime.now(UTC) - timedelta(days=1)
    ok(mentor.api("POST", f"{path}/move", json={"starts_at": begin.isoformat(), "ends_at": (begin + timedelta(hours=1)).isoformat()}))
    ok(mentor.api("POST", f"{path}/checklist", json={"version": 1, "items": CHECKED}))
    ok(mentee.api("POST", f"{path}/held", json={}))
    for who, words in ((mentee, f"{WORDS} with {MENTOR_GIVEN}"), (mentor, f"{GIVEN} and {MENTOR_WORDS}")):
        ok(who.api("POST", f"{path}/debrief", json={"important": words, "challenge": words, "tackled": words}))
    world.settle()


def _want_change(mentee: Visitor, mentor: Visitor, pairing_id: str) -> None:
    for who, words in ((mentee, WORDS), (mentor, ABOUT_HER)):
        ok(who.api("POST", f"/pairing/api/pairings/{pairing_id}/ask-for-change", json={"words": words}), 204)


def _worry(mentee: Visitor, mentor: Visitor) -> None:
    for who, about in ((mentee, mentor), (mentor, mentee)):
        said = {"words": f"{ABOUT_HER} {WORDS}", "reach": EMAIL, "about_id": about.id, "urgent": False}
        ok(who.api("POST", "/pairing/api/concerns", json=said, headers={"Idempotency-Key": "worry"}), 201)


def _end(world: World, coordinator: Visitor, mentee: Visitor, mentor: Visitor, pairing_id: str) -> None:
    """They end, and look back; the mentor shares hers."""
    ok(coordinator.api("POST", f"/pairing/api/pairings/{pairing_id}/end", json={"ending": "early"}))
    for who, words in ((mentee, f"{WORDS} from {MENTOR_GIVEN}"), (mentor, ABOUT_HER)):
        body = {"answers": {"learned": words, "proud": words}, "shared": True}
        ok(who.api("POST", f"/pairing/api/closures/{pairing_id}", json=body, headers={"Idempotency-Key": "closure"}))
    world.settle()


def _group(world: World, programme_id: str, her_id: str, others: tuple[str, ...]) -> str:
    """A group of two mentors and three mentees to which all say yes."""

    def proposed(uow: Any) -> str:
        for pairing in uow.database["pairings"].find({"state": "proposed"}):
            uow.database["pairings"].delete_one({"_id": pairing["_id"]}, session=uow.session)
        people = {id: uow.get(PEOPLE, id) for id in (*others, her_id)}
        mentors, mentees = [people[id] for id in others[:2]], [people[id] for id in (*others[2:], her_id)]
        return propose_group(uow, uow.get(PROGRAMMES, programme_id), mentors, mentees, Fit(run_id=uow.new_id(), score=80.0)).id

    group_id: str = world.houses["pairing"].do(proposed)
    for person_id in (*others, her_id):
        ok(world.sign_in(person_id).api("POST", f"/pairing/api/pairings/{group_id}/accept"))
    world.settle()
    return group_id


def _agree_in_group(world: World, mentee: Visitor, others: tuple[str, ...], group_id: str) -> None:
    """She fills in a part, another mentee carries it over and adds her own, with her name."""
    path, questions = f"/pairing/api/pairings/{group_id}/agreement", questions_of(["collaborative"])
    answers = {"place": f"at the {WORDS}"} | {key: next(iter(each.choices)) for key, each in questions.items() if each.choices}
    ok(mentee.api("POST", path, json={"based_on": 0, "answers": answers}))
    answers |= {"times": f"when {GIVEN} and {MENTOR_GIVEN} can, then {FRIEND_WORDS}"}
    ok(world.sign_in(others[2]).api("POST", path, json={"based_on": 1, "answers": answers}))
    world.settle()
