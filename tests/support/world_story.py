"""What happened in the world of the tests: two programmes with their staff, mentors and mentees, from import to feedback."""

import io
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from pairing.pairings import commands as pairings
from pairing.people.commands import add_person, add_staff
from support.pairs import of_two
from support.spiked import MARK, spiked, table
from support.world import Visitor, World

MENTEES = {"a": 9, "b": 2}
MENTORS = {"a": 5, "b": 2}
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
        _worry(world, each)
    _answer(world, a)
    for each in (a, b):
        _want_data(world, each)
    a.pairings = _pairings(a)
    first, second = a.pairings[:2]
    guardian = _guardian(world, a.id)
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
    return Story(world, who, a, b)


def _staff(world: World, name: str, role: str) -> Visitor:
    more = {"language": "en", "time_zone": "Europe/Amsterdam", "roles": (role,)}
    names = {"given_name": spiked(name), "family_name": spiked("Staff")}
    return world.sign_in(world.houses["pairing"].do(lambda uow: add_staff(uow, email=f"{name}.{MARK}@example.org", **names, **more).id))


def _guardian(world: World, programme_id: str) -> str:
    more = {"language": "nl", "time_zone": "Europe/Amsterdam", "roles": ("guardian",), "programme_ids": (programme_id,)}
    names = {"given_name": spiked("Sanne"), "family_name": spiked("Guardian"), "email": f"sanne.{MARK}@example.org"}
    made: str = world.houses["pairing"].do(lambda uow: add_person(uow, **names, **more).id)
    world.settle()
    return made


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
