"""What surrounds every request: tokens, policies, rates, headers, health, metrics, the API's description."""

import dataclasses
import json
from datetime import UTC, datetime, timedelta

import pytest

from chassis import keys, migrations, policies, web
from chassis.policies import IncompletePolicies
from chassis.service import Service
from chassis.web import limits
from support.web_sample import NOTEBOOK, POLICIES, Caller, bp, pages


@pytest.fixture
def app(settings):
    return web.create_app(NOTEBOOK, settings)


@pytest.fixture
def limited(settings, monkeypatch):
    monkeypatch.setattr(limits, "PER_ADDRESS", 3)
    monkeypatch.setattr(limits, "PER_PERSON", 5)
    return web.create_app(NOTEBOOK, dataclasses.replace(settings, rate_limits=True))


def foreign(app, tmp_path):
    keys.make(tmp_path / "foreign")
    return keys.sign(tmp_path / "foreign", claims(app))


def claims(app, **changed):
    now = datetime.now(UTC).timestamp()
    return {"iss": app.settings.instance, "aud": app.settings.instance, "sub": "mona", "roles": ["mentor"], "exp": int(now + 60), **changed}


def unsigned(app):
    import base64

    parts = ({"alg": "none", "typ": "JWT"}, claims(app))
    return ".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts) + "."


def test_only_tokens_of_this_instance_are_taken(app, tmp_path):
    own = app.settings.keys_dir
    bad = {
        "none": unsigned(app),
        "foreign key": foreign(app, tmp_path),
        "audience": keys.sign(own, claims(app, aud="other")),
        "issuer": keys.sign(own, claims(app, iss="other")),
        "expired": keys.sign(own, claims(app, exp=1)),
        "not yet": keys.sign(own, claims(app, nbf=2**40)),
        "no end": keys.sign(own, {key: value for key, value in claims(app).items() if key != "exp"}),
        "nobody": keys.sign(own, claims(app, sub="")),
        "garbage": "x.y.z",
        "long": "x" * 10_000,
    }
    for name, token in bad.items():
        answer = app.test_client().get("/notebook/api/notes", headers={"Authorization": f"Bearer {token}"})
        assert (answer.status_code, answer.content_type) == (401, "application/problem+json"), name
        assert "error=invalid_token" in answer.headers["WWW-Authenticate"]
    basic = app.test_client().get("/notebook/api/notes", headers={"Authorization": "Basic eDp5"})
    nobody = app.test_client().get("/notebook/api/notes")
    assert (basic.status_code, nobody.status_code, nobody.headers["WWW-Authenticate"]) == (401, 401, "Bearer")
    good = keys.sign(own, claims(app))
    assert app.test_client().get("/notebook/api/notes", headers={"Authorization": f"Bearer {good}"}).status_code == 200


def test_roles_decide(app):
    assert Caller(app, roles=("mentee",)).write("x").status_code == 403
    assert Caller(app, roles=("mentee", "coordinator")).write("x").status_code == 201
    assert app.test_client().get("/notebook/api/notes/open").json == {"hello": "you"}


def test_a_route_without_a_policy_does_not_start(settings):
    lacking = {name: policy for name, policy in POLICIES.items() if name != "notes.show"}
    with pytest.raises(IncompletePolicies, match=r"Add a policy for: notes\.show\."):
        web.create_app(Service(name="notebook", blueprints=(bp, pages), policies=lacking), settings)


def test_a_policy_without_a_route_does_not_start(settings):
    with pytest.raises(IncompletePolicies, match=r"Remove the policy of: notes\.gone\."):
        web.create_app(Service(name="notebook", blueprints=(bp, pages), policies={**POLICIES, "notes.gone": policies.public}), settings)


def test_a_route_added_behind_the_back_is_closed(app):
    app.add_url_rule("/notebook/secret", "secret", lambda: "all")
    assert app.test_client().get("/notebook/secret").status_code == 403


def test_too_many_requests_are_told_when_to_come_back(limited):
    visitor = limited.test_client()
    statuses = [visitor.get("/notebook/api/notes/open").status_code for _ in range(4)]
    assert statuses == [200, 200, 200, 429]
    refused = visitor.get("/notebook/api/notes/open")
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert refused.content_type == "application/problem+json"
    mona = Caller(limited)
    assert [mona.api("GET", "/open").status_code for _ in range(6)] == [200] * 5 + [429]


def test_wrong_tokens_count_too(limited):
    visitor, wrong = limited.test_client(), {"Authorization": "Bearer x"}
    assert [visitor.get("/notebook/api/notes", headers=wrong).status_code for _ in range(4)] == [401, 401, 401, 429]


def test_sensitive_routes_are_counted_over_all_processes_and_without_the_address(limited, settings, database, monkeypatch):
    monkeypatch.setattr(limits, "PER_ADDRESS", 100)
    other = web.create_app(NOTEBOOK, dataclasses.replace(settings, rate_limits=True))
    anna = {"data": {"email": "anna@example.org"}}
    post = "/notebook/link"
    assert [process.test_client().post(post, **anna).status_code for process in (limited, other, limited)] == [200, 200, 429]
    assert 1 <= int(other.test_client().post(post, data={"email": "Anna@example.org "}).headers["Retry-After"]) <= 901
    assert other.test_client().post(post, data={"email": "other@example.org"}).status_code == 200
    assert "anna" not in str(list(database("notebook")["limits"].find()))


def test_limits_can_be_switched_off(app):
    assert [app.test_client().post("/notebook/link", data={"email": "a"}).status_code for _ in range(4)] == [200] * 4


def test_every_answer_carries_the_protective_headers(app):
    for path in ("/notebook/form", "/notebook/api/notes", "/notebook/nowhere", "/notebook/api/docs", "/notebook/healthz"):
        headers = app.test_client().get(path).headers
        assert headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self'")
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cache-Control"] == "no-store"
        assert "Strict-Transport-Security" not in headers


def test_https_is_kept(settings):
    safe = web.create_app(NOTEBOOK, dataclasses.replace(settings, public_url="https://mentoring.example"))
    assert "max-age" in safe.test_client().get("/notebook/healthz").headers["Strict-Transport-Security"]


def test_static_files_may_be_cached(app):
    assert "public" in app.test_client().get("/notebook/api/docs.css").headers["Cache-Control"]


def test_a_correlation_id_is_kept_when_it_is_one(app):
    given = "0b6f7c1e-6a52-4a3c-9d3e-3b1f7d1f2a10"
    visitor = app.test_client()
    assert visitor.get("/notebook/healthz", headers={"X-Correlation-Id": given}).headers["X-Correlation-Id"] == given
    made = visitor.get("/notebook/healthz", headers={"X-Correlation-Id": "anna@example.org"}).headers["X-Correlation-Id"]
    assert len(made) == 36


def test_logs_have_the_route_and_no_query_or_address(app, caplog):
    caplog.set_level("INFO")
    Caller(app).api("GET", "?cursor=anna@example.org")
    [line] = [record.msg for record in caplog.records if isinstance(record.msg, dict) and record.msg["event"] == "request"]
    assert (line["endpoint"], line["method"], line["status"]) == ("notes.index", "GET", 422)
    assert len(line["correlation_id"]) == 36
    assert "anna" not in caplog.text and "cursor" not in caplog.text


def test_readiness_tells_how_far_the_worker_is(app, database, settings):
    migrations.migrate(NOTEBOOK, database("notebook"), settings)
    visitor, beats = app.test_client(), database("notebook")["heartbeats"]
    silent = visitor.get("/notebook/readyz")
    assert (silent.status_code, silent.json["degraded"]) == (200, True)
    beats.insert_one({"_id": "worker", "at": datetime.now(UTC), "lag": 3, "relay_age_s": 0.5})
    assert visitor.get("/notebook/readyz").json["worker"] == {"seen_s": 0.0, "lag": 3, "relay_age_s": 0.5, "behind": False} | {
        "seen_s": pytest.approx(0, abs=2)
    }
    beats.update_one({}, {"$set": {"at": datetime.now(UTC) - timedelta(minutes=1)}})
    assert visitor.get("/notebook/readyz").json["degraded"] is True
    database("notebook")["migrations"].delete_many({})
    unprepared = visitor.get("/notebook/readyz")
    assert (unprepared.status_code, unprepared.json["database"]) == (503, "not migrated")


def test_metrics_count_requests_by_route(app):
    app.test_client().get("/notebook/api/notes/open")
    text = app.test_client().get("/notebook/metrics").text
    assert 'fabconnect_requests_total{endpoint="notes.opened",method="GET",service="notebook",status="200"}' in text


def test_the_description_is_openapi_and_complete(app):
    document = app.test_client().get("/notebook/api/openapi.json").json
    assert document["openapi"] == "3.1.0"
    create = document["paths"]["/notebook/api/notes"]["post"]
    assert (create["operationId"], create["summary"]) == ("notes_create", "Write a note.")
    assert "Idempotency-Key" in [parameter.get("name") for parameter in create["parameters"]]
    assert document["paths"]["/notebook/api/notes/open"]["get"]["security"] == []
    assert "application/problem+json" in document["components"]["responses"]["DEFAULT_ERROR"]["content"]
    [id] = document["paths"]["/notebook/api/notes/{note_id}"]["parameters"]
    assert id["schema"]["format"] == "uuid"


def test_the_docs_page_lists_every_operation_and_needs_no_script(app):
    document = app.test_client().get("/notebook/api/openapi.json").json
    page = app.test_client().get("/notebook/api/docs").text
    for path in document["paths"]:
        assert path in page
    assert "Write a note." in page and "<td><code>text</code></td><td>string</td><td>yes</td>" in page
    assert "<script" not in page and "style=" not in page and "https://" not in page
