"""Compose, Kubernetes and the test back ends name the same versions, and only settings that there are."""

import re
from dataclasses import fields
from pathlib import Path

import pytest
import yaml

from backends import containers
from chassis.config import Settings

ROOT = Path(__file__).parents[3]
COMPOSE = yaml.safe_load((ROOT / "deploy/compose.yaml").read_text())
CONFIGURATION = yaml.safe_load((ROOT / "deploy/kubernetes/base/configuration.yaml").read_text())["data"]
OF_THE_WEB_SERVER = {"WEB_WORKERS"}
MEASURED = (ROOT / "tests/benchmarks/RESULTS.md").read_text()
SERVICES = ("pairing", "sessions", "feedback", "notifications")
NEEDED_GB = re.search(r"\| 20,000 mentors, 50,000 mentees in the application: computed.+whole process ([0-9.]+) GB", MEASURED)[1]
KAFKA = re.search(r"<kafka.version>(.+)</kafka.version>", (ROOT / "tests/backends/pom.xml").read_text())[1]


def test_one_kafka_version_everywhere():
    strimzi = list(yaml.safe_load_all((ROOT / "deploy/kubernetes/kafka.yaml").read_text()))[1]
    assert COMPOSE["services"]["kafka"]["image"] == f"apache/kafka:${{KAFKA_TAG:-{KAFKA}}}"
    assert f"apache/kafka:{KAFKA}" == containers.KAFKA_IMAGE
    assert strimzi["spec"]["kafka"]["version"] == KAFKA


def test_one_mongodb_version_everywhere():
    assert COMPOSE["services"]["mongo"]["image"] == "mongo:${MONGO_TAG:-" + containers.MONGO_IMAGE.partition(":")[2] + "}"


@pytest.mark.parametrize("given", [COMPOSE["x-environment"], CONFIGURATION], ids=["compose", "kubernetes"])
def test_only_settings_that_there_are(given):
    known = {field.name.upper() for field in fields(Settings)} | OF_THE_WEB_SERVER
    assert set(given) <= known


@pytest.mark.parametrize("service", SERVICES)
def test_each_service_has_its_processes_and_its_place_in_kubernetes(service):
    for process in ("web", "worker", "migrate"):
        assert COMPOSE["services"][f"{service}-{process}"]["image"] == f"fabconnect/{service}:${{FABCONNECT_TAG:-0.1.0}}"
    assert service in yaml.safe_load((ROOT / "deploy/kubernetes/base/kustomization.yaml").read_text())["resources"]
    probes = (ROOT / f"deploy/kubernetes/base/{service}/kustomization.yaml").read_text()
    assert probes.count(f"/{service}/healthz") == 2
    assert probes.count(f"/{service}/readyz") == 1


def test_only_pairing_runs_as_the_owner_of_the_signing_key():
    others = {name: part.get("user") for name, part in COMPOSE["services"].items() if name.split("-")[0] in SERVICES[1:]}
    assert len(others) == 9
    assert all(user and not user.startswith("10001:") for user in others.values())
    assert not any("user" in part for name, part in COMPOSE["services"].items() if name.startswith("pairing-"))


def test_the_worker_that_computes_proposals_has_the_memory_that_was_measured():
    assert COMPOSE["services"]["pairing-worker"]["mem_limit"] == "2g"
    patches = yaml.safe_load((ROOT / "deploy/kubernetes/base/pairing/kustomization.yaml").read_text())["patches"]
    [memory] = [step for each in patches for step in yaml.safe_load(each["patch"]) if step["path"].endswith("/limits/memory")]
    assert memory["value"] == "2Gi"
    assert float(NEEDED_GB) < 2
