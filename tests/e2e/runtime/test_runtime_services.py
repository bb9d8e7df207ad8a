"""The real services run under the supervisor, within the memory that is promised."""

import subprocess
import sys
import time

import psutil
import pytest
from urllib3 import PoolManager, Timeout

from embedded.run import Instance

HTTP = PoolManager(timeout=Timeout(30))
MOST_MEGABYTES = 600


@pytest.fixture(scope="module")
def real_instance(tmp_path_factory):
    with Instance(tmp_path_factory.mktemp("home")) as running:
        yield running


def silent_workers(instance):
    """Services whose worker has not been heard of lately; a worker speaks every two seconds."""
    health = HTTP.request("GET", f"{instance.url}/healthz").json()
    assert health["status"] == "ready"
    return [name for name, service in health["services"].items() if service["worker"]["behind"]]


def test_every_service_is_ready_and_its_worker_speaks(real_instance):
    deadline = time.monotonic() + 15
    while silent := silent_workers(real_instance):
        assert time.monotonic() < deadline, silent
        time.sleep(0.2)


def test_the_sign_in_link_leads_into_this_instance(real_instance):
    link = real_instance.sign_in_link()
    assert link.startswith(f"{real_instance.url}/pairing/")
    assert HTTP.request("GET", link).status == 200


def test_a_command_of_a_service_runs_with_the_environment_of_the_instance(real_instance):
    command = [sys.executable, "-m", "embedded", "service", "--home", str(real_instance.home.root), "sessions", "dlq", "list"]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode == 0, ran.stderr
    assert "reason" in ran.stdout
    refused = subprocess.run([*command[:-1], "shuffle"], capture_output=True, text=True, timeout=60, check=False)
    assert refused.returncode == 2
    assert "No such command 'shuffle'" in refused.stderr
    unknown = subprocess.run([*command[:-1], "show", "nope"], capture_output=True, text=True, timeout=60, check=False)
    assert unknown.returncode == 2
    assert "There is no dead letter nope." in unknown.stderr


def test_all_own_processes_stay_within_their_memory(real_instance):
    own = {name: pid for name, pid in real_instance.pids().items() if name not in ("mongod", "broker")}
    family = [psutil.Process(own.pop("supervisor"))]
    for pid in own.values():
        family += [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    assert sum(process.memory_info().rss for process in family) / 2**20 <= MOST_MEGABYTES


def test_the_demonstration_does_the_whole_main_job_and_says_what_to_open(real_instance):
    command = [sys.executable, "-m", "embedded", "demo", "--home", str(real_instance.home.root)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=150, check=False)
    assert ran.returncode == 0, ran.stderr
    assert "396 messages went out, in en, es, is, nl, pt." in ran.stdout
    table = (real_instance.home.root / "report.csv").read_text(encoding="utf-8")
    assert table.count("42") > 3
    opened = [word for word in ran.stdout.split() if word.startswith(real_instance.url)]
    assert len(opened) == 4
    assert {HTTP.request("GET", address).status for address in opened} == {200}
