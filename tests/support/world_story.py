"""What happened in the world of the tests: two programmes with their staff, mentors and mentees, from import to feedback."""

import io
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from chassis.unit_of_work import UnitOfWork
from pairing.agreements.template import questions_of
from pairing.consents import commands as consents
from pairing.consents import guardians
from pairing.consents.letters import key_of
from pairing.consents.model import CONSENT
from pairing.intake import commands as intake
from pairing.pairings import commands as pairings
from pairing.people.commands import add_person, add_staff, change_people
from pairing.people.model import Guardian
from pairing.people.repository import PEOPLE
from pairing.programmes.repository import PROGRAMMES
from support.pairs import of_two
from support.spiked import MARK, spiked, table
from support.world import Visitor, World

MENTEES = {"a": 9, "b": 2}
MENTORS = {"a": 5, "b": 2}
TODAY = datetime.now(UTC).date()
CHECKED = ("consent", "little", "channel", "place", "pictures", "trust", "concern")


@dataclass
class Programme:
    """One programme: its coordinator, and ids of what belongs to it."""

    id: str
    coordinator: Visitor
    people: dict[str, list[str]] = field(default_factory=dict)
    run_id: str = ""
    pairings: list[dict[str, Any]] = field(default_factory=list)
    meeting_id: str = ""
    round_id: str = ""
    concern_id: str = ""
    draft_id: str = ""
    form: str = ""
    consent_id: str = ""
    locked: dict[str, str] = field(default_factory=dict)
    excluded: dict[str, str] = field(default_factory=dict)
    export_id: str = ""
    erasure_id: str = ""

    @property
    def pairing(self) -> dict[str, Any]:
        """The first of its pairings, which is active."""
        return self.pairings[0]


@dataclass
class Story:
    """The people who matter by what they are to the first pairing of programme A, and both programmes."""

    world: World
    who: dict[str, Visitor]
    a: Programme
    b: Programme
    asked: str = ""
    draft: str = ""


def tell(world: World) -> Story:
    """Lets it all happen, through the public APIs wherever there is one."""
    staff = {
        name: _staff(world, name, role)
        for name, role in (
            ("administrator", "administrator"),
            ("coordinator_a", "coordinator"),
            ("coordinator_b", "coordinator"),
            ("safeguarding_lead", "safeguarding_lead"),
        )
    }
    a, b = (_programme(world, staff[f"coordinator_{name}"], name) for name in "ab")
    for each, name in ((a, "a"), (b, "b")):
        _people(world, each, name)
        _match(world, each)
        _meet(world, each)
        _ask(world, each)
        _let_in(world, each)
        _worry(world, each)
        _agree(world, each)
    _answer(world, a)
    for each in (a, b):
        _want_data(world, each)
    a.pairings = _pairings(a)
    first, second = a.pairings[:2]
    guardian = _guardian(world, a.id, first["mentee_id"])
    who = {
        "nobody": world.nobody(),
        **staff,
        "coordinator_a": a.coordinator,
        "coordinator_b": b.coordinator,
        "mentor": world.sign_in(first["mentor_id"]),
        "other_mentor": world.sign_in(second["mentor_id"]),
        "mentee": world.sign_in(first["mentee_id"]),
        "other_mentee": world.sign_in(second["mentee_id"]),
        "guardian": world.sign_in(guardian),
    }
    return Story(world, who, a, b, _asked(world), _begun(world, a))


def _staff(world: World, name: str, role: str) -> Visitor:
    more = {"language": "en", "time_zone": "Europe/Amsterdam", "roles": (role,)}
    names = {"given_name": spiked(name), "family_name": spiked("Staff")}
    return world.sign_in(world.houses["pairing"].do(lambda uow: add_staff(uow, email=f"{name}.{MARK}@example.org", **names, **more).id))


def _guardian(world: World, programme_id: str, ward_id: str) -> str:
    """The guardian of somebody of seventeen, to whose taking part another one agreed."""
    where = {"language": "nl", "time_zone": "Europe/Amsterdam", "programme_ids": (programme_id,)}
    more = {**where, "roles": ("guardian",), "ward_ids": (ward_id,)}
    names = {"given_name": spiked("Sanne"), "family_name": spiked("Guardian"), "email": f"sanne.{MARK}@example.org"}
    house = world.houses["pairing"]
    made: str = house.do(lambda uow: add_person(uow, **names, **more).id)
    signed = {"birth_date": date(TODAY.year - 17, 1, 1), "guardian": Guardian(spiked("Other"), f"other.{MARK}@example.org", TODAY)}
    house.do(lambda uow: change_people(uow, [(uow.get(PEOPLE, ward_id), signed)]))
    world.settle()
    return made


def _asked(world: World) -> str:
    """The end of the link of a guardian who was asked for somebody in no programme."""
    where = {"language": "nl", "time_zone": "Europe/Amsterdam", "birth_date": date(2012, 1, 1), "roles": ("mentee",)}
    names = {"given_name": spiked("Ward"), "family_name": spiked("Asked"), "email": f"ward.{MARK}@example.org"}
    guardian = Guardian(spiked("Guardian"), f"asked.{MARK}@example.org")
    house = world.houses["pairing"]
    ward_id = house.do(lambda uow: add_person(uow, guardian=guardian, **names, **where).id)
    asked = house.do(guardians.ask, ward_id, "nl")
    world.settle()
    return key_of(house.settings, asked)


def _begun(world: World, programme: Programme) -> str:
    """What opens a form that somebody began."""

    def begin(uow: UnitOfWork) -> str:
        application, key = intake.start(uow, uow.get(PROGRAMMES, programme.id), "mentee", "nl")
        application.save({"given_name": [spiked("Begun")]}, "nl", uow.now)
        return key

    return str(world.houses["pairing"].do(begin))


def _let_in(world: World, programme: Programme) -> None:
    """The public form is open, and one mentee's consent was recorded from paper."""
    house = world.houses["pairing"]
    programme.form = house.do(intake.open_entrance, programme.id, open=True).token
    on, by = date(2026, 9, 1), programme.coordinator.id
    programme.consent_id = house.do(consents.record_paper, programme.pairing["mentee_id"], CONSENT, on, by=by).id
    world.settle()


def _programme(world: World, coordinator: Visitor, name: str) -> Programme:
    today = datetime.now(UTC).date()
    body = {
        "name": f"Programme {name} \"'><{MARK[::-1]}>",
        "starts_on": (today - timedelta(days=20)).isoformat(),
        "ends_on": (today + timedelta(days=120)).isoformat(),
        "languages": ["en", "nl"],
        "time_zone": "Europe/Amsterdam",
    }
    made = _ok(coordinator.api("POST", "/pairing/api/programmes", json=body), 201)
    return Programme(made["id"], world.sign_in(coordinator.id))


def _people(world: World, programme: Programme, name: str) -> None:
    for role, counts in (("mentor", MENTORS), ("mentee", MENTEES)):
        query = {"programme_id": programme.id, "role": role, "confirm": "true"}
        file = {"file": (io.BytesIO(table(role, name, counts[name])), f"{MARK}.csv")}
        done = _ok(programme.coordinator.api("POST", "/pairing/api/imports", query_string=query, data=file))
        assert done["created"] == counts[name], done["errors"]
        found = world.houses["pairing"].database["people"].find({"programme_ids": programme.id, "roles": role}, sort=[("email", 1)])
        programme.people[role] = [person["_id"] for person in found]
    file = {"programme": programme.id, "role": "mentor", "file": (io.BytesIO(table("mentor", name, 3)), f"{spiked('people')}.csv")}
    uploaded = programme.coordinator.submit("/pairing/people/import", file)
    assert uploaded.status_code == 303, uploaded.text
    programme.draft_id = uploaded.location.rpartition("/")[2]
    world.settle()


def _match(world: World, programme: Programme) -> None:
    """A published run: the first two pairs say yes, the third says no, the fourth is too late, the others wait."""
    run = _ok(programme.coordinator.api("POST", "/pairing/api/match-runs", json={"programme_id": programme.id}), 201)
    assert run["figures"]["pairs"] == len(programme.people["mentee"]), run["unmatched"]
    _steer(programme, run)
    _ok(programme.coordinator.api("POST", f"/pairing/api/match-runs/{run['id']}/publish"))
    programme.run_id, programme.pairings = run["id"], _two_mentors_first(_pairings(programme))
    for pairing in programme.pairings[:2]:
        for side in ("mentor_id", "mentee_id"):
            _ok(world.sign_in(pairing[side]).api("POST", f"/pairing/api/pairings/{pairing['id']}/accept"))
    for pairing in programme.pairings[2:3]:
        _ok(world.sign_in(pairing["mentee_id"]).api("POST", f"/pairing/api/pairings/{pairing['id']}/decline"))
    for pairing in programme.pairings[3:4]:
        world.houses["pairing"].do(pairings.lapse, pairing["id"], now=datetime.now(UTC) + timedelta(days=30))
    world.settle()


def _steer(programme: Programme, run: dict[str, Any]) -> None:
    """One pair is locked, and another mentor excluded for its mentee."""
    pair, path = run["proposals"][0], f"/pairing/api/match-runs/{run['id']}"
    other = next(id for id in programme.people["mentor"] if id != pair["mentor_id"])
    programme.locked = {side: pair[side] for side in ("mentor_id", "mentee_id")}
    programme.excluded = {"mentor_id": other, "mentee_id": pair["mentee_id"]}
    _ok(programme.coordinator.api("POST", f"{path}/locks", json=programme.locked), 201)
    _ok(programme.coordinator.api("POST", f"{path}/exclusions", json={**programme.excluded, "reason": spiked("neighbours")}), 201)


def _two_mentors_first(pairings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The pairings with one of another mentor in the second place, if there is one."""
    first, *others = pairings
    return [first, *sorted(others, key=lambda pairing: pairing["mentor_id"] == first["mentor_id"])]


def _pairings(programme: Programme) -> list[dict[str, Any]]:
    """All pairings of a programme, those that have met first, then those that said yes."""
    query = {"programme_id": programme.id, "limit": 200}
    found = _ok(programme.coordinator.api("GET", "/pairing/api/pairings", query_string=query))["items"]
    return sorted(map(of_two, found), key=lambda pairing: (pairing["state"] != "active", pairing["state"], pairing["id"]))


def _meet(world: World, programme: Programme) -> None:
    """The first pair's session is moved to yesterday, checked, held and looked back on by both sides."""
    mentor, mentee = (world.sign_in(programme.pairing[side]) for side in ("mentor_id", "mentee_id"))
    found = _ok(mentor.api("GET", "/sessions/api/meetings"))["items"]
    programme.meeting_id = next(each["id"] for each in found if each["pairing_id"] == programme.pairing["id"])
    path, begin = f"/sessions/api/meetings/{programme.meeting_id}", datetime.now(UTC) - timedelta(days=1)
    time = {"starts_at": begin.isoformat(), "ends_at": (begin + timedelta(hours=1)).isoformat()}
    _ok(mentor.api("POST", f"{path}/move", json=time))
    _ok(mentor.api("POST", f"{path}/checklist", json={"version": 1, "items": CHECKED}))
    _ok(mentee.api("POST", f"{path}/held", json={}))
    for side in (mentor, mentee):
        _ok(side.api("POST", f"{path}/debrief", json={"important": spiked("talk"), "challenge": spiked("hard"), "tackled": ""}))
    world.settle()


def _ask(world: World, programme: Programme) -> None:
    made = _ok(programme.coordinator.api("POST", "/feedback/api/rounds", json={"programme_id": programme.id}), 201)
    programme.round_id = made["id"]
    world.settle()


def _agree(world: World, programme: Programme) -> None:
    """The first pair's mentor fills in the agreement and signs it."""
    mentor, path = world.sign_in(programme.pairing["mentor_id"]), f"/pairing/pairings/{programme.pairing['id']}/agreement"
    answers = {key: next(iter(question.choices), spiked("agreed")) for key, question in questions_of(programme.pairing["models"]).items()}
    assert mentor.submit(path, answers | {"based_on": "0"}).status_code == 303
    assert mentor.submit(f"{path}/sign", {"number": "1"}).status_code == 303
    world.settle()


def _worry(world: World, programme: Programme) -> None:
    """The mentee of the first pair raises a concern about her mentor."""
    mentee, mentor_id = world.sign_in(programme.pairing["mentee_id"]), programme.pairing["mentor_id"]
    said = {"words": spiked("afraid"), "reach": spiked("telephone"), "about_id": mentor_id, "urgent": True}
    programme.concern_id = _ok(mentee.api("POST", "/pairing/api/concerns", json=said), 201)["id"]
    world.settle()


def _answer(world: World, programme: Programme) -> None:
    """All but the first pair's mentees answer a round that is then closed; another one is opened."""
    questions = ("communication", "effectiveness", "experience", "growth")
    answer = {"ratings": dict.fromkeys(questions, 4), "comment": spiked("more robots")}
    path = f"/feedback/api/rounds/{programme.round_id}"
    for person_id in programme.people["mentee"]:
        _ok(world.sign_in(person_id).api("POST", f"{path}/answers", json=answer), 204)
    closed = _ok(programme.coordinator.api("POST", f"{path}/close"))
    assert len(closed["comments"]) == len(programme.people["mentee"])
    world.settle()


def _want_data(world: World, programme: Programme) -> None:
    """The first pair's mentee asks for a copy of her data, and its mentor to be erased: in three days, so that it only waits."""
    mentor, mentee = (world.sign_in(programme.pairing[side]) for side in ("mentor_id", "mentee_id"))
    programme.export_id = _ok(mentee.api("POST", f"/pairing/api/people/{mentee.id}/exports"), 202)["id"]
    programme.erasure_id = _ok(mentor.api("POST", f"/pairing/api/people/{mentor.id}/erasures", json={}), 202)["id"]
    world.settle()


def _ok(answer: Any, status: int = 200) -> Any:
    assert answer.status_code == status, f"{answer.request.path}: {answer.status_code} {answer.text}"
    return answer.json if status != 204 else None
