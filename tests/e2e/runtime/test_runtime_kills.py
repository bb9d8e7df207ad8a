"""Whatever is killed comes back, and what was written is still there."""

import os
import signal
import subprocess
import sys
import time

import psutil
import pytest
from pymongo import MongoClient
from urllib3 import PoolManager, Timeout

from embedded import leftovers
from embedded.home import Home
from embedded.run import Instance

pytestmark = pytest.mark.chaos
ALL = ["mongod", "broker", "mail", "pairing", "sessions", "feedback", "notifications", "web"]
HTTP = PoolManager(timeout=Timeout(20))


def write(instance, key):
    with MongoClient(instance.mongo_url, w="majority") as client:
        client["probe"]["kept"].insert_one({"_id": key})


def kept(instance):
    with MongoClient(instance.mongo_url, serverSelectionTimeoutMS=20_000) as client:
        return {entry["_id"] for entry in client["probe"]["kept"].find()}


def test_all_processes_run_under_the_supervisor(instance):
    pids = instance.pids()
    assert list(pids) == ["supervisor", *ALL]
    for name in ALL:
        assert psutil.Process(pids[name]).ppid() == pids["supervisor"]


@pytest.mark.parametrize("name", ALL)
def test_a_killed_process_comes_back_and_the_others_go_on(instance, name):
    write(instance, f"before {name}")
    before = instance.pids()
    instance.kill(name)
    instance.wait_ready(20)
    after = instance.pids()
    assert {process for process in before if before[process] != after[process]} == {name}
    assert instance.state["processes"][name]["restarts"] == 1
    assert f"before {name}" in kept(instance)
    assert HTTP.request("GET", f"{instance.url}/pairing/x").status == 200


def test_a_request_that_comes_while_the_web_is_down_waits_for_it(instance):
    instance.kill("web")
    assert PoolManager(timeout=Timeout(20)).request("GET", f"{instance.url}/sessions/x", retries=False).json()["service"] == "sessions"
    instance.wait_ready(20)


def test_after_the_supervisor_was_killed_nothing_of_it_runs_on_and_a_start_works(instance):
    write(instance, "before supervisor")
    old = instance.pids()
    instance.kill("supervisor")
    wait_until(lambda: not list(leftovers.of(instance.home)), 10)
    instance.start()
    assert "before supervisor" in kept(instance)
    assert not set(old.values()) & set(instance.pids().values())


def test_after_everything_was_killed_at_once_a_start_works(instance):
    write(instance, "before everything")
    instance.kill("everything")
    instance.start()
    assert "before everything" in kept(instance)


def test_a_process_that_survived_its_supervisor_is_cleared_by_the_next_start(surroundings, tmp_path):
    home = Home.at(tmp_path / "home")
    code = "import time; time.sleep(60)"
    stray = subprocess.Popen([sys.executable, "-c", code], env={**os.environ, "FABCONNECT_SUPERVISED": str(home.root)})
    other = subprocess.Popen([sys.executable, "-c", code], env={**os.environ, "FABCONNECT_SUPERVISED": str(home.root) + "2"})
    try:
        with Instance(home.root, environment=surroundings, services=()):
            assert stray.wait(1) == -signal.SIGTERM
            assert other.poll() is None
    finally:
        other.kill()
        other.wait()


def test_a_database_that_gets_another_port_keeps_its_data(instance):
    write(instance, "before another port")
    before = instance.mongo_url
    instance.stop()
    instance.home.ports.unlink()
    instance.start()
    assert instance.mongo_url != before
    assert "before another port" in kept(instance)


def wait_until(condition, seconds):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "did not happen in time"
        time.sleep(0.05)
