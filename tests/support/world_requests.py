"""Asks any route of the world, as anybody, about something of programme A or B, about oneself, or about what does not exist."""

import io
import uuid
from collections.abc import Iterator
from typing import Any, NamedTuple

from werkzeug.test import TestResponse

from pairing.accounts.commands import HOME, make_link
from pairing.accounts.model import link_token
from pairing.data_rights.erasure import certificate_name
from support.spiked import table
from support.world import Visitor
from support.world_story import Programme, Story

OWN, A, B, ABSENT, PLAIN = "own", "a", "b", "absent", ""
"""Targets: oneself, something of programme A (her pairing is the first), of programme B, of nobody; or none at all."""

BY_QUERY = {
    "match_runs.index", "matching_pages.index", "pairings.index", "pairings_pages.index", "people_pages.index", "imports_pages.choose",
    "meetings.index", "people.import_file", "home_pages.show", "records_pages.new", "entrances_pages.waiting",
    "data_rights_pages.requests",
}  # fmt: skip
STEERING = ("match_setups.", "match_setups_pages.", "substitutes.", "substitutes_pages.")
BY_BODY = {"match_runs.create", "rounds.open_round"}
BY_FORM = {
    "matching_pages.compute",
    "matching_pages.form_groups",
    "rounds_pages.open_round",
    "imports_pages.upload",
    "records_pages.create",
    "checks_pages.leave",
}


class Endpoint(NamedTuple):
    """One method of one route of a service."""

    service: str
    name: str
    method: str
    rule: Any
    api: bool

    @property
    def key(self) -> str:
        """Service and endpoint: "pairing/people.show"."""
        return f"{self.service}/{self.name}"


def endpoints(story: Story) -> Iterator[Endpoint]:
    """Every route of every service with each of its methods, from the routing tables."""
    for service, house in story.world.houses.items():
        for rule in house.app.url_map.iter_rules():
            route = house.app.routes.get(rule.endpoint)
            if route is not None:
                for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
                    yield Endpoint(service, rule.endpoint, method, rule, route.api)


def ask(story: Story, endpoint: Endpoint, who: Visitor, target: str) -> TestResponse:
    """The answer to this person's request, sent as browsers and API clients send it."""
    options = _content(story, endpoint, who, target)
    path = path_of(story, endpoint, who, target)
    if endpoint.api:
        return who.api(endpoint.method, path, **options)
    if endpoint.method == "POST":
        return who.again().submit(path, options.pop("data", {}), **options)
    return who.again().page(path, **options)


def path_of(story: Story, endpoint: Endpoint, who: Visitor, target: str, **given: str) -> str:
    """Where the request goes; `given` are parts of the path."""
    parts = {name: given[name] if name in given else _id(story, name, who, target) for name in endpoint.rule.arguments}
    with story.world.houses[endpoint.service].app.test_request_context():
        built: str = endpoint.rule.build(parts)[1]
        return built


def _id(story: Story, name: str, who: Visitor, target: str) -> str:
    public = {"asked": story.asked, "draft": story.draft, "step": "about", "token": of(story, target).form}
    if name == "link" or name in public:
        return public.get(name) or new_link(story)
    if name == "number":
        return "1"
    if name == "certificate":
        return certificate_name(story.world.settings.secret, story.a.erasure_id)
    if target == ABSENT:
        return str(uuid.UUID(int=0xABCE, version=4))
    if target == OWN:
        return who.id or str(uuid.uuid4())
    programme = of(story, target)
    ids = {
        "programme_id": programme.id,
        "person_id": programme.pairing["mentee_id"],
        "draft_id": programme.draft_id,
        "run_id": programme.run_id,
        "pairing_id": programme.pairing["id"],
        "meeting_id": programme.meeting_id,
        "round_id": programme.round_id,
        "consent_id": programme.consent_id,
        **programme.excluded,
        "concern_id": programme.concern_id,
        "export_id": programme.export_id,
        "erasure_id": programme.erasure_id,
        "account_id": programme.people["mentor"][-1],
    }
    return ids[name] if name in ids else message_to(story, programme.pairing["mentor_id"])


def _content(story: Story, endpoint: Endpoint, who: Visitor, target: str) -> dict[str, Any]:
    """Query, body or form."""
    programme_id = of(story, target).id if target in (A, B) else str(uuid.uuid4())
    if endpoint.name == "people.import_file":
        return {"query_string": {"programme_id": programme_id, "role": "mentor"}, "data": _file()}
    if endpoint.name in BY_QUERY and target:
        name = "programme_id" if endpoint.api else "programme"
        return {"query_string": {name: programme_id}}
    if endpoint.name in BY_BODY:
        return {"json": {"programme_id": programme_id}}
    if endpoint.name in BY_FORM:
        return {"data": {"programme_id": programme_id, "programme": programme_id, "role": "mentor", **_file()}}
    if endpoint.name.startswith(STEERING) and endpoint.method == "POST":
        return {"json" if endpoint.api else "data": _steering(story, endpoint, target)}
    special = {
        "pairings.pause": {"json": {"reason": "illness"}},
        "pairings.end": {"json": {"ending": "early"}},
        "closures.look_back": {"json": {"answers": {"learned": "To solder."}}},
        "pairing_life_pages.pause": {"data": {"reason": "illness"}},
        "pairing_life_pages.end": {"data": {"ending": "early"}},
        "closures_pages.look_back": {"data": {"learned": "To solder."}},
        "sign_in_links.ask": {"json": {"email": "nobody@example.org"}},
        "tokens.redeem": {"json": {"token": new_link(story)} if endpoint.name == "tokens.redeem" else {}},
        "tokens.renew": {"json": {"renewal_token": who.renewal}},
    }
    return special.get(endpoint.name, {"json": {}} if endpoint.api and endpoint.method != "GET" else {})


def _steering(story: Story, endpoint: Endpoint, target: str) -> dict[str, Any]:
    """The pair, or part of it, that a request to steer matching is about."""
    programme, verb = of(story, target), endpoint.name.partition(".")[2]
    if verb == "what_if":
        return {"run_id": programme.run_id}
    if endpoint.name.startswith("substitutes"):
        return {"mentor_id": programme.pairing["mentor_id"]}
    pair = programme.excluded if verb in ("allow", "exclude") else programme.locked
    return {**pair, "reason": "Neighbours."} if verb == "exclude" else pair


def _file() -> dict[str, Any]:
    return {"file": (io.BytesIO(table("mentor", "a", 2)), "mentors.csv")}


def of(story: Story, target: str) -> Programme:
    """The programme that a target belongs to."""
    return story.b if target == B else story.a


def new_link(story: Story) -> str:
    """A fresh one-time link of the mentor of the first pairing, as the end of its address."""
    house = story.world.houses["pairing"]
    id = house.do(lambda uow: make_link(uow, story.who["mentor"].id, HOME).id)
    return f"{id}.{link_token(house.settings.secret, id)}"


def message_to(story: Story, person_id: str) -> str:
    """One of this person's messages."""
    found: str = story.world.houses["notifications"].database["messages"].find_one({"recipient_id": person_id})["_id"]
    return found
