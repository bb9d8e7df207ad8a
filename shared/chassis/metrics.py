"""Counts and times what a process does, for Prometheus; several processes of one service add up when PROMETHEUS_MULTIPROC_DIR is set."""

import os

from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

REQUESTS = Counter("fabconnect_requests_total", "Answered requests.", ("service", "endpoint", "method", "status"))
SECONDS = Histogram(
    "fabconnect_request_seconds",
    "Time from the start of a request to its answer, in seconds.",
    ("service", "endpoint"),
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)


def answered(service: str, endpoint: str, method: str, status: int, seconds: float) -> None:
    """Counts one answered request; `endpoint` is a name from the routing table, never a path."""
    REQUESTS.labels(service, endpoint, method, str(status)).inc()
    SECONDS.labels(service, endpoint).observe(seconds)


def exposition() -> tuple[bytes, str]:
    """All metrics of this service as Prometheus reads them, and their media type."""
    registry = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)
    return generate_latest(registry), CONTENT_TYPE_LATEST
