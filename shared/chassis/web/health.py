"""What watches a service asks: is the process alive, can it serve, how far behind is its worker, and its metrics."""

from datetime import UTC, datetime
from typing import Any

from flask import Flask, Response, current_app
from pymongo.errors import PyMongoError

from chassis import metrics, migrations

STALE_SECONDS = 15.0
BEHIND_SECONDS = 60.0


def add_health(app: Flask, service: str) -> None:
    """The routes healthz, readyz and metrics under the service's path, open to everybody on the inside network."""
    app.add_url_rule(f"/{service}/healthz", "healthz", healthz)
    app.add_url_rule(f"/{service}/readyz", "readyz", readyz)
    app.add_url_rule(f"/{service}/metrics", "metrics", exposition)


def healthz() -> dict[str, str]:
    """200 while the process answers at all."""
    return {"status": "alive"}


def readyz() -> tuple[dict[str, Any], int]:
    """200 when requests can be served, 503 when not; `degraded` when the worker is silent or behind."""
    try:
        prepared = migrations.at_head(current_app.service, current_app.database)  # type: ignore[attr-defined]
        worker = current_app.database["heartbeats"].find_one({"_id": "worker"})  # type: ignore[attr-defined]
    except PyMongoError:
        return {"status": "unavailable", "database": "unreachable"}, 503
    if not prepared:
        return {"status": "unavailable", "database": "not migrated"}, 503
    state = worker_state(worker, datetime.now(UTC))
    return {"status": "ready", "database": "reachable", "degraded": state["behind"], "worker": state}, 200


def worker_state(heartbeat: dict[str, Any] | None, now: datetime) -> dict[str, Any]:
    """What the last heartbeat tells: seconds since it, consumer lag in events, age in seconds of the oldest unpublished event."""
    if heartbeat is None:
        return {"seen_s": None, "lag": None, "relay_age_s": None, "behind": True}
    seen, relay_age = (now - heartbeat["at"]).total_seconds(), heartbeat.get("relay_age_s") or 0.0
    behind = seen > STALE_SECONDS or relay_age > BEHIND_SECONDS
    return {"seen_s": round(seen, 1), "lag": heartbeat.get("lag"), "relay_age_s": round(relay_age, 1), "behind": behind}


def exposition() -> Response:
    """Metrics of all web processes of this service in Prometheus text."""
    body, media_type = metrics.exposition()
    return Response(body, content_type=media_type)
