"""Every operation of every service, as its own description allows and forbids it: no 5xx, answers as described, problems as documents."""

import json

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from support.world_requests import A, endpoints, message_to, of

EXAMPLES, FITTING = 25, 3
MODES = (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE)
ASKED = settings(
    max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)
CHECKS = (
    schemathesis.checks.not_a_server_error,
    schemathesis.checks.status_code_conformance,
    schemathesis.checks.content_type_conformance,
    schemathesis.checks.response_schema_conformance,
    schemathesis.checks.response_headers_conformance,
)
CALLERS = ("coordinator_a", "mentor", "mentee")
OF_GUARDIANS = {"GET /sessions/api/wards"}
"""Operations that a guardian asks, and nobody else may."""
NEVER_FITS = {
    "POST /pairing/api/imports": "a file that a generator makes has none of the columns",
    "POST /pairing/api/people/{person_id}/vettings": "the person of the world is a mentee",
    "POST /pairing/api/people/{person_id}/training": "the person of the world is a mentee",
    "POST /pairing/api/tokens": "no generator finds the token of a link",
    "POST /pairing/api/tokens/renew": "nor that of a sign-in",
    "POST /pairing/api/match-runs/{run_id}/publish": "the run of the world is published",
    "POST /pairing/api/match-runs/what-if": "no generator finds the id of a run",
    "POST /pairing/api/match-runs/{run_id}/locks": "no generator finds two people of the programme",
    "POST /pairing/api/match-runs/{run_id}/exclusions": "no generator finds two people of the programme",
    "POST /pairing/api/match-runs/{run_id}/cost": "no generator finds two people of the programme",
    "POST /pairing/api/match-runs/{run_id}/pairs": "no generator finds two people of the programme",
    "POST /pairing/api/pairings/{pairing_id}/substitutes": "no generator finds a mentor",
    "POST /pairing/api/pairings/{pairing_id}/agreement": "no generator finds the number of the version that it changes",
    "POST /pairing/api/pairings/{pairing_id}/agreement/signatures": "no generator finds the number of the version to sign",
    "POST /pairing/api/pairings/{pairing_id}/models": "both sides of the pairing said yes",
    "POST /pairing/api/pairings/{pairing_id}/decline": "both sides of the pairing said yes",
    "POST /pairing/api/people/{person_id}/consents": "only the person herself can, and only one of the two kinds: too few examples",
    "POST /pairing/api/people/{person_id}/consents/paper": "no generator finds a day between a birth and today",
    "POST /pairing/api/people/{person_id}/guardian-request": "the guardian of the mentee has answered",
    "POST /pairing/api/pairings/{pairing_id}/resume": "the pairing is not paused",
    "POST /pairing/api/pairings/{pairing_id}/close": "the pairing does not come to its end",
    "POST /pairing/api/closures/{pairing_id}": "the pairing does not come to its end",
    "POST /sessions/api/meetings/{meeting_id}/checklist": "the session was held",
    "POST /sessions/api/meetings/{meeting_id}/held": "the session was held",
    "POST /sessions/api/meetings/{meeting_id}/missed": "the session was held",
    "POST /sessions/api/meetings/{meeting_id}/move": "the session was held",
    "POST /feedback/api/rounds/{round_id}/answers": "the round is closed",
    "POST /feedback/api/rounds/{round_id}/close": "the round is closed",
    "POST /pairing/api/programmes/{programme_id}/clone": "no generator finds two days that fit",
    "POST /pairing/api/programmes": "no generator finds the name of a time zone and two days that fit",
}
"""Operations that cannot succeed here, and why; all others must, at least once."""


@pytest.fixture(scope="module")
def known(story):
    """Ids by the name that routes give them."""
    programme = of(story, A)
    return {
        "programme_id": programme.id,
        "person_id": programme.pairing["mentee_id"],
        "run_id": programme.run_id,
        **programme.excluded,
        "pairing_id": programme.pairing["id"],
        "meeting_id": programme.meeting_id,
        "round_id": programme.round_id,
        "export_id": programme.export_id,
        "erasure_id": programme.erasure_id,
        "message_id": message_to(story, programme.pairing["mentor_id"]),
    }


def cases(operation, known):
    """Requests that fit the description and such that do not, about what exists and about anything."""
    names = {parameter.name for parameter in operation.path_parameters}
    real = {name: known[name] for name in names}
    strategies = [operation.as_strategy(generation_mode=mode) for mode in MODES]
    return st.one_of(*strategies, *(operation.as_strategy(generation_mode=mode, path_parameters=real) for mode in MODES if real))


def fitting(operation, known):
    """Requests that fit the description, about what exists."""
    real = {parameter.name: known[parameter.name] for parameter in operation.path_parameters}
    return operation.as_strategy(generation_mode=MODES[0], **({"path_parameters": real} if real else {}))


def check_problem(response):
    """RFC 9457, whatever the fault."""
    if 400 <= response.status_code < 500:
        document = json.loads(response.content)
        assert response.headers["content-type"] == ["application/problem+json"]
        assert document["status"] == response.status_code and document["detail"] and len(document["correlation_id"]) == 36


def attempt(operation, known, bearers):
    """The statuses that the operation answered with: to anything, and to every caller who asks what fits."""
    seen = set()

    def call(case, headers):
        response = case.call_and_validate(headers=headers, checks=CHECKS)
        check_problem(response)
        seen.add(response.status_code)

    ASKED(given(case=cases(operation, known), headers=st.sampled_from(bearers))(call))()
    for headers in bearers:
        settings(ASKED, max_examples=FITTING)(given(case=fitting(operation, known), headers=st.just(headers))(call))()
    return seen


@pytest.mark.parametrize("service", ["pairing", "sessions", "feedback", "notifications"])
def test_no_request_breaks_a_service(story, known, service):
    schemathesis.openapi.format("uuid", st.sampled_from([story.a.id, story.b.id]) | st.uuids(version=4).map(str))
    schema = schemathesis.openapi.from_wsgi(f"/{service}/api/openapi.json", story.world.houses[service].app)
    bearers, guardians = ([{"Authorization": f"Bearer {story.who[name].token}"} for name in names] for names in (CALLERS, ("guardian",)))
    statuses = {}
    with story.world.rehearsal():
        for operation in (found.ok() for found in schema.get_all_operations()):
            statuses[operation.label] = attempt(operation, known, guardians if operation.label in OF_GUARDIANS else bearers)
    documented = [each for each in endpoints(story) if each.service == service and each.api]
    assert len(statuses) == len(documented)
    fruitless = {label for label, seen in statuses.items() if min(seen) >= 300}
    assert fruitless - NEVER_FITS.keys() == set(), {label: statuses[label] for label in fruitless - NEVER_FITS.keys()}
